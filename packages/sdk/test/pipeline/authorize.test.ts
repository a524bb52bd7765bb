import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "node:test";
import { operations } from "@welby/contract";
import { EmbeddedJWK, jwtVerify } from "jose";
import { createAuthorize } from "../../src/pipeline/authorize.ts";
import { createServerClock } from "../../src/session/clock-offset.ts";
import { generateKeyPair } from "../../src/session/proof.ts";
import { empty, problem } from "../support/answers.ts";
import { fakeTime } from "../support/fake-time.ts";

const URL_WITH_QUERY = "https://api.example.jp/v1/staff?limit=5#x";

async function setup(tokenBinding: "dpop" | "bearer" = "dpop") {
  const time = fakeTime();
  const keys = await generateKeyPair();
  const clock = createServerClock(time);
  const authorize = createAuthorize(
    { tokenBinding },
    { ...time, uuid: () => crypto.randomUUID() },
    clock,
    () => Promise.resolve(keys),
  );
  return { time, keys, authorize };
}
const verify = async (proof: string | undefined, now: number) =>
  (
    await jwtVerify(proof ?? "", EmbeddedJWK, {
      typ: "dpop+jwt",
      algorithms: ["ES256"],
      currentDate: new Date(now),
    })
  ).payload;

describe("the authorization of an attempt", () => {
  test("is a proof by RFC 9449 that jose accepts", async () => {
    const { time, authorize } = await setup();
    const { headers } = await authorize(operations.listStaff, URL_WITH_QUERY, "the-access-token");
    const claims = await verify(headers["dpop"], time.now());
    assert.equal(claims["htm"], "GET");
    assert.equal(claims["htu"], "https://api.example.jp/v1/staff");
    assert.equal(claims["ath"], createHash("sha256").update("the-access-token").digest("base64url"));
    assert.equal(claims.iat, Math.floor(time.now() / 1000));
    assert.equal(claims["nonce"], undefined);
    assert.match(String(claims.jti), /^[\da-f-]{36}$/);
    assert.equal(headers["authorization"], "DPoP the-access-token");
  });

  test("shows the public key only", async () => {
    const { authorize, keys } = await setup();
    const { headers } = await authorize(operations.signIn, URL_WITH_QUERY, undefined);
    const header = JSON.parse(
      Buffer.from((headers["dpop"] ?? "").split(".")[0] ?? "", "base64url").toString(),
    ) as { jwk: object };
    assert.deepEqual(Object.keys(header.jwk).sort(), ["crv", "kty", "x", "y"]);
    assert.equal(keys.privateKey.extractable, false);
    await assert.rejects(crypto.subtle.exportKey("jwk", keys.privateKey));
  });

  test("is new for each attempt", async () => {
    const { authorize } = await setup();
    const [one, two] = await Promise.all(
      [1, 2].map(() => authorize(operations.signIn, URL_WITH_QUERY, undefined)),
    );
    assert.notEqual(one?.headers["dpop"], two?.headers["dpop"]);
  });

  test("carries the newest nonce of any answer", async () => {
    const { time, authorize } = await setup();
    const first = await authorize(operations.signIn, URL_WITH_QUERY, undefined);
    assert.equal(first.learn(empty(204, { "dpop-nonce": "n-1" }), undefined), false);
    const second = await authorize(operations.signIn, URL_WITH_QUERY, undefined);
    assert.equal((await verify(second.headers["dpop"], time.now()))["nonce"], "n-1");
    assert.equal(
      second.learn(problem("use_dpop_nonce", {}, { "dpop-nonce": "n-2" }), "use_dpop_nonce"),
      true,
    );
    const third = await authorize(operations.signIn, URL_WITH_QUERY, undefined);
    assert.equal((await verify(third.headers["dpop"], time.now()))["nonce"], "n-2");
  });

  test("asks for a second try only if it learned something", async () => {
    const { authorize } = await setup();
    const attempt = await authorize(operations.signIn, URL_WITH_QUERY, undefined);
    assert.equal(attempt.learn(problem("use_dpop_nonce"), "use_dpop_nonce"), false);
    assert.equal(attempt.learn(problem("invalid_dpop_proof"), "invalid_dpop_proof"), false);
  });

  test("all calls that left without a nonce are tried again, not only the first to be answered", async () => {
    const { authorize } = await setup();
    const attempts = await Promise.all(
      [1, 2, 3].map(() => authorize(operations.signIn, URL_WITH_QUERY, undefined)),
    );
    for (const attempt of attempts)
      assert.equal(
        attempt.learn(problem("use_dpop_nonce", {}, { "dpop-nonce": "n-1" }), "use_dpop_nonce"),
        true,
      );
  });

  for (const minutes of [10, -10, 600]) {
    test(`A-101 follows the server's clock when this one is ${minutes} minutes off`, async () => {
      const { time, authorize } = await setup();
      const server = time.now();
      time.setClock(server + minutes * 60_000);
      const attempts = await Promise.all(
        [1, 2].map(() => authorize(operations.signIn, URL_WITH_QUERY, undefined)),
      );
      for (const attempt of attempts) {
        assert.equal(
          attempt.learn(
            problem("invalid_dpop_proof", {}, { date: new Date(server).toUTCString() }),
            "invalid_dpop_proof",
          ),
          true,
        );
      }
      const again = await authorize(operations.signIn, URL_WITH_QUERY, undefined);
      const { iat = 0 } = await verify(again.headers["dpop"], server);
      assert.ok(Math.abs(iat - server / 1000) <= 1, `${iat} against ${server / 1000}`);
    });
  }

  test("leaves a clock alone that is right, whatever the way of the answer took", async () => {
    const { time, authorize } = await setup();
    const attempt = await authorize(operations.signIn, URL_WITH_QUERY, undefined);
    const served = time.now();
    await time.advance(1500);
    attempt.learn(empty(204, { date: new Date(served).toUTCString() }), undefined);
    const { headers } = await authorize(operations.signIn, URL_WITH_QUERY, undefined);
    assert.equal((await verify(headers["dpop"], time.now())).iat, Math.floor(time.now() / 1000));
  });

  test("ignores a Date that is none", async () => {
    const { time, authorize } = await setup();
    const attempt = await authorize(operations.signIn, URL_WITH_QUERY, undefined);
    assert.equal(
      attempt.learn(problem("invalid_dpop_proof", {}, { date: "yesterday" }), "invalid_dpop_proof"),
      false,
    );
    assert.equal(
      (
        await verify(
          (await authorize(operations.signIn, URL_WITH_QUERY, undefined)).headers["dpop"],
          time.now(),
        )
      ).iat,
      Math.floor(time.now() / 1000),
    );
  });

  test("is absent where public information is asked for", async () => {
    const { authorize } = await setup();
    assert.deepEqual((await authorize(operations.getMeta, URL_WITH_QUERY, undefined)).headers, {});
  });

  test("is a bearer token without a proof for a server's client", async () => {
    const { authorize } = await setup("bearer");
    assert.deepEqual((await authorize(operations.listStaff, URL_WITH_QUERY, "token")).headers, {
      authorization: "Bearer token",
    });
    assert.deepEqual((await authorize(operations.signIn, URL_WITH_QUERY, undefined)).headers, {});
  });
});
