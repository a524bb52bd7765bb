import assert from "node:assert/strict";
import { test } from "node:test";
import { base64url } from "jose";
import type { TestClient } from "../../src/testing/test-client.ts";
import {
  softwareAuthenticator,
  type AuthenticatorChanges,
  type SoftwareAuthenticator,
} from "../../src/testing/software-authenticator.ts";
import { createWorld, MINUTE, PORTAL, SECOND, type World } from "../support/world.ts";

const SUZUKI = "suzuki@minato.example.jp";
const TANAKA = "tanaka@minato.example.jp";

async function register(client: TestClient, key: SoftwareAuthenticator, changes?: AuthenticatorChanges) {
  const { options } = (await client.send("startPasskey")).body;
  return client.send("addPasskey", { label: "診察室", credential: await key.create(options, changes) });
}
async function withPasskey(synced = false, loginId = SUZUKI) {
  const world = await createWorld();
  const client = await world.signedIn(loginId);
  const key = await softwareAuthenticator({ origin: PORTAL, synced });
  const { status, body } = await register(client, key);
  assert.equal(status, 200, JSON.stringify(body));
  return { world, client, key, factorId: body.id as string };
}
async function signIn(
  world: World,
  key: SoftwareAuthenticator,
  changes?: AuthenticatorChanges,
  { audience = "staff", clientId = "demo-portal" } = {},
) {
  const client = await world.client({ clientId });
  const { challenge, options } = (await client.send("startPasskeySignIn", { audience })).body;
  const credential = await key.get(options, changes);
  const answer = await client.send("signInWithPasskey", { challenge, credential });
  return { ...answer, client, challenge, credential };
}
async function secondFactor(world: World, key: SoftwareAuthenticator, changes?: AuthenticatorChanges) {
  const client = await world.client();
  const { challenge, methods } = (await client.signIn(SUZUKI)).body;
  const { options } = (await client.send("startMfaPasskey", { challenge })).body;
  const credential = await key.get(options, changes);
  const verify = (other = challenge) =>
    client.send("verifyMfa", { challenge: other, method: "passkey", credential });
  return { client, challenge, methods, options, credential, verify };
}
/** Each way in which a signature can be another's, for another page, or old. */
const WRONG: readonly (readonly [string, AuthenticatorChanges])[] = [
  ["another page", { origin: "https://portal.example.jp.evil.example" }],
  ["the same host without https", { origin: "http://portal.example.jp" }],
  ["another rpId", { rpId: "evil.example" }],
  ["another challenge", { challenge: base64url.encode("another challenge") }],
  ["a person who was not verified", { userVerified: false }],
  ["a frame of another site", { clientData: { crossOrigin: true, topOrigin: "https://evil.example" } }],
  ["a frame of another site that an older browser does not name", { clientData: { crossOrigin: true } }],
  ["another kind of answer", { clientData: { type: "webauthn.other" } }],
];

test("MF-4: a passkey is asked for with a fresh challenge, the person verified, and without a certificate", async () => {
  const world = await createWorld();
  const client = await world.signedIn(SUZUKI);
  const { options } = (await client.send("startPasskey")).body;
  assert.equal(base64url.decode(options.challenge).length, 32);
  assert.notEqual((await client.send("startPasskey")).body.options.challenge, options.challenge);
  assert.deepEqual(options.rp, { id: "portal.example.jp", name: "みなと青空総合病院" });
  assert.deepEqual(
    options.pubKeyCredParams.map(({ alg }: { alg: number }) => alg),
    [-7, -8, -257],
  );
  assert.equal(options.authenticatorSelection.userVerification, "required");
  assert.equal(options.attestation, "none");
});

for (const [synced, amr] of [
  [false, ["hwk", "user", "mfa"]],
  [true, ["swk", "user", "mfa"]],
] as const) {
  test(`MF-4: a passkey that ${synced ? "is synced" : "stays on its device"} signs in without a login id, as two factors`, async () => {
    const { world, key } = await withPasskey(synced);
    const { body, client } = await signIn(world, key);
    assert.equal(body.status, "signed_in", JSON.stringify(body));
    assert.equal((await client.send("getMe")).body.name.text, "鈴木 健一");
    const session = await world.store.transaction((transaction) =>
      transaction.sessions.get({ id: body.grant.session.id }),
    );
    assert.deepEqual(session?.amr, amr);
    const [factor] = await world.store.transaction((transaction) =>
      transaction.factors.list({ kind: "passkey" }),
    );
    assert.equal(factor?.backupEligible, synced);
    assert.equal(factor.backedUp, synced);
    assert.equal(factor.lastUsedAt?.getTime(), world.now().getTime());
  });
}

test("a passkey is a second factor after the password, where it is one of the account's", async () => {
  const { world, key } = await withPasskey();
  const { methods, options, verify } = await secondFactor(world, key);
  assert.deepEqual(methods, ["passkey"]);
  assert.equal(options.allowCredentials.length, 1);
  assert.equal((await verify()).body.status, "signed_in");
});

for (const [what, changes] of WRONG) {
  test(`A-065: no passkey is kept that was made for ${what}`, async () => {
    const world = await createWorld();
    const client = await world.signedIn(SUZUKI);
    const key = await softwareAuthenticator({ origin: PORTAL });
    const answer = await register(client, key, changes);
    // Another challenge is none of ours at all.
    assert.match(
      answer.body.code,
      what === "another challenge" ? /^challenge_expired$/ : /^passkey_invalid$/,
    );
    assert.equal((await client.send("listFactors")).body.items.length, 0);
  });

  test(`A-065: nobody signs in by a signature for ${what}`, async () => {
    const { world, key } = await withPasskey();
    const { status, body } = await signIn(world, key, changes);
    assert.equal(status, 422);
    assert.equal(body.code, "passkey_invalid");
  });

  test(`A-065: no second factor is a signature for ${what}`, async () => {
    const { world, key } = await withPasskey();
    const { verify } = await secondFactor(world, key, changes);
    assert.equal((await verify()).body.code, "mfa_invalid");
  });
}

test("A-065: a signature by another key is refused, also under the id of the right one", async () => {
  const { world, key } = await withPasskey();
  const stranger = await softwareAuthenticator({ origin: PORTAL });
  assert.equal((await signIn(world, stranger)).body.code, "passkey_invalid");
  const client = await world.client();
  const { challenge, options } = (await client.send("startPasskeySignIn", { audience: "staff" })).body;
  const { id, rawId } = await key.get(options);
  const forged = { ...(await stranger.get(options)), id, rawId };
  assert.equal(
    (await client.send("signInWithPasskey", { challenge, credential: forged })).body.code,
    "passkey_invalid",
  );
});

test("A-065: another person's passkey is no second factor, and names nobody else by its user handle", async () => {
  const { world, key } = await withPasskey();
  const other = await softwareAuthenticator({ origin: PORTAL });
  await register(await world.signedIn(TANAKA), other);
  const { client, challenge, options } = await secondFactor(world, key);
  const credential = await other.get(options);
  const answer = await client.send("verifyMfa", { challenge, method: "passkey", credential });
  assert.equal(answer.body.code, "mfa_invalid");
  const accounts = await world.store.transaction((transaction) =>
    transaction.accounts.list({}, { limit: 1 }),
  );
  const userHandle = base64url.encode(accounts[0]?.id ?? "");
  assert.equal((await signIn(world, key, { userHandle })).body.code, "passkey_invalid");
});

test("A-065: a sign-in's challenge is good once, for five minutes, at its own client and on its own side", async () => {
  const { world, key } = await withPasskey();
  const { client, challenge, credential } = await signIn(world, key);
  const again = (other: string, from = client) =>
    from.send("signInWithPasskey", { challenge: other, credential });
  assert.equal((await again(challenge)).body.code, "challenge_expired", "the second time");
  assert.equal((await again("invented")).body.code, "challenge_expired", "invented");
  assert.equal((await again(challenge.replace(/^./, "z"))).body.code, "challenge_expired", "prolonged");

  const fresh = await client.send("startPasskeySignIn", { audience: "staff" });
  const sakura = await world.client({ clientId: "sakura-portal" });
  assert.equal((await again(fresh.body.challenge, sakura)).body.code, "challenge_expired", "another client");
  world.advance(5 * MINUTE + SECOND);
  assert.equal((await again(fresh.body.challenge)).body.code, "challenge_expired", "late");
});

test("A-065: of eight tries with one signature at once one gets in", async () => {
  const { world, key } = await withPasskey(true);
  const client = await world.client();
  const { challenge, options } = (await client.send("startPasskeySignIn", { audience: "staff" })).body;
  const credential = await key.get(options);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => client.send("signInWithPasskey", { challenge, credential })),
  );
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
});

test("A-065: a second factor's signature answers no other sign-in", async () => {
  const { world, key } = await withPasskey();
  const { client, verify } = await secondFactor(world, key);
  const other = (await client.signIn(SUZUKI)).body.challenge as string;
  assert.equal((await verify(other)).body.code, "mfa_invalid");
  assert.equal((await verify()).status, 200);
  assert.equal((await verify()).body.code, "challenge_expired");
});

test("a staff passkey opens no patient's session and no other hospital's", async () => {
  const { world, key } = await withPasskey();
  assert.equal((await signIn(world, key, {}, { audience: "patient" })).body.code, "passkey_invalid");
  assert.equal((await signIn(world, key, {}, { clientId: "sakura-portal" })).body.code, "passkey_invalid");
});

test("a suspended member's passkey opens nothing, and says so in the same words", async () => {
  const { world, key } = await withPasskey();
  await world.store.transaction((transaction) =>
    transaction.staff.update({ email: SUZUKI }, { status: "suspended" }),
  );
  assert.equal((await signIn(world, key)).body.code, "passkey_invalid");
});

test("a removed passkey opens nothing", async () => {
  const { world, client, key, factorId } = await withPasskey();
  assert.equal((await client.send("removeFactor", { factorId })).status, 204);
  assert.equal((await signIn(world, key)).body.code, "passkey_invalid");
});

test("MF-4: a counter that does not rise is refused, written down and told to the owner", async () => {
  for (const how of ["sign-in", "second factor"]) {
    const { world, key } = await withPasskey();
    assert.equal((await signIn(world, key, { signCount: 7 })).status, 200);
    const code =
      how === "sign-in"
        ? (await signIn(world, key, { signCount: 7 })).body.code
        : (await (await secondFactor(world, key, { signCount: 7 })).verify()).body.code;
    assert.equal(code, how === "sign-in" ? "passkey_invalid" : "mfa_invalid");
    const rows = await world.store.transaction((transaction) =>
      transaction.audit.list({ action: "auth.passkey_refused", reason: "sign_count" }),
    );
    assert.equal(rows.length, 1, how);
    await world.backend.deliverOutbox();
    assert.ok(
      world.mails.some(({ to, subject }) => to === SUZUKI && subject.includes("パスキーでのログイン")),
    );
    assert.equal((await signIn(world, key, { signCount: 8 })).status, 200, "the original goes on");
  }
});

test("one passkey belongs to one account", async () => {
  const { world, key } = await withPasskey();
  assert.equal((await register(await world.signedIn(TANAKA), key)).body.code, "passkey_invalid");
});

test("a challenge of a set-up is good once, for its own account, and for five minutes", async () => {
  const world = await createWorld();
  const [client, other] = [await world.signedIn(SUZUKI), await world.signedIn(TANAKA)];
  const key = await softwareAuthenticator({ origin: PORTAL });
  const { options } = (await client.send("startPasskey")).body;
  const send = async (from: TestClient) =>
    (await from.send("addPasskey", { label: "鍵", credential: await key.create(options) })).body.code;
  assert.equal(await send(other), "challenge_expired");
  world.advance(5 * MINUTE);
  await client.reauthenticate();
  assert.equal(await send(client), "challenge_expired");

  const again = (await client.send("startPasskey")).body.options;
  const first = await client.send("addPasskey", {
    label: "鍵",
    credential: await key.create(again, { userVerified: false }),
  });
  assert.equal(first.body.code, "passkey_invalid");
  const second = await client.send("addPasskey", { label: "鍵", credential: await key.create(again) });
  assert.equal(second.body.code, "challenge_expired");
});

test("what is no credential at all is refused as such, never with a server error", async () => {
  const { world, client, key } = await withPasskey();
  const made = { id: "aQ", rawId: "aQ", type: "public-key" };
  const { options } = (await client.send("startPasskey")).body;
  const real = await key.create(options);
  for (const response of [
    { ...real.response, attestationObject: "oA" },
    { ...real.response, attestationObject: "_____w" },
    { ...real.response, attestationObject: "診察室" },
    { ...real.response, clientDataJSON: "診察室 =" },
    { ...real.response, clientDataJSON: "e30" },
    { ...real.response, clientDataJSON: "AAAA" },
  ]) {
    const { status } = await client.send("addPasskey", { label: "鍵", credential: { ...made, response } });
    assert.ok(status === 422 || status === 401, String(status));
  }
  for (const response of [
    { clientDataJSON: "e30", authenticatorData: "aQ", signature: "aQ" },
    { clientDataJSON: "AAAA", authenticatorData: "AAAA", signature: "AAAA", userHandle: null },
  ]) {
    const { challenge } = (await client.send("startPasskeySignIn", { audience: "staff" })).body;
    const credential = { ...real, response };
    const answer = await (await world.client()).send("signInWithPasskey", { challenge, credential });
    assert.equal(answer.body.code, "passkey_invalid");
  }
});

test("thirty wrong signatures from one address close it for a while", async () => {
  const { world, key } = await withPasskey();
  const client = await world.client({ ip: "203.0.113.9" });
  const codes: string[] = [];
  for (let i = 0; i < 32; i++) {
    const { challenge, options } = (await client.send("startPasskeySignIn", { audience: "staff" })).body;
    const credential = await key.get(options, { userVerified: false });
    codes.push((await client.send("signInWithPasskey", { challenge, credential })).body.code);
  }
  assert.equal(codes.filter((code) => code === "passkey_invalid").length, 30);
  assert.equal(codes.at(-1), "rate_limited");
});

test("MF-1: a passkey as the first factor opens a session that waited for one", async () => {
  const world = await createWorld();
  await world.store.transaction((transaction) => transaction.factors.delete({}));
  const client = await world.client({ clientId: "kakuu-portal" });
  assert.equal((await client.signIn("admin@kakuu.example.jp")).body.status, "mfa_enrollment_required");
  const key = await softwareAuthenticator({ origin: PORTAL });
  assert.equal((await register(client, key)).status, 200);
  assert.equal((await client.send("getMe")).status, 200);
  assert.equal((await signIn(world, key, {}, { clientId: "kakuu-portal" })).body.status, "signed_in");
});

test("a client without pages has no passkeys, and offers none", async () => {
  const { world, key } = await withPasskey();
  const asked = await secondFactor(world, key);
  await world.store.transaction((transaction) => transaction.partnerClients.update({}, { rpId: null }));
  assert.deepEqual((await (await world.client()).signIn(SUZUKI)).body.methods, []);
  const client = await world.signedIn(TANAKA);
  assert.equal((await client.send("startPasskey")).body.code, "wrong_status");
  assert.equal((await client.send("startPasskeySignIn", { audience: "staff" })).body.code, "wrong_status");
  assert.equal((await asked.verify()).body.code, "mfa_invalid");
});
