import assert from "node:assert/strict";
import { test } from "node:test";
import { SEED_PASSWORD, type TestClient } from "../../src/testing/test-client.ts";
import { createWorld, MINUTE, type World } from "../support/world.ts";

const SUZUKI = "suzuki@minato.example.jp";
const CHOSEN = "kingyo-furin-yukata-3";

const change = (client: TestClient, changes: Record<string, unknown> = {}) =>
  client.send("changePassword", { currentPassword: SEED_PASSWORD, newPassword: CHOSEN, ...changes });
const audited = (world: World) =>
  world.store.transaction((transaction) => transaction.audit.list({ action: "account.password_changed" }));

test("PW-8: whoever knows the current password sets another one and goes on working", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const answer = await change(client);
  assert.equal(answer.status, 204);
  assert.equal(answer.body, null);
  assert.equal((await client.send("getMe")).status, 200);
  assert.equal((await client.refresh()).status, 200);
  const fresh = await world.client();
  assert.equal((await fresh.signIn(SUZUKI)).status, 401);
  assert.equal((await fresh.signIn(SUZUKI, CHOSEN)).status, 200);
});

test("PW-8: the other sessions end, access and refresh tokens alike", async () => {
  const world = await createWorld();
  const [client, other] = [await world.signedIn(), await world.signedIn()];
  assert.equal((await change(client)).status, 204);
  assert.equal((await other.send("getMe")).body.code, "session_expired");
  assert.equal((await other.refresh()).body.code, "session_expired");
  const [row] = await audited(world);
  assert.deepEqual(row?.details, { endedSessions: 1 });
});

test("PW-8: the other sessions stay where that was asked for, and nobody else's is touched", async () => {
  const world = await createWorld();
  const [client, other] = [await world.signedIn(), await world.signedIn()];
  const tanaka = await world.signedIn("tanaka@minato.example.jp");
  assert.equal((await change(client, { endOtherSessions: false })).status, 204);
  assert.equal((await other.send("getMe")).status, 200);
  assert.equal((await change(client, { currentPassword: CHOSEN, newPassword: `${CHOSEN}-4` })).status, 204);
  assert.equal((await other.send("getMe")).body.code, "session_expired");
  assert.equal((await tanaka.send("getMe")).status, 200);
});

test("6.3.7: the owner is told by mail, at the stored address", async () => {
  const world = await createWorld();
  await change(await world.signedIn());
  await world.backend.deliverOutbox();
  assert.deepEqual(
    world.mails.map(({ to }) => to),
    [SUZUKI],
  );
  assert.match(world.mails[0]?.subject ?? "", /パスワードが変更されました/);
  assert.doesNotMatch(world.mails[0]?.text ?? "", new RegExp(`${CHOSEN}|${SEED_PASSWORD}`));
});

test("a wrong current password changes nothing, tells nobody by mail and is in the audit log", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const answer = await change(client, { currentPassword: "wrong-password-is-wrong" });
  assert.equal(answer.status, 422);
  assert.equal(answer.body.code, "current_password_wrong");
  await world.backend.deliverOutbox();
  assert.deepEqual(world.mails, []);
  assert.deepEqual(
    (await audited(world)).map(({ result, reason }) => [result, reason]),
    [["refused", "current_password_wrong"]],
  );
  assert.equal((await (await world.client()).signIn(SUZUKI)).status, 200);
});

test("the rules of a new password hold here too, and the current one is no new one in any width", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  assert.deepEqual((await change(client, { newPassword: "short" })).body.rules, ["too_short"]);
  assert.deepEqual((await change(client, { newPassword: "suzuki-to-kingyo-to-furin" })).body.rules, [
    "context_word",
  ]);
  const wide = SEED_PASSWORD.replace(/[a-z]/g, (letter) =>
    String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0),
  );
  for (const newPassword of [SEED_PASSWORD, wide])
    assert.equal((await change(client, { newPassword })).body.code, "password_reused");
  assert.equal((await change(client, { newPassword: "あ".repeat(257) })).body.code, "validation_failed");
});

test("SI-7: guesses are limited as a sign-in's are, out of one budget with the re-authentication", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const wrong = { currentPassword: "wrong-password-is-wrong" };
  for (let guess = 0; guess < 3; guess++) assert.equal((await change(client, wrong)).status, 422);
  for (let guess = 0; guess < 2; guess++)
    assert.equal((await client.reauthenticate("wrong-password-is-wrong")).status, 401);
  const before = world.hasher.verified;
  const refused = await change(client);
  assert.equal(refused.body.code, "rate_limited");
  assert.equal(refused.headers.get("retry-after"), "30");
  assert.equal(world.hasher.verified, before, "no password is looked at while the wait lasts");
  assert.equal((await (await world.client()).signIn(SUZUKI)).status, 200, "the owner is not locked out");
  world.advance(31_000);
  assert.equal((await change(client)).status, 204);
});

test("SI-6: of 20 guesses made at once no more than the budget is answered", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => change(client, { currentPassword: "wrong-password-is-wrong" })),
  );
  assert.equal(answers.filter(({ body }) => body.code === "current_password_wrong").length, 5);
  assert.equal(answers.filter(({ body }) => body.code === "rate_limited").length, 15);
});

test("of eight changes at once one succeeds", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, index) => change(client, { newPassword: `${CHOSEN}-${index}` })),
  );
  assert.equal(answers.filter(({ status }) => status === 204).length, 1);
  // Whoever comes after the change guesses the former password, and guesses are limited.
  const refused = answers.filter(({ body }) =>
    ["current_password_wrong", "rate_limited"].includes(body?.code as string),
  );
  assert.equal(refused.length, 7);
});

test("A-055: a reset link that is still on its way dies with the change", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  await client.send("requestPasswordReset", { audience: "staff", email: SUZUKI });
  await world.backend.deliverOutbox();
  const token = /#token=([\w-]{43})/.exec(world.mails[0]?.text ?? "")?.[1];
  assert.equal((await change(client)).status, 204);
  const answer = await client.send("confirmPasswordReset", { token, newPassword: `${CHOSEN}-5` });
  assert.equal(answer.body.code, "token_invalid");
});

test("a session that ends while the new password is hashed changes nothing any more", async () => {
  const world = await createWorld();
  const [client, other] = [await world.signedIn(), await world.signedIn()];
  const hash = world.hasher.hash.bind(world.hasher);
  world.hasher.hash = async (password) => {
    world.hasher.hash = hash;
    const { refreshToken } = other.session ?? {};
    await other.send("signOut", { refreshToken, scope: "all" });
    return hash(password);
  };
  assert.equal((await change(client)).body.code, "session_expired");
  assert.equal((await (await world.client()).signIn(SUZUKI)).status, 200);
});

test("7a: an initial password is not changed here", async () => {
  const world = await createWorld();
  await world.store.transaction((transaction) =>
    transaction.accounts.update({ kind: "staff" }, { mustChangePassword: true }),
  );
  const client = await world.signedIn();
  assert.equal((await change(client)).body.code, "password_change_required");
});

test("a locked session is unlocked first", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  world.advance(4 * MINUTE);
  await client.refresh();
  world.advance(12 * MINUTE);
  assert.equal((await change(client)).status, 401);
});
