import assert from "node:assert/strict";
import { test } from "node:test";
import { staffId } from "../../src/seed/index.ts";
import type { TestClient } from "../../src/testing/test-client.ts";
import { createWorld, HOUR, MINUTE, PORTAL, type World } from "../support/world.ts";

const SUZUKI = "suzuki@minato.example.jp";
const TANAKA = "tanaka@minato.example.jp";
const EMAIL = "kimura@minato.example.jp";
const CHOSEN = "kingyo-furin-yukata-3";

interface Invited {
  readonly admin: TestClient;
  readonly client: TestClient;
  readonly id: string;
  /** The initial password or the token. */
  readonly secret: string;
}

async function lastMail(world: World): Promise<string> {
  await world.backend.deliverOutbox();
  assert.equal(world.mails.at(-1)?.to, EMAIL);
  return world.mails.at(-1)?.text ?? "";
}
const secretIn = (text: string) =>
  /#token=([\w-]{43})\n/.exec(text)?.[1] ?? /初期パスワード: (\S+)/.exec(text)?.[1] ?? assert.fail(text);

async function invite(world: World, invitation: "link" | "initial_password", by = SUZUKI): Promise<Invited> {
  const admin = await world.signedIn(by);
  const added = await admin.send("addStaff", {
    name: { family: "木村", given: "花" },
    email: EMAIL,
    invitation,
  });
  assert.equal(added.status, 201, JSON.stringify(added.body));
  const secret = secretIn(await lastMail(world));
  return { admin, client: await world.client(), id: added.body.id as string, secret };
}
const accept = (client: TestClient, token: string, newPassword = CHOSEN) =>
  client.send("confirmInvitation", { token, newPassword });
const resend = (admin: TestClient, id: string, input = {}) =>
  admin.send("resendInvitation", { staffId: id, ...input });
const member = async (admin: TestClient, id: string) => (await admin.send("getStaff", { staffId: id })).body;

test("IP-7: by a link the member sets the first password, is active, and signs in", async () => {
  const world = await createWorld();
  const { admin, client, id, secret } = await invite(world, "link");
  const mail = world.mails.at(-1)?.text ?? "";
  assert.ok(mail.includes(`\n${PORTAL}/#token=${secret}\n`));
  assert.doesNotMatch(mail, /初期パスワード|Initial password/);
  assert.match(mail, /2026\/11\/26 09:00/);
  const accepted = await accept(client, secret);
  assert.deepEqual([accepted.status, accepted.body, client.session], [204, null, null]);
  assert.equal((await client.signIn(EMAIL, CHOSEN)).body.status, "signed_in");
  const { status, role } = await member(admin, id);
  assert.deepEqual([status, role], ["active", "staff"]);
});

test("IP-5 RS-1: the token stands in the mail and nowhere else, kept as a hash", async () => {
  const world = await createWorld();
  const { secret } = await invite(world, "link");
  const kept = await world.store.transaction(async (tx) => [
    await tx.oneTimeSecrets.list({}),
    await tx.accounts.list({}),
    await tx.staff.list({}),
    await tx.audit.list({}),
    await tx.idempotency.list({}),
  ]);
  assert.ok(!JSON.stringify([kept, world.log]).includes(secret));
  assert.equal(kept[0]?.length, 1);
});

test("with a link there is no password that anybody could sign in with", async () => {
  const world = await createWorld();
  const { client, secret } = await invite(world, "link");
  assert.equal((await client.signIn(EMAIL, secret)).body.code, "invalid_credentials");
  const account = await world.store.transaction(async (tx) => {
    const staff = await tx.staff.get({ email: EMAIL });
    return tx.accounts.get({ id: staff?.accountId ?? "" });
  });
  assert.notEqual(account?.passwordHash, await world.hasher.hash(secret));
  assert.match(account?.passwordHash ?? "", /^\$test\$/);
});

test("A-078: a link works once, for 72 hours, and only a password that is accepted uses it up", async () => {
  const world = await createWorld();
  const { client, secret } = await invite(world, "link");
  assert.equal((await accept(client, secret, "short")).body.code, "weak_password");
  assert.equal((await accept(client, secret, "yama-no-kumo-to-sora-12")).status, 204);
  assert.equal((await accept(client, secret)).body.code, "token_invalid");
  assert.equal((await client.signIn(EMAIL, CHOSEN)).status, 401);

  const late = await createWorld();
  const other = await invite(late, "link");
  late.advance(72 * HOUR);
  assert.equal((await accept(other.client, other.secret)).body.code, "token_invalid");
});

test("A-056: of sixteen uses of one link at once one sets a password", async () => {
  const world = await createWorld();
  const { client, secret } = await invite(world, "link");
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, index) => accept(client, secret, `kingyo-furin-yukata-${index}`)),
  );
  assert.equal(answers.filter(({ status }) => status === 204).length, 1);
});

test("A-071: a link of one kind opens nothing of another", async () => {
  const world = await createWorld();
  const { client, secret } = await invite(world, "link");
  const reset = await client.send("confirmPasswordReset", { token: secret, newPassword: CHOSEN });
  assert.equal(reset.body.code, "token_invalid");
  await client.send("requestPasswordReset", { audience: "staff", email: SUZUKI });
  await world.backend.deliverOutbox();
  const token = secretIn(world.mails.at(-1)?.text ?? "");
  assert.equal((await accept(client, token)).body.code, "token_invalid");
});

test("A-080: another institution's page cannot use a link, and the link opens the invited account only", async () => {
  const world = await createWorld();
  const { client, secret } = await invite(world, "link");
  const elsewhere = await world.client({ clientId: "sakura-portal" });
  assert.equal((await accept(elsewhere, secret)).body.code, "token_invalid");
  assert.equal((await accept(client, `${secret.slice(0, -1)}_`)).body.code, "token_invalid");
  const extra = await client.send("confirmInvitation", {
    token: secret,
    newPassword: CHOSEN,
    email: "evil@minato.example.jp",
    role: "admin",
  });
  assert.equal(extra.body.code, "validation_failed");
  assert.equal((await accept(client, secret)).status, 204);
  assert.equal((await client.signIn("evil@minato.example.jp", CHOSEN)).status, 401);
  assert.equal((await client.signIn(EMAIL, CHOSEN)).status, 200);
});

for (const invitation of ["link", "initial_password"] as const) {
  for (const [title, lose] of [
    ["was demoted", { role: "staff" }],
    ["was suspended", { status: "suspended" }],
    ["was removed", { status: "removed" }],
  ] as const) {
    test(`A-080 IP-6: an invitation (${invitation}) of somebody who ${title} is worth nothing; another administrator sends it anew`, async () => {
      const world = await createWorld();
      const { client, id, secret } = await invite(world, invitation, TANAKA);
      await world.store.transaction((tx) => tx.staff.update({ id: staffId(TANAKA) }, lose));
      assert.equal((await enter(client, invitation, secret)).body.code, "token_invalid");
      const admin = await world.signedIn(SUZUKI);
      assert.equal((await member(admin, id)).status, "invited");
      const refusals = await world.store.transaction((tx) =>
        tx.audit.list({ result: "refused", reason: "token_invalid" }),
      );
      assert.equal(refusals.length, 1);

      // Nor is there a way around it by a reset mail.
      await client.send("requestPasswordReset", { audience: "staff", email: EMAIL });
      const token = /#token=([\w-]{43})\n/.exec(await lastMail(world))?.[1];
      const reset = await client.send("confirmPasswordReset", { token, newPassword: CHOSEN });
      assert.equal(reset.body.code, "token_invalid");

      assert.equal((await resend(admin, id)).status, 200);
      const anew = secretIn(await lastMail(world));
      assert.ok([200, 204].includes((await enter(client, invitation, anew)).status));
      assert.equal((await member(admin, id)).status, "active");
    });
  }

  test(`IP-4: an invitation sent anew (${invitation}) is the only one that works, for 72 hours from then`, async () => {
    const world = await createWorld();
    const { admin, client, id, secret } = await invite(world, invitation);
    world.advance(71 * HOUR);
    await admin.signIn(SUZUKI);
    assert.equal((await resend(admin, id)).status, 200);
    const anew = secretIn(await lastMail(world));
    assert.notEqual(anew, secret);
    assert.notEqual((await enter(client, invitation, secret)).status, 204);
    assert.equal((await member(admin, id)).status, "invited");
    world.advance(71 * HOUR);
    await admin.signIn(SUZUKI);
    await enter(client, invitation, anew);
    assert.equal((await member(admin, id)).status, "active");
  });
}

test("IP-4: whoever is inside with the former initial password is out when it is replaced", async () => {
  const world = await createWorld();
  const { admin, client, id, secret } = await invite(world, "initial_password");
  assert.equal((await client.signIn(EMAIL, secret)).body.status, "password_change_required");
  await resend(admin, id);
  const late = await client.send("setInitialPassword", { newPassword: CHOSEN });
  assert.equal(late.body.code, "session_expired");
  assert.equal((await client.signIn(EMAIL, secret)).body.code, "invalid_credentials");
});

test("A-079: the new initial password cannot become the own one", async () => {
  const world = await createWorld();
  const { admin, client, id } = await invite(world, "initial_password");
  await resend(admin, id);
  const anew = secretIn(await lastMail(world));
  await client.signIn(EMAIL, anew);
  const same = await client.send("setInitialPassword", { newPassword: anew });
  assert.deepEqual([same.status, same.body.code], [422, "password_reused"]);
});

test("invariant 2: sending an invitation anew never changes a role or a version, and keeps the mode unless another is asked for", async () => {
  const world = await createWorld();
  const { admin, id } = await invite(world, "link");
  await admin.send("changeStaffRole", { staffId: id, role: "admin", version: 1 });
  const before = await member(admin, id);
  const sent = await resend(admin, id);
  assert.deepEqual(sent.body, before);
  assert.equal(sent.headers.get("etag"), '"2"');
  assert.match(await lastMail(world), /#token=/);
  await resend(admin, id, { invitation: "initial_password" });
  assert.match(await lastMail(world), /初期パスワード: /);
  await resend(admin, id);
  assert.match(await lastMail(world), /初期パスワード: /);
  assert.equal((await member(admin, id)).role, "admin");
  assert.equal((await resend(admin, id, { role: "staff" })).body.code, "validation_failed");
  const rows = await world.store.transaction((tx) =>
    tx.audit.list({ action: "staff.invitation_sent" }, { orderBy: ["seq"] }),
  );
  assert.deepEqual(
    rows.map(({ targetId, details }) => [targetId, details["invitation"], details["role"]]),
    ["link", "initial_password", "initial_password"].map((mode) => [id, mode, "admin"]),
  );
});

test("the operator's invitation in the seed can be sent anew as well", async () => {
  const world = await createWorld();
  const admin = await world.signedIn();
  const saito = staffId("saito@minato.example.jp");
  assert.equal((await resend(admin, saito)).status, 200);
  await world.backend.deliverOutbox();
  const password = secretIn(world.mails.at(-1)?.text ?? "");
  const client = await world.client();
  const entered = await client.signIn("saito@minato.example.jp", password);
  assert.equal(entered.body.status, "password_change_required");
});

test("an invitation is sent anew only to a member who is invited", async () => {
  const world = await createWorld();
  const admin = await world.signedIn();
  for (const email of ["takahashi@minato.example.jp", "watanabe@minato.example.jp", SUZUKI]) {
    const answer = await resend(admin, staffId(email));
    assert.deepEqual([answer.status, answer.body.code], [409, "wrong_status"]);
  }
  const removed = await resend(admin, staffId("sasaki@minato.example.jp"));
  assert.equal(removed.body.code, "not_found");
});

test("MS-6: a mailbox is not flooded: five invitations an hour, then a wait, and the last one keeps working", async () => {
  const world = await createWorld();
  const { admin, client, id } = await invite(world, "link");
  for (let time = 0; time < 5; time++) assert.equal((await resend(admin, id)).status, 200);
  const last = secretIn(await lastMail(world));
  const limited = await resend(admin, id);
  assert.deepEqual([limited.status, limited.body.code], [429, "rate_limited"]);
  assert.equal(limited.headers.get("retry-after"), "3600");
  assert.equal((await accept(client, last)).status, 204);
  assert.equal(world.mails.length, 6);
});

test("SI-4: guessing links costs time", async () => {
  const world = await createWorld();
  const { secret } = await invite(world, "link");
  const guesser = await world.client({ ip: "203.0.113.7" });
  for (let guess = 0; guess < 30; guess++) await accept(guesser, `guess-${guess}`);
  assert.equal((await accept(guesser, secret)).body.code, "rate_limited");
  const elsewhere = await world.client({ ip: "203.0.113.8" });
  assert.equal((await accept(elsewhere, secret)).status, 204);
});

test("a removed or suspended person's link is dead", async () => {
  const world = await createWorld();
  const { admin, client, id, secret } = await invite(world, "link");
  assert.equal((await admin.send("removeStaff", { staffId: id, version: 1 })).status, 204);
  assert.equal((await accept(client, secret)).body.code, "token_invalid");
});

test("an invited member's reset mail leads to the first password as well, and the link of the invitation dies with it", async () => {
  const world = await createWorld();
  const { admin, client, id, secret } = await invite(world, "link");
  world.advance(MINUTE);
  await client.send("requestPasswordReset", { audience: "staff", email: EMAIL });
  const token = secretIn(await lastMail(world));
  assert.equal((await client.send("confirmPasswordReset", { token, newPassword: CHOSEN })).status, 204);
  assert.equal((await member(admin, id)).status, "active");
  assert.equal((await accept(client, secret)).body.code, "token_invalid");
});

/** Uses an invitation in its own way. */
async function enter(client: TestClient, invitation: "link" | "initial_password", secret: string) {
  if (invitation === "link") return accept(client, secret);
  const entered = await client.signIn(EMAIL, secret);
  return entered.status === 200 ? client.send("setInitialPassword", { newPassword: CHOSEN }) : entered;
}
