import assert from "node:assert/strict";
import { test } from "node:test";
import { createWorld, HOUR, type World } from "../support/world.ts";

const EMAIL = "kimura@minato.example.jp";
const CHOSEN = "kingyo-furin-yukata-3";

/** An administrator adds a member, who gets the initial password by mail. */
async function invited(world: World, clientId = "demo-portal", by = "suzuki@minato.example.jp") {
  const admin = await world.client({ clientId });
  await admin.signIn(by);
  const added = await admin.send("addStaff", { name: { family: "木村", given: "花" }, email: EMAIL });
  assert.equal(added.status, 201, JSON.stringify(added.body));
  await world.backend.deliverOutbox();
  const mail = world.mails.at(-1);
  assert.equal(mail?.to, EMAIL);
  const password = /初期パスワード: (\S+)/.exec(mail?.text ?? "")?.[1] ?? "";
  const client = await world.client({ clientId });
  return { admin, added, password, client };
}

test("7a: the initial password opens a restricted session, the chosen one a full session on the same device", async () => {
  const world = await createWorld();
  const { admin, added, password, client } = await invited(world);
  const first = await client.signIn(EMAIL, password);
  assert.equal(first.body.status, "password_change_required");
  const restricted = client.session;
  assert.equal((await client.send("getMe")).body.code, "password_change_required");

  const changed = await client.send("setInitialPassword", { newPassword: CHOSEN });
  assert.equal(changed.body.status, "signed_in", JSON.stringify(changed.body));
  assert.equal((await client.send("getMe")).body.name.text, "木村 花");
  assert.equal((await client.send("getMe", {}, { session: restricted })).body.code, "session_expired");

  const member = await admin.send("getStaff", { staffId: added.body.id });
  assert.equal(member.body.status, "active");
  assert.equal(member.body.version, added.body.version + 1);
});

test("A-078: the initial password is dead once an own one is set", async () => {
  const world = await createWorld();
  const { password, client } = await invited(world);
  await client.signIn(EMAIL, password);
  await client.send("setInitialPassword", { newPassword: CHOSEN });
  assert.equal((await client.signIn(EMAIL, password)).body.code, "invalid_credentials");
  assert.equal((await client.signIn(EMAIL, CHOSEN)).body.status, "signed_in");
});

test("a closed tab locks nobody out: the initial password works again until it was changed", async () => {
  const world = await createWorld();
  const { password, client } = await invited(world);
  await client.signIn(EMAIL, password);
  assert.equal((await client.signIn(EMAIL, password)).body.status, "password_change_required");
});

test("a restricted session can be renewed while somebody thinks about a password, and stays restricted", async () => {
  const world = await createWorld();
  const { password, client } = await invited(world);
  await client.signIn(EMAIL, password);
  world.advance(HOUR / 6);
  assert.equal((await client.refresh()).status, 200);
  assert.equal((await client.send("getMe")).body.code, "password_change_required");
  assert.equal((await client.send("setInitialPassword", { newPassword: CHOSEN })).status, 200);
});

test("A-078: after 72 hours the initial password opens nothing, and a session it opened sets none", async () => {
  const world = await createWorld();
  const { password, client } = await invited(world);
  world.advance(72 * HOUR - 60_000);
  assert.equal((await client.signIn(EMAIL, password)).status, 200);
  world.advance(60_000);
  assert.equal((await client.send("setInitialPassword", { newPassword: CHOSEN })).body.code, "token_invalid");
  assert.equal((await client.signIn(EMAIL, password)).body.code, "invalid_credentials");
});

test("A-079 IP-3: the initial password cannot be kept, in any width", async () => {
  const world = await createWorld();
  const { password, client } = await invited(world);
  await client.signIn(EMAIL, password);
  const wide = password.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
  for (const newPassword of [password, wide]) {
    assert.equal((await client.send("setInitialPassword", { newPassword })).body.code, "password_reused");
  }
});

test("a weak password is refused with every rule that it breaks, and the session goes on", async () => {
  const world = await createWorld();
  const { password, client } = await invited(world);
  await client.signIn(EMAIL, password);
  const rules = async (newPassword: string) =>
    (await client.send("setInitialPassword", { newPassword })).body.rules;
  assert.deepEqual(await rules("short"), ["too_short"]);
  assert.deepEqual(await rules("welbymycarte2027"), ["context_word"]);
  assert.deepEqual(await rules("password123456789"), ["common"]);
  assert.deepEqual(await rules("kimura-hanabi-taikai-9"), ["context_word"]);
  assert.deepEqual(await rules("みなと青空総合病院のパスワード"), ["context_word"]);
  assert.equal((await client.send("setInitialPassword", { newPassword: CHOSEN })).status, 200);
});

test("a session that is not restricted has no initial password to replace", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  assert.equal((await client.send("setInitialPassword", { newPassword: CHOSEN })).body.code, "token_invalid");
});

test("eight changes at once set one password and start one session", async () => {
  const world = await createWorld();
  const { password, client } = await invited(world);
  await client.signIn(EMAIL, password);
  const { session } = client;
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      client.send("setInitialPassword", { newPassword: `${CHOSEN}-${i}` }, { session }),
    ),
  );
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
});

test("MF-1: where a second factor is demanded, the first own password alone opens nothing", async () => {
  const world = await createWorld();
  const { password, client } = await (async () => {
    await world.store.transaction((transaction) =>
      transaction.institutions.update({}, { mfaRequired: false }),
    );
    const made = await invited(world);
    await world.store.transaction((transaction) =>
      transaction.institutions.update({}, { mfaRequired: true }),
    );
    return made;
  })();
  assert.equal((await client.signIn(EMAIL, password)).body.status, "password_change_required");
  const changed = await client.send("setInitialPassword", { newPassword: CHOSEN });
  assert.equal(changed.body.status, "mfa_enrollment_required");
  assert.equal(
    await world.store.transaction((transaction) =>
      transaction.sessions.count({ endedAt: null, restriction: null }),
    ),
    1,
  );
});
