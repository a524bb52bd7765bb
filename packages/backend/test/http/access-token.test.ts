import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  base64url,
} from "jose";
import { totpCode, totpStep } from "../../src/index.ts";
import { demoTotp } from "../../src/seed/index.ts";
import { createWorld } from "../support/world.ts";

const world = await createWorld();
const client = await world.signedIn();
const genuine = client.session?.accessToken ?? "";
const claims = decodeJwt(genuine);
const header = decodeProtectedHeader(genuine);
const { key: serviceKey } = await world.ports.keys.signing();

const getMe = (accessToken: string) =>
  client.send("getMe", {}, { session: { accessToken, refreshToken: "" } });
const sign = (
  changes: Record<string, unknown>,
  head: Record<string, unknown> = {},
  key: CryptoKey = serviceKey,
) =>
  new SignJWT({ ...claims, ...changes })
    .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: header.kid, ...head } as never)
    .sign(key);

test("SE-1: the access token says what RFC 9068 wants and lives for five minutes", () => {
  assert.deepEqual({ alg: header.alg, typ: header.typ }, { alg: "ES256", typ: "at+jwt" });
  assert.equal((claims.exp ?? 0) - (claims.iat ?? 0), 300);
  assert.equal(claims.iss, "https://api.example.jp");
  assert.equal(claims.aud, "https://api.example.jp");
  for (const name of ["sub", "jti", "sid", "org", "auth_time", "amr", "cnf", "client_id"])
    assert.ok(name in claims, name);
});

test("a token re-signed by the service's own key is accepted, so that the refusals below mean something", async () => {
  assert.equal((await getMe(await sign({}))).status, 200);
});

const { privateKey: strangerKey, publicKey: strangerPublic } = await generateKeyPair("ES256", {
  extractable: true,
});
const now = Math.floor(world.now().getTime() / 1000);
const publicPem = new TextEncoder().encode(JSON.stringify((await world.ports.keys.jwks()).keys[0]));
const [head64 = "", body64 = "", signature64 = ""] = genuine.split(".");

const forgeries: readonly (readonly [string, string])[] = [
  ["A-070: algorithm none", new UnsecuredJWT(claims).encode()],
  ["A-070: no signature", `${head64}.${body64}.`],
  [
    "A-070: HS256 with the public key",
    await new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256", typ: "at+jwt", kid: header.kid as string })
      .sign(publicPem),
  ],
  ["A-070: a stranger's key under our key id", await sign({}, {}, strangerKey)],
  ["A-070: a key in the header", await sign({}, { jwk: await exportJWK(strangerPublic) }, strangerKey)],
  ["A-070: our signature, but a key in the header", await sign({}, { jwk: await exportJWK(strangerPublic) })],
  ["A-070: a key address in the header", await sign({}, { jku: "https://evil.example/jwks" })],
  ["A-070: a certificate address in the header", await sign({}, { x5u: "https://evil.example/x" })],
  ["A-070: a key id that is a path", await sign({}, { kid: "../../etc/passwd" })],
  ["A-070: a key id that is SQL", await sign({}, { kid: "' OR 1=1 --" })],
  ["A-070: no key id", await sign({}, { kid: undefined })],
  [
    "A-070: a changed payload",
    `${head64}.${base64url.encode(JSON.stringify({ ...claims, sub: "x" }))}.${signature64}`,
  ],
  ["A-071: an ID token", await sign({}, { typ: "JWT" })],
  ["A-071: no type", await sign({}, { typ: undefined })],
  ["A-072: another audience", await sign({ aud: "https://other.example" })],
  ["A-072: another issuer", await sign({ iss: "https://other.example" })],
  ["A-072: not valid yet", await sign({ nbf: now + 3600 })],
  ["A-072: made in the far future", await sign({ iat: now + 3600, exp: now + 3900 })],
  ["A-072: no session", await sign({ sid: undefined })],
  ["A-072: no expiry", await sign({ exp: undefined })],
  ["A-039: an encrypted token", "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIiwiemlwIjoiREVGIn0..AAAA.AAAA.AAAA"],
  ["not a token", "abc"],
  ["a token of 10,000 characters", "a".repeat(5000) + "." + "b".repeat(5000) + ".c"],
];
for (const [what, token] of forgeries) {
  test(`${what} is answered 401 unauthenticated`, async () => {
    const answer = await getMe(token);
    assert.equal(answer.status, 401);
    assert.equal(answer.body.code, "unauthenticated");
  });
}

test("A-072: an expired token is answered token_expired, which a client may mend by refreshing", async () => {
  assert.equal((await getMe(await sign({ iat: now - 400, exp: now - 100 }))).body.code, "token_expired");
});

test("A-072: a token for a session of somebody else is refused", async () => {
  const tanaka = await world.signedIn("tanaka@minato.example.jp");
  const { sid } = decodeJwt(tanaka.session?.accessToken ?? "");
  assert.equal((await getMe(await sign({ sid }))).status, 401);
});

test("A-071: a second-factor challenge or a refresh token is no access token", async () => {
  const kakuu = await world.client({ clientId: "kakuu-portal" });
  const { body } = await kakuu.signIn(demoTotp.loginId);
  assert.equal(body.status, "mfa_required");
  for (const accessToken of [body.challenge as string, client.session?.refreshToken ?? ""]) {
    assert.equal((await getMe(accessToken)).body.code, "unauthenticated");
  }
});

test("A-012: a token in the query counts for nothing", async () => {
  const answer = await client.request("GET", `/v1/me?access_token=${genuine}`);
  assert.equal(answer.status, 401);
  assert.equal(answer.body.code, "unauthenticated");
});

test("a token of one partner client is refused at another", async () => {
  const answer = await client.request("GET", "/v1/me", {
    session: client.session,
    headers: { "welby-client": "sakura-portal" },
  });
  assert.equal(answer.body.code, "unauthenticated");
});

test("the amr of a session with a second factor names it", async () => {
  const kakuu = await world.client({ clientId: "kakuu-portal" });
  const { body } = await kakuu.signIn(demoTotp.loginId);
  await kakuu.send("verifyMfa", {
    challenge: body.challenge,
    method: "totp",
    code: await totpCode(demoTotp.secret, totpStep(world.now())),
  });
  assert.deepEqual(decodeJwt(kakuu.session?.accessToken ?? "")["amr"], ["pwd", "otp", "mfa"]);
});
