import assert from "node:assert/strict";
import { test } from "node:test";
import { totpCode, totpStep } from "@welby/backend";
import { demoTotp } from "@welby/backend/seed";
import type { TestClient } from "@welby/backend/testing";
import {
  base64url,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  importJWK,
  SignJWT,
  UnsecuredJWT,
  type JWK,
} from "jose";
import { HOUR, MINUTE, onBothEngines, SECOND, type Target } from "../support/engines.ts";

const outcome = ({ status, body }: { status: number; body: { code?: string } | null }) =>
  status < 300 ? String(status) : `${status} ${body?.code ?? ""}`;

/** What a token becomes in the hands of somebody who knows it; with the service's own key, so that one thing at a time is wrong. */
async function forger(target: Target, genuine: string) {
  const claims = decodeJwt(genuine);
  const { kid } = decodeProtectedHeader(genuine);
  const row = await target.store.transaction((tx) => tx.keys.get({ id: kid ?? "" }));
  const serviceKey = (await importJWK(row?.jwk as JWK, "ES256")) as CryptoKey;
  const stranger = await generateKeyPair("ES256", { extractable: true });
  const sign = (changes: object = {}, header: object = {}, key: CryptoKey = serviceKey) =>
    new SignJWT({ ...claims, ...changes })
      .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid, ...header } as never)
      .sign(key);
  return { claims, kid, sign, stranger };
}

onBothEngines("stolen, forged and dead tokens", (target) => {
  const withToken = (client: TestClient, accessToken: string) =>
    client.send("getMe", {}, { session: { accessToken, refreshToken: "" } });

  test("A-070 A-071 A-072 A-039 a token that is not quite ours opens nothing", async () => {
    const client = await target().signedIn();
    const genuine = client.session?.accessToken ?? "";
    const { claims, kid, sign, stranger } = await forger(target(), genuine);
    assert.equal((await withToken(client, await sign())).status, 200, "the forger's own means are right");

    const [head = "", body = "", signature = ""] = genuine.split(".");
    const seconds = Math.floor(target().now().getTime() / 1000);
    const published = new TextEncoder().encode(await (await target().raw("/.well-known/jwks.json")).text());
    const hmac = { alg: "HS256", typ: "at+jwt", kid: kid ?? "" };
    const forged: Record<string, string> = {
      "no algorithm": new UnsecuredJWT(claims).encode(),
      "no signature": `${head}.${body}.`,
      "HS256 with the public key": await new SignJWT(claims).setProtectedHeader(hmac).sign(published),
      "a stranger's key": await sign({}, {}, stranger.privateKey),
      "a key in the header": await sign(
        {},
        { jwk: await exportJWK(stranger.publicKey) },
        stranger.privateKey,
      ),
      "an address of keys": await sign({}, { jku: "https://evil.example/jwks" }),
      "a key id that is a path": await sign({}, { kid: "../../etc/passwd" }),
      "a key id that is SQL": await sign({}, { kid: "' OR 1=1 --" }),
      "another person": `${head}.${base64url.encode(JSON.stringify({ ...claims, sub: "x" }))}.${signature}`,
      "an ID token": await sign({}, { typ: "JWT" }),
      "another audience": await sign({ aud: "https://other.example" }),
      "another issuer": await sign({ iss: "https://other.example" }),
      "not valid yet": await sign({ nbf: seconds + 3600 }),
      "made in the far future": await sign({ iat: seconds + 3600, exp: seconds + 3900 }),
      "no expiry": await sign({ exp: undefined }),
      "an encrypted token": "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIiwiemlwIjoiREVGIn0..AAAA.AAAA.AAAA",
      "a refresh token": client.session?.refreshToken ?? "",
    };
    for (const [what, token] of Object.entries(forged))
      assert.equal(outcome(await withToken(client, token)), "401 unauthenticated", what);
    const expired = await sign({ iat: seconds - 400, exp: seconds - 100 });
    assert.equal(outcome(await withToken(client, expired)), "401 token_expired");
    const other = await target().signedIn("tanaka@minato.example.jp");
    const { sid } = decodeJwt(other.session?.accessToken ?? "");
    assert.equal((await withToken(client, await sign({ sid }))).status, 401, "a session of somebody else");
  });

  test("A-012 a token in the address is no token", async () => {
    const client = await target().signedIn();
    const { accessToken = "", refreshToken = "" } = client.session ?? {};
    for (const query of [`access_token=${accessToken}`, `token=${refreshToken}`, `session=${accessToken}`]) {
      const { status } = await client.request("GET", `/v1/me?${query}`);
      assert.equal(status, 401);
    }
    assert.equal(target().log().includes(accessToken), false);
    assert.equal(target().log().includes(refreshToken), false);
  });

  test("A-013 after the sign-out nothing of the session opens anything", async () => {
    const client = await target().signedIn();
    const { session } = client;
    assert.equal((await client.send("signOut", { refreshToken: session?.refreshToken })).status, 204);
    assert.equal(outcome(await client.send("getMe", {}, { session })), "401 session_expired");
    assert.equal(outcome(await client.refresh(session?.refreshToken)), "401 session_expired");
    const again = await client.send("reauthenticate", {
      refreshToken: session?.refreshToken,
      password: "asagao-tegami-koharu-7",
    });
    assert.equal(outcome(again), "401 session_expired");
  });

  test("A-016 fifteen idle minutes lock a session and twelve hours end it, whatever the client says", async () => {
    const client = await target().signedIn();
    const idle = 15 * MINUTE + SECOND;
    target().forward(idle);
    assert.equal(outcome(await client.refresh()), "401 session_locked");
    assert.equal((await client.reauthenticate()).status, 200);
    // Kept busy all day long, so that only the absolute limit is left to end it.
    for (let passed = idle; passed < 12 * HOUR - 10 * MINUTE; passed += 10 * MINUTE) {
      target().forward(10 * MINUTE);
      assert.equal((await client.refresh()).status, 200);
      assert.equal((await client.send("getMe")).status, 200);
    }
    target().forward(10 * MINUTE + SECOND);
    assert.equal(outcome(await client.refresh()), "401 session_expired");
    assert.equal((await client.send("getMe")).status, 401);
  });

  test("A-045 a token of one realm or client is worth nothing at another", async () => {
    const admin = await target().signedIn();
    const patient = await target().device();
    assert.equal((await patient.signIn("sato.kazuko@example.jp", undefined, "patient")).status, 200);
    for (const id of ["listStaff", "listGroups", "searchPatients"] as const)
      assert.equal(outcome(await patient.send(id)), "403 forbidden", id);
    const elsewhere = await target().device({ clientId: "sakura-portal", keyPair: admin.keyPair });
    assert.equal(
      outcome(await elsewhere.send("getMe", {}, { session: admin.session })),
      "401 unauthenticated",
    );
    assert.equal(
      (await (await target().device()).signIn("suzuki@minato.example.jp", undefined, "patient")).status,
      401,
    );
  });

  test("A-044 a staff member gets nothing of the administrators', and the log says what was tried", async () => {
    const staff = await target().signedIn("takahashi@minato.example.jp");
    const inputs = {
      listStaff: {},
      addStaff: { name: { family: "新田", given: "花" }, email: "new@minato.example.jp" },
      previewStaffRoles: { changes: [] },
      changeStaffRoles: { changes: [] },
      createCategory: { name: "分類" },
      searchAuditEvents: {},
      exportAuditEvents: {},
      listIncidents: {},
    } as const;
    const before = (await target().audit("access.refused")).length;
    for (const [id, input] of Object.entries(inputs))
      assert.equal(outcome(await staff.send(id as keyof typeof inputs, input)), "403 forbidden", id);
    const tried = (await target().audit("access.refused")).slice(before).map(({ targetId }) => targetId);
    assert.deepEqual(tried, Object.keys(inputs));
  });

  test("A-063 A-071 before the second factor nothing that was answered opens anything", async () => {
    const device = await target().device({ clientId: "kakuu-portal" });
    const { status, body, headers } = await device.signIn(demoTotp.loginId);
    assert.deepEqual([status, body.status, device.session], [200, "mfa_required", null]);
    assert.equal(headers.get("set-cookie"), null);
    const { challenge } = body as { challenge: string };
    assert.equal((await withToken(device, challenge)).status, 401);
    assert.equal((await device.refresh(challenge)).status, 401);
    const wrong = await device.send("verifyMfa", { challenge, method: "totp", code: "000000" });
    assert.equal(wrong.status, 401);
  });

  test("A-062 a code of the authenticator works once, and two steps away not at all", async () => {
    const challenge = async () => {
      const device = await target().device({ clientId: "kakuu-portal" });
      const { body } = await device.signIn(demoTotp.loginId);
      return { device, challenge: (body as { challenge: string }).challenge };
    };
    target().forward(2 * MINUTE);
    const verify = async (code: string) => {
      const { device, ...rest } = await challenge();
      return device.send("verifyMfa", { ...rest, method: "totp", code });
    };
    const step = totpStep(target().now());
    for (const off of [-2, 3])
      assert.equal((await verify(await totpCode(demoTotp.secret, step + off))).status, 401, `${off}`);
    const code = await totpCode(demoTotp.secret, totpStep(target().now()));
    assert.equal((await verify(code)).status, 200);
    assert.equal((await verify(code)).status, 401);
  });

  test("A-073 A-075 a refresh token that comes back after its grace ends the session, and its owner is told", async () => {
    const client = await target().signedIn("takahashi@minato.example.jp");
    const old = client.session?.refreshToken;
    const first = await client.refresh();
    target().forward(5 * SECOND);
    assert.equal((await client.refresh(old)).body.refreshToken, first.body.refreshToken, "within the grace");
    target().forward(11 * SECOND);
    assert.equal(outcome(await client.refresh(old)), "401 refresh_reused");
    assert.equal(outcome(await client.refresh(first.body.refreshToken)), "401 session_expired");
    assert.equal((await target().audit("auth.refresh_reused")).at(-1)?.result, "refused");
    const mails = await target().store.transaction((tx) => tx.outbox.list({ template: "session_revoked" }));
    assert.ok(mails.some(({ recipient }) => recipient === "takahashi@minato.example.jp"));
  });

  test("A-076 a proof that is old, borrowed or about something else is none", async () => {
    const client = await target().signedIn();
    const { accessToken = "" } = client.session ?? {};
    const other = await target().device();
    await other.send("getMeta");
    const seconds = Math.floor(target().now().getTime() / 1000);
    const getMe = async (proof: string) =>
      client.request("GET", "/v1/me", {
        headers: { dpop: proof, authorization: `DPoP ${accessToken}` },
        followNonce: false,
      });
    const proofs: Record<string, string> = {
      none: "",
      "another method": await client.proof("GET", "/v1/me", accessToken, { htm: "POST" }),
      "another path": await client.proof("GET", "/v1/staff", accessToken),
      "another host": await client.proof("GET", "/v1/me", accessToken, { htu: "https://evil.example/v1/me" }),
      "no hash of the token": await client.proof("GET", "/v1/me", accessToken, { ath: undefined }),
      "six minutes old": await client.proof("GET", "/v1/me", accessToken, { iat: seconds - 360 }),
      "another key": await other.proof("GET", "/v1/me", accessToken),
    };
    for (const [what, proof] of Object.entries(proofs)) assert.equal((await getMe(proof)).status, 401, what);
    const proof = await client.proof("GET", "/v1/me", accessToken);
    const answers = await Promise.all(Array.from({ length: 8 }, () => getMe(proof)));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1, "one proof, eight at once");
  });

  test("A-077 a stolen refresh token without its key is worth nothing, and its owner goes on", async () => {
    const client = await target().signedIn();
    const thief = await target().device();
    const stolen = client.session?.refreshToken;
    assert.equal(outcome(await thief.refresh(stolen)), "401 session_expired");
    assert.equal((await client.refresh()).status, 200);
  });

  test("A-088 somebody who was suspended refreshes nothing, and the log says so", async () => {
    const [admin, victim] = [
      await target().signedIn(),
      await target().signedIn("takahashi@minato.example.jp"),
    ];
    const { body } = await admin.send("listStaff", { limit: 200 });
    const rows = body.items as { id: string; email: string; version: number }[];
    const row =
      rows.find(({ email }) => email === "takahashi@minato.example.jp") ?? assert.fail("not listed");
    const change = { staffId: row.id, version: row.version };
    assert.equal((await admin.send("suspendStaff", change)).status, 200);
    assert.equal(outcome(await victim.refresh()), "401 session_expired");
    assert.equal(outcome(await victim.send("getMe")), "401 session_expired");
    const refused = (await target().audit("auth.refresh")).filter(({ result }) => result === "refused");
    assert.ok(refused.length > 0);
    assert.equal((await admin.send("resumeStaff", { ...change, version: row.version + 1 })).status, 200);
  });
});
