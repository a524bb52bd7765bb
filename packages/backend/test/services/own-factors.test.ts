import assert from "node:assert/strict";
import { test } from "node:test";
import { operations, type OperationRow } from "@welby/contract";
import { totpCode, totpStep } from "../../src/index.ts";
import { demoTotp, institutions } from "../../src/seed/index.ts";
import type { TestClient } from "../../src/testing/test-client.ts";
import { addApp } from "../support/authenticator-app.ts";
import { createWorld, MINUTE, SECOND, type World } from "../support/world.ts";

const SUZUKI = "suzuki@minato.example.jp";

/** The administrator of 架空大学, signed in with both factors. */
async function atKakuu(world: World): Promise<TestClient> {
  const client = await world.client({ clientId: "kakuu-portal" });
  const { challenge } = (await client.signIn(demoTotp.loginId)).body;
  const code = await totpCode(demoTotp.secret, totpStep(world.now()));
  assert.equal((await client.send("verifyMfa", { challenge, method: "totp", code })).status, 200);
  world.advance(30 * SECOND);
  return client;
}
/** A member of 架空大学 without any factor, who knows the password. */
async function enrolling(world: World) {
  await world.store.transaction((transaction) => transaction.factors.delete({}));
  const client = await world.client({ clientId: "kakuu-portal" });
  return { client, answer: await client.signIn(demoTotp.loginId) };
}
const mails = async (world: World) => {
  await world.backend.deliverOutbox();
  return world.mails.map(({ to, subject }) => `${to} ${subject}`);
};
const sessions = (world: World) =>
  world.store.transaction((transaction) => transaction.sessions.list({ endedAt: null }));

test("MF-2: an app is shown a secret once and counts once a code of it was confirmed", async () => {
  const world = await createWorld();
  const client = await world.signedIn(SUZUKI);
  const { body } = await client.send("startTotp");
  assert.match(body.secret, /^[A-Z2-7]{32}$/);
  assert.match(body.uri, /^otpauth:\/\/totp\/.+%40minato\.example\.jp\?secret=[A-Z2-7]{32}&issuer=/);
  assert.deepEqual((await client.send("listFactors")).body, { items: [], recoveryCodesLeft: 0 });

  const other = await world.client();
  assert.equal((await other.signIn(SUZUKI)).body.status, "signed_in", "not asked for before it is confirmed");

  const code = await totpCode(body.secret, totpStep(world.now()));
  const { status, body: factor } = await client.send("confirmTotp", { code });
  assert.equal(status, 200);
  assert.equal(factor.kind, "totp");
  assert.ok(!JSON.stringify((await client.send("listFactors")).body).includes(body.secret));
  assert.equal((await (await world.client()).signIn(SUZUKI)).body.status, "mfa_required");
});

test("A-062: the code that set an app up signs nobody in; the next one does", async () => {
  const world = await createWorld();
  const client = await world.signedIn(SUZUKI);
  const { secret } = (await client.send("startTotp")).body;
  const code = () => totpCode(secret, totpStep(world.now()));
  await client.send("confirmTotp", { code: await code() });
  const { challenge } = (await client.signIn(SUZUKI)).body;
  const verify = async () => client.send("verifyMfa", { challenge, method: "totp", code: await code() });
  assert.equal((await verify()).body.code, "mfa_invalid");
  world.advance(30 * SECOND);
  assert.equal((await verify()).body.status, "signed_in");
});

test("MF-8: each change of factors is told to the owner and written down", async () => {
  const world = await createWorld();
  const client = await world.signedIn(SUZUKI);
  const { answer } = await addApp(world, client);
  await client.send("createRecoveryCodes");
  await client.send("removeFactor", { factorId: answer.body.id });
  const sent = await mails(world);
  for (const [index, part] of ["追加され", "発行され", "削除され"].entries()) {
    assert.ok(sent[index]?.startsWith(SUZUKI), sent[index]);
    assert.ok(sent[index]?.includes(part), sent[index]);
  }
  const actions = await world.store.transaction(async (transaction) =>
    (await transaction.audit.list({}, { orderBy: ["seq"] })).map(({ action }) => action),
  );
  for (const action of ["factor_started", "factor_added", "recovery_codes_created", "factor_removed"])
    assert.ok(actions.includes(`account.${action}`), action);
});

test("MF-8: five minutes after the password every change of factors asks for it again", async () => {
  const world = await createWorld();
  const client = await world.signedIn(SUZUKI);
  world.advance(5 * MINUTE + SECOND);
  await client.refresh();
  for (const row of Object.values(operations) as OperationRow[]) {
    if (row.tag !== "factors" || row.safe) continue;
    const input = {
      code: "000000",
      phone: "090-0000-1111",
      label: "鍵",
      credential: {
        id: "x",
        rawId: "x",
        type: "public-key",
        response: { clientDataJSON: "x", attestationObject: "x" },
      },
      factorId: "7f0c1f57-58a1-4d2b-8a43-0d5b2a5f4a11",
    };
    const wanted = [...Object.keys(row.body?.shape ?? {}), ...Object.keys(row.params?.shape ?? {})];
    const own = Object.fromEntries(Object.entries(input).filter(([name]) => wanted.includes(name)));
    assert.equal((await client.send(row.id, own)).body.code, "step_up_required", row.id);
  }
});

test("MF-8: a session that has shown no factor changes none, however fresh its password is", async () => {
  const world = await createWorld();
  const client = await atKakuu(world);
  await world.store.transaction(async (transaction) => {
    await transaction.sessions.update({}, { amr: ["pwd"] });
    // Where one is demanded, such a session could do even less.
    await transaction.institutions.update({}, { mfaRequired: false });
  });
  await client.reauthenticate();
  const [factor] = (await client.send("listFactors")).body.items;
  for (const [id, input] of [
    ["startTotp", {}],
    ["confirmTotp", { code: "000000" }],
    ["removeFactor", { factorId: factor.id }],
    ["createRecoveryCodes", {}],
  ] as const)
    assert.equal((await client.send(id, input)).body.code, "session_expired", id);
});

test("MF-1 SE-8: once an institution demands a second factor, sessions without one can only set one up", async () => {
  const world = await createWorld();
  const [admin, other] = [await world.signedIn(SUZUKI), await world.signedIn("tanaka@minato.example.jp")];
  const patient = await world.client();
  await patient.signIn("sato.kazuko@example.jp", undefined, "patient");
  const { version } = (await admin.send("getInstitution")).body;
  const { status } = await admin.send("updateInstitutionSettings", { version, mfaRequired: true });
  assert.equal(status, 200);
  for (const client of [admin, other]) {
    assert.equal((await client.send("listStaff")).body.code, "mfa_enrollment_required");
    assert.equal((await client.send("listFactors")).status, 200);
    await addApp(world, client);
    assert.equal((await client.send("listStaff")).status, 200);
  }
  assert.equal((await patient.send("getMe")).status, 200, "patients are not asked");
});

test("MF-8: with the first factor, the person's sessions that never showed one end", async () => {
  const world = await createWorld();
  const [client, other] = [await world.signedIn(SUZUKI), await world.signedIn(SUZUKI)];
  await addApp(world, client);
  assert.equal((await other.send("getMe")).body.code, "session_expired");
  assert.equal((await client.send("getMe")).status, 200);
});

test("a wrong code confirms nothing, and a few of them cost time", async () => {
  const world = await createWorld();
  const client = await world.signedIn(SUZUKI);
  const { secret } = (await client.send("startTotp")).body;
  const right = await totpCode(secret, totpStep(world.now()));
  const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, "0");
  for (let i = 0; i < 5; i++)
    assert.equal((await client.send("confirmTotp", { code: wrong })).body.code, "mfa_invalid", String(i));
  assert.equal((await client.send("confirmTotp", { code: right })).body.code, "rate_limited");
  world.advance(30 * SECOND);
  const later = await totpCode(secret, totpStep(world.now()));
  assert.equal((await client.send("confirmTotp", { code: later })).status, 200);
});

test("a set-up waits ten minutes, and a newer one replaces it", async () => {
  const world = await createWorld();
  const client = await world.signedIn(SUZUKI);
  const first = (await client.send("startTotp")).body.secret;
  const second = (await client.send("startTotp")).body.secret;
  const code = (secret: string) => totpCode(secret, totpStep(world.now()));
  assert.equal((await client.send("confirmTotp", { code: await code(first) })).body.code, "mfa_invalid");
  world.advance(10 * MINUTE);
  await client.reauthenticate();
  assert.equal(
    (await client.send("confirmTotp", { code: await code(second) })).body.code,
    "challenge_expired",
  );
});

test("an account has at most ten factors", async () => {
  const world = await createWorld();
  const client = await world.signedIn(SUZUKI);
  for (let i = 0; i < 10; i++) {
    assert.equal((await addApp(world, client)).answer.status, 200);
    await client.reauthenticate();
  }
  assert.equal((await client.send("startTotp")).body.code, "limit_reached");
});

test("A-042: somebody else's factor is as missing as one that never was", async () => {
  const world = await createWorld();
  const client = await world.signedIn(SUZUKI);
  const [foreign] = await world.store.transaction((transaction) => transaction.factors.list({}));
  const answers = [
    await client.send("removeFactor", { factorId: foreign?.id }),
    await client.send("removeFactor", { factorId: world.ports.random.uuid() }),
  ];
  for (const { status, body } of answers) {
    assert.equal(status, 404);
    assert.equal(body.code, "not_found");
  }
  assert.equal(await world.store.transaction((transaction) => transaction.factors.count({})), 1);
});

test("A-096: a removal whose answer was lost may be sent again under its key", async () => {
  const world = await createWorld();
  const client = await world.signedIn(SUZUKI);
  const { answer } = await addApp(world, client);
  const idempotencyKey = world.ports.random.uuid();
  const remove = () => client.send("removeFactor", { factorId: answer.body.id }, { idempotencyKey });
  assert.equal((await remove()).status, 204);
  assert.equal((await remove()).status, 204);
  const rows = await world.store.transaction((transaction) =>
    transaction.audit.count({ action: "account.factor_removed" }),
  );
  assert.equal(rows, 1);
});

test("MF-1: the last factor stays where the institution demands one, and may go elsewhere", async () => {
  const world = await createWorld();
  const client = await atKakuu(world);
  const [factor] = (await client.send("listFactors")).body.items;
  const refused = await client.send("removeFactor", { factorId: factor.id });
  assert.equal(refused.status, 409);
  assert.equal(refused.body.code, "last_factor");
  const second = await addApp(world, client);
  assert.equal((await client.send("removeFactor", { factorId: factor.id })).status, 204);
  assert.equal(
    (await client.send("removeFactor", { factorId: second.answer.body.id })).body.code,
    "last_factor",
  );

  const minato = await world.signedIn(SUZUKI);
  const app = await addApp(world, minato);
  await minato.send("createRecoveryCodes");
  assert.equal((await minato.send("removeFactor", { factorId: app.answer.body.id })).status, 204);
  assert.deepEqual((await minato.send("listFactors")).body, { items: [], recoveryCodesLeft: 0 });
  assert.equal((await (await world.client()).signIn(SUZUKI)).body.status, "signed_in");
});

test("MF-1: whoever has no factor where one is demanded gets a session for the set-up, and for nothing else", async () => {
  const world = await createWorld();
  const { client, answer } = await enrolling(world);
  assert.equal(answer.body.status, "mfa_enrollment_required");
  for (const row of Object.values(operations) as OperationRow[]) {
    if (row.authentication !== "access") continue;
    const { body } = await client.send(row.id);
    assert.equal(body?.code === "mfa_enrollment_required", row.duringEnrollment !== true, row.id);
  }
  assert.equal((await client.refresh()).status, 200, "it can be renewed meanwhile");
  assert.equal((await client.send("getMe")).body.code, "mfa_enrollment_required", "and stays restricted");
});

test("MF-1: the first factor opens the waiting session, with the same tokens", async () => {
  const world = await createWorld();
  const { client } = await enrolling(world);
  const before = client.session;
  await addApp(world, client);
  assert.equal(client.session, before);
  assert.equal((await client.send("getMe")).body.name.text, "大野 真理");
  const [session] = await sessions(world);
  assert.deepEqual(session?.amr, ["pwd", "otp", "mfa"]);
  assert.equal(session.restriction, null);
  assert.equal((await client.signIn(demoTotp.loginId)).body.status, "mfa_required");
});

test("MF-1: a person who knows only the password cannot go around the set-up by typing it again", async () => {
  const world = await createWorld();
  const { client } = await enrolling(world);
  assert.equal((await client.reauthenticate()).status, 200);
  assert.equal((await client.send("listStaff")).body.code, "mfa_enrollment_required");
  assert.equal((await client.signIn(demoTotp.loginId)).body.status, "mfa_enrollment_required");
});

test("MF-1: a new member sets the password first and the factor after it", async () => {
  const world = await createWorld();
  const initial = "aaaaa-bbbbb-ccccc-ddddd";
  await world.store.transaction(async (transaction) => {
    await transaction.factors.delete({});
    const where = { institutionId: institutions.kakuu.id };
    const changes = { mustChangePassword: true, passwordHash: await world.hasher.hash(initial) };
    await transaction.accounts.update(where, changes);
  });
  const client = await world.client({ clientId: "kakuu-portal" });
  assert.equal((await client.signIn(demoTotp.loginId, initial)).body.status, "password_change_required");
  assert.equal((await client.send("startTotp")).body.code, "password_change_required");
  const answer = await client.send("setInitialPassword", { newPassword: "kingyo-furin-yukata-3" });
  assert.equal(answer.body.status, "mfa_enrollment_required");
  await addApp(world, client);
  assert.equal((await client.send("getMe")).status, 200);
});

test("MF-1: a patient of such an institution is not asked for a factor", async () => {
  const world = await createWorld();
  const client = await world.client({ clientId: "kakuu-portal" });
  const answer = await client.signIn("sato.kazuko@example.jp", undefined, "patient");
  assert.equal(answer.body.status, "signed_in");
});
