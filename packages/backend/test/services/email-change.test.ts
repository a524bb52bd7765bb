import assert from "node:assert/strict";
import { test } from "node:test";
import { SEED_PASSWORD, type TestClient } from "../../src/testing/test-client.ts";
import { createWorld, HOUR, MINUTE, PORTAL, type World } from "../support/world.ts";

const SUZUKI = "suzuki@minato.example.jp";
const NEW = "kenichi.suzuki@minato.example.jp";

const ask = (client: TestClient, email = NEW) => client.send("requestEmailChange", { email });
const confirm = (client: TestClient, token: string | undefined) =>
  client.send("confirmEmailChange", { token });

async function mailsTo(world: World, address: string): Promise<string[]> {
  await world.backend.deliverOutbox();
  return world.mails.filter(({ to }) => to === address).map(({ text }) => text);
}
async function tokens(world: World, address = NEW): Promise<(string | undefined)[]> {
  return (await mailsTo(world, address)).map((text) => /#token=([\w-]{43})\n/.exec(text)?.[1]);
}

test("the whole way: asked for, told to the old address, confirmed at the new one, signed in with", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const answer = await ask(client, "Kenichi.Suzuki@ＭＩＮＡＴＯ.example.jp");
  assert.equal(answer.status, 202);
  assert.equal((await mailsTo(world, SUZUKI)).length, 1, "the owner of the address of now is told");
  assert.equal((await client.send("getMe")).body.email, SUZUKI, "nothing changes before the confirmation");
  const [token] = await tokens(world, "Kenichi.Suzuki@minato.example.jp");
  // Wherever the mail was opened.
  const elsewhere = await world.client();
  assert.equal((await confirm(elsewhere, token)).status, 204);
  assert.equal((await client.send("getMe")).body.email, "Kenichi.Suzuki@minato.example.jp");
  const fresh = await world.client();
  assert.equal((await fresh.signIn(SUZUKI)).status, 401);
  assert.equal((await fresh.signIn(NEW)).status, 200);
  const told = await mailsTo(world, SUZUKI);
  assert.match(told.at(-1) ?? "", /メールアドレスが変更されました/);
});

test("the account list shows a member's new address, on a new version", async () => {
  const world = await createWorld();
  const [admin, client] = [await world.signedIn(), await world.signedIn("takahashi@minato.example.jp")];
  const { staffId } = (await client.send("getMe")).body;
  await ask(client, "yumi@minato.example.jp");
  await confirm(client, (await tokens(world, "yumi@minato.example.jp"))[0]);
  const row = (await admin.send("getStaff", { staffId })).body;
  assert.deepEqual([row.email, row.version], ["yumi@minato.example.jp", 2]);
});

test("a patient who signed in by phone only gets an address", async () => {
  const world = await createWorld();
  const client = await world.client();
  assert.equal((await client.signIn("090-0000-0001", undefined, "patient")).status, 200);
  assert.equal((await ask(client, "tel@example.jp")).status, 202);
  assert.equal((await confirm(client, (await tokens(world, "tel@example.jp"))[0])).status, 204);
  assert.equal((await (await world.client()).signIn("tel@example.jp", undefined, "patient")).status, 200);
  assert.equal((await (await world.client()).signIn("090-0000-0001", undefined, "patient")).status, 200);
});

test("A-082: a re-authentication that is too long ago is refused, and so is a session without the link", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  world.advance(5 * MINUTE + 1000);
  await client.refresh();
  assert.equal((await ask(client)).body.code, "step_up_required");
  assert.deepEqual(await mailsTo(world, SUZUKI), []);
  await client.reauthenticate();
  assert.equal((await ask(client)).status, 202);
  await tokens(world);
  for (const token of [client.session?.refreshToken, client.session?.accessToken.slice(0, 43), "made-up"])
    assert.equal((await confirm(client, token)).body.code, "token_invalid");
  assert.equal((await client.send("getMe")).body.email, SUZUKI);
});

test("A-050: an address that is taken is answered like a free one, and its owner is not bothered", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const seen = new Set<string>();
  for (const email of [NEW, "tanaka@minato.example.jp", "watanabe@minato.example.jp"]) {
    const { status, headers, body } = await ask(client, email);
    const names = [...headers].filter(([name]) => !["welby-request-id", "date", "dpop-nonce"].includes(name));
    seen.add(JSON.stringify([status, names, body]));
  }
  assert.equal(seen.size, 1);
  assert.equal((await tokens(world)).length, 1);
  assert.deepEqual(await mailsTo(world, "tanaka@minato.example.jp"), []);
  assert.equal(
    (await mailsTo(world, SUZUKI)).length,
    3,
    "what the asker's own mailbox gets tells nothing either",
  );
});

test("an address of a patient or of another institution is free for a member: each has a realm of its own", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  for (const email of ["sato.kazuko@example.jp", "yamasaki@sakura.example.jp"]) {
    await ask(client, email);
    assert.equal((await tokens(world, email)).length, 1);
  }
});

test("an address that was taken while the mail was on its way is not taken over", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  await ask(client);
  const [token] = await tokens(world);
  const tanaka = await world.signedIn("tanaka@minato.example.jp");
  await ask(tanaka);
  const [, second] = await tokens(world);
  assert.equal((await confirm(tanaka, second)).status, 204);
  assert.equal((await confirm(client, token)).body.code, "token_invalid");
  assert.equal((await client.send("getMe")).body.email, SUZUKI);
  assert.equal((await tanaka.send("getMe")).body.email, NEW);
});

test("RS-1: a link works once, for an hour, only the newest, and only at the client whose page it leads to", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  await ask(client);
  await tokens(world);
  await ask(client);
  const [older, newer] = await tokens(world);
  assert.equal((await confirm(client, older)).body.code, "token_invalid");
  const sakura = await world.client({ clientId: "sakura-portal" });
  assert.equal((await confirm(sakura, newer)).body.code, "token_invalid");
  world.advance(HOUR - 1000);
  assert.equal((await confirm(client, newer)).status, 204);
  assert.equal((await confirm(client, newer)).body.code, "token_invalid");
  const again = await world.signedIn("tanaka@minato.example.jp");
  await ask(again, "misaki@minato.example.jp");
  const [late] = await tokens(world, "misaki@minato.example.jp");
  world.advance(HOUR);
  assert.equal((await confirm(again, late)).body.code, "token_invalid");
});

test("of 16 confirmations at once one succeeds", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  await ask(client);
  const [token] = await tokens(world);
  const answers = await Promise.all(Array.from({ length: 16 }, () => confirm(client, token)));
  assert.equal(answers.filter(({ status }) => status === 204).length, 1);
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([204, 422]));
});

test("a link dies with a change of the password, and a reset link to the old mailbox with a change of the address", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  await ask(client);
  const [token] = await tokens(world);
  const newPassword = "kingyo-furin-yukata-3";
  await client.send("changePassword", { currentPassword: SEED_PASSWORD, newPassword });
  assert.equal((await confirm(client, token)).body.code, "token_invalid");

  await client.send("requestPasswordReset", { audience: "staff", email: SUZUKI });
  const reset = (await tokens(world, SUZUKI)).at(-1);
  assert.ok(reset);
  await ask(client);
  assert.equal((await confirm(client, (await tokens(world)).at(-1))).status, 204);
  const stolen = await client.send("confirmPasswordReset", { token: reset, newPassword: `${newPassword}-4` });
  assert.equal(stolen.body.code, "token_invalid");
});

test("A-080: a link is nobody else's: a suspended or removed member's mailbox opens nothing", async () => {
  const world = await createWorld();
  const client = await world.signedIn("takahashi@minato.example.jp");
  const { staffId } = (await client.send("getMe")).body;
  await ask(client);
  const [token] = await tokens(world);
  await world.store.transaction((transaction) =>
    transaction.staff.update({ id: staffId }, { status: "suspended" }),
  );
  assert.equal((await confirm(await world.client(), token)).body.code, "token_invalid");
});

test("A-032 A-054: no line break, no list and no look-alike is an address", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  for (const email of [
    "a@b.jp\nBcc: evil@x.jp",
    "a@b.jp%0a",
    "a@b.jp,evil@x.jp",
    "mıke@example.jp",
    "ab..c@example.jp",
    "a@@b.jp",
  ])
    assert.equal((await ask(client, email)).status, 422, email);
  assert.equal((await client.send("requestEmailChange", { email: ["a@b.jp"] })).status, 422);
  await world.backend.deliverOutbox();
  assert.deepEqual(world.mails, []);
});

test("A-052 RS-5: the link leads to the client's own page, with the token in the fragment", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const headers = { host: "evil.example", "x-forwarded-host": "evil.example", origin: PORTAL };
  await client.send("requestEmailChange", { email: NEW }, { headers });
  const [mail = ""] = await mailsTo(world, NEW);
  assert.match(mail, new RegExp(`${PORTAL}/register.html\\?for=email_change#token=[\\w-]{43}\n`));
  assert.doesNotMatch(mail, /evil/);
});

test("MS-6: an account asks five times an hour, and a mailbox without an account gets three mails an hour", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  for (let i = 0; i < 5; i++) assert.equal((await ask(client)).status, 202);
  const refused = await ask(client);
  assert.equal(refused.body.code, "rate_limited");
  assert.equal(refused.headers.get("retry-after"), "3600");
  assert.equal((await tokens(world)).length, 3);
  world.advance(HOUR);
  await client.reauthenticate();
  assert.equal((await (await world.signedIn()).send("requestEmailChange", { email: NEW })).status, 202);
});

test("AU-1 AU-8: request and change are in the log, the addresses are not", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  await ask(client);
  await confirm(client, "made-up");
  await confirm(client, (await tokens(world))[0]);
  const rows = await world.store.transaction((transaction) =>
    transaction.audit.list({}, { orderBy: ["seq"] }),
  );
  const ours = rows.filter(({ action }) => action.startsWith("account.email_change"));
  assert.deepEqual(
    ours.map(({ action, result, actorName }) => [action, result, actorName]),
    [
      ["account.email_change_requested", "ok", "鈴木 健一"],
      ["account.email_changed", "refused", null],
      ["account.email_changed", "ok", "鈴木 健一"],
    ],
  );
  assert.doesNotMatch(JSON.stringify(ours), /@/);
});
