import assert from "node:assert/strict";
import { test } from "node:test";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { createWorld, MINUTE, SECOND } from "../support/world.ts";

const world = await createWorld();
const client = await world.signedIn();
const other = await world.client();
await other.send("getMeta");

/** Sends getMe with a proof of the test's own making, without the client's help. */
async function getMeWith(proof: string, token = client.session?.accessToken ?? "") {
  return client.request("GET", "/v1/me", {
    headers: { dpop: proof, authorization: `DPoP ${token}` },
    followNonce: false,
  });
}
const token = () => client.session?.accessToken ?? "";
const nowSec = () => Math.floor(world.now().getTime() / 1000);

test("A-076: a call without a proof is refused and gets a nonce for the next try", async () => {
  const answer = await client.request("GET", "/v1/me", {
    headers: { dpop: "", authorization: `DPoP ${token()}` },
  });
  assert.equal(answer.status, 401);
  assert.equal(answer.body.code, "invalid_dpop_proof");
  assert.match(answer.headers.get("www-authenticate") ?? "", /^DPoP error="invalid_dpop_proof"/);
  assert.ok(answer.headers.get("dpop-nonce"));
});

test("A-076: a proof works once", async () => {
  const proof = await client.proof("GET", "/v1/me", token());
  assert.equal((await getMeWith(proof)).status, 200);
  const replayed = await getMeWith(proof);
  assert.equal(replayed.status, 401);
  assert.equal(replayed.body.code, "invalid_dpop_proof");
});

test("A-076: of one proof sent eight times at once, one is accepted", async () => {
  const proof = await client.proof("GET", "/v1/me", token());
  const answers = await Promise.all(Array.from({ length: 8 }, () => getMeWith(proof)));
  assert.equal(answers.filter((answer) => answer.status === 200).length, 1);
});

const wrongProofs: readonly (readonly [string, Record<string, unknown>, Record<string, unknown>?])[] = [
  ["another method", { htm: "POST" }],
  ["another path", { htu: "https://api.example.jp/v1/staff" }],
  ["another host", { htu: "https://evil.example/v1/me" }],
  ["the same path over http", { htu: "http://api.example.jp/v1/me" }],
  ["a URL with credentials", { htu: "https://a:b@api.example.jp/v1/me" }],
  ["no URL at all", { htu: 7 }],
  ["no hash of the token", { ath: undefined }],
  ["the hash of another token", { ath: "7xRdVk0tqmRzUvP4sFbD7Qf4nqQxVQm5uE4Qb7h7f3E" }],
  ["a time six minutes ago", { iat: nowSec() - 360 }],
  ["a time six minutes ahead", { iat: nowSec() + 360 }],
  ["a time that is text", { iat: "now" }],
  ["no time", { iat: undefined }],
  ["an empty jti", { jti: "" }],
  ["a jti of 300 characters", { jti: "x".repeat(300) }],
  ["a jti that is a number", { jti: 12 }],
  ["another type", {}, { typ: "jwt" }],
  ["no key", {}, { jwk: undefined }],
  ["a symmetric key", {}, { jwk: { kty: "oct", k: "AAAA" } }],
  ["a key on another curve", {}, { jwk: { kty: "EC", crv: "P-384", x: "AA", y: "AA" } }],
  ["a key that is no point", {}, { jwk: { kty: "EC", crv: "P-256", x: "AA", y: "AA" } }],
];
for (const [what, claims, header] of wrongProofs) {
  test(`A-076: a proof with ${what} is refused`, async () => {
    const answer = await getMeWith(await client.proof("GET", "/v1/me", token(), claims, header));
    assert.equal(answer.status, 401);
    assert.equal(answer.body.code, "invalid_dpop_proof");
  });
}

test("A-076: a proof that shows its private key is refused", async () => {
  const jwk = await exportJWK(client.keyPair.privateKey);
  const answer = await getMeWith(await client.proof("GET", "/v1/me", token(), {}, { jwk }));
  assert.equal(answer.body.code, "invalid_dpop_proof");
});

test("A-076: a proof signed by another key than it shows is refused", async () => {
  const { privateKey } = await generateKeyPair("ES256");
  const claims = {
    jti: crypto.randomUUID(),
    htm: "GET",
    htu: "https://api.example.jp/v1/me",
    iat: nowSec(),
    nonce: client.nonce,
  };
  const proof = await new SignJWT(claims)
    .setProtectedHeader({ typ: "dpop+jwt", alg: "ES256", jwk: client.publicJwk })
    .sign(privateKey);
  assert.equal((await getMeWith(proof)).body.code, "invalid_dpop_proof");
});

test("A-076: an RSA proof is refused, whatever else is right", async () => {
  const { privateKey, publicKey } = await generateKeyPair("PS256");
  const claims = {
    jti: crypto.randomUUID(),
    htm: "GET",
    htu: "https://api.example.jp/v1/me",
    iat: nowSec(),
    nonce: client.nonce,
  };
  const proof = await new SignJWT(claims)
    .setProtectedHeader({ typ: "dpop+jwt", alg: "PS256", jwk: await exportJWK(publicKey) })
    .sign(privateKey);
  assert.equal((await getMeWith(proof)).body.code, "invalid_dpop_proof");
});

test("A-076: two proofs in one request are refused", async () => {
  const [one, two] = [
    await client.proof("GET", "/v1/me", token()),
    await client.proof("GET", "/v1/me", token()),
  ];
  assert.equal((await getMeWith(`${one}, ${two}`)).body.code, "invalid_dpop_proof");
});

test("A-076: a token stolen together with the client id is useless with another key", async () => {
  other.nonce = client.nonce;
  const answer = await getMeWith(await other.proof("GET", "/v1/me", token()));
  assert.equal(answer.status, 401);
  assert.equal(answer.body.code, "invalid_dpop_proof");
});

test("a query in htu does not count (RFC 9449 §4.3)", async () => {
  const proof = await client.proof("GET", "/v1/me", token(), { htu: "https://api.example.jp/v1/me?x=1#y" });
  assert.equal((await getMeWith(proof)).status, 200);
});

test("a proof names the public address, whatever the Host header says", async () => {
  const forged = new Request("https://evil.example/v1/me", {
    headers: {
      "welby-client": "demo-portal",
      authorization: `DPoP ${token()}`,
      dpop: await client.proof("GET", "/v1/me", token()),
    },
  });
  assert.equal((await world.backend.fetch(forged)).status, 200);
  const evil = new Request("https://evil.example/v1/me", {
    headers: {
      "welby-client": "demo-portal",
      authorization: `DPoP ${token()}`,
      dpop: await client.proof("GET", "/v1/me", token(), { htu: "https://evil.example/v1/me" }),
    },
  });
  assert.equal((await world.backend.fetch(evil)).status, 401);
});

test("the scheme Bearer does not open a bound token", async () => {
  const answer = await client.request("GET", "/v1/me", {
    headers: { authorization: `Bearer ${token()}`, dpop: await client.proof("GET", "/v1/me", token()) },
  });
  assert.equal(answer.status, 401);
  assert.equal(answer.body.code, "unauthenticated");
});

const badNonces: readonly (readonly [string, unknown])[] = [
  ["no nonce", undefined],
  ["an invented nonce", "abc.def"],
  ["an empty nonce", ""],
  ["a nonce that is a number", 1],
];
for (const [what, nonce] of badNonces) {
  test(`a proof with ${what} is told to use the server's`, async () => {
    const answer = await getMeWith(await client.proof("GET", "/v1/me", token(), { nonce }));
    assert.equal(answer.status, 401);
    assert.equal(answer.body.code, "use_dpop_nonce");
    assert.equal(answer.headers.get("www-authenticate"), 'DPoP error="use_dpop_nonce", algs="ES256"');
    assert.ok(answer.headers.get("dpop-nonce"));
  });
}

test("A-101: a device whose clock is wrong is asked for the nonce first, and by the Date header signs in", async () => {
  const world = await createWorld();
  const behind = await world.client({ now: () => new Date(world.now().getTime() - 10 * MINUTE) });
  const first = await behind.request("POST", "/v1/auth/sign-in", {
    body: JSON.stringify({
      audience: "staff",
      loginId: "suzuki@minato.example.jp",
      password: "asagao-tegami-koharu-7",
    }),
    headers: { "content-type": "application/json" },
    followNonce: false,
  });
  assert.equal(first.body.code, "use_dpop_nonce");
  const serverTime = new Date(first.headers.get("date") ?? 0);
  assert.equal(serverTime.getTime(), world.now().getTime());

  const corrected = await world.client({ now: () => serverTime });
  assert.equal((await corrected.signIn("suzuki@minato.example.jp")).status, 200);
  behind.nonce = corrected.nonce;
  assert.equal((await behind.signIn("suzuki@minato.example.jp")).body.code, "invalid_dpop_proof");
});

test("a nonce lives at least two and a half minutes and never more than five", async () => {
  for (let offset = 0; offset < 300; offset += 37) {
    const world = await createWorld();
    world.advance(offset * SECOND);
    const client = await world.signedIn();
    const { nonce } = client;
    world.advance(149 * SECOND);
    client.nonce = nonce;
    const inTime = await client.request("GET", "/v1/me", { session: client.session, followNonce: false });
    assert.equal(inTime.status, 200);
    world.advance(152 * SECOND);
    client.nonce = nonce;
    const late = await client.request("POST", "/v1/auth/token", {
      body: "{}",
      headers: { "content-type": "application/json" },
      followNonce: false,
    });
    assert.equal(late.body.code, "use_dpop_nonce");
  }
});

test("every answer to a DPoP client carries a nonce, errors and public operations included", async () => {
  const calls = [
    await client.send("getMe"),
    await client.send("getMeta"),
    await client.send("getStaff", { staffId: "nobody" }),
    await client.request("GET", "/v1/nothing"),
    await client.send("signIn", {}),
  ];
  for (const { headers } of calls) assert.ok(headers.get("dpop-nonce"));
});

test("a bearer client signs in without a proof, gets no nonce, and its token opens nothing for a DPoP client", async () => {
  const server = await world.client({ clientId: "demo-server", binding: "bearer" });
  const signedIn = await server.signIn("suzuki@minato.example.jp");
  assert.equal(signedIn.body.grant.tokenType, "Bearer");
  assert.equal(signedIn.headers.get("dpop-nonce"), null);
  assert.equal((await server.send("getMe")).status, 200);
  assert.equal((await client.send("getMe", {}, { session: server.session })).body.code, "unauthenticated");

  const asDpop = await server.request("GET", "/v1/me", {
    headers: {
      authorization: `DPoP ${server.session?.accessToken}`,
      dpop: await client.proof("GET", "/v1/me", server.session?.accessToken ?? ""),
    },
  });
  assert.equal(asDpop.body.code, "unauthenticated");
  const foreign = await server.request("GET", "/v1/me", { headers: { authorization: `Bearer ${token()}` } });
  assert.equal(foreign.body.code, "unauthenticated");
});

test("a bearer client that has browser origins must use DPoP all the same", async () => {
  const world = await createWorld();
  await world.store.transaction((transaction) =>
    transaction.partnerClients.update({ clientId: "demo-portal" }, { tokenBinding: "bearer" }),
  );
  const bearer = await world.client({ binding: "bearer" });
  assert.equal((await bearer.signIn("suzuki@minato.example.jp")).body.code, "invalid_dpop_proof");
});
