import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestSession } from "../../src/testing/test-client.ts";
import { staffId } from "../../src/seed/index.ts";
import { createWorld, HOUR, SECOND, type World } from "../support/world.ts";

const auditOf = (world: World, action: string) =>
  world.store.transaction((transaction) => transaction.audit.list({ action }));

test("every refresh replaces the refresh token, and the one before opens nothing after the grace", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const first = client.session as TestSession;
  assert.equal((await client.refresh()).status, 200);
  assert.notEqual(client.session?.refreshToken, first.refreshToken);
  assert.match(first.refreshToken, /^[\w-]{43}$/);
});

test("A-096: a refresh whose answer was lost may be repeated for ten seconds and gets the same successor", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const first = client.session?.refreshToken;
  const answer = await client.refresh(first);
  world.advance(9 * SECOND);
  const repeated = await client.refresh(first);
  assert.equal(repeated.status, 200);
  assert.equal(repeated.body.refreshToken, answer.body.refreshToken);
  assert.notEqual(repeated.body.accessToken, answer.body.accessToken);
  assert.equal((await client.send("getMe")).status, 200);
});

test("A-073: a used refresh token that comes back after the grace ends the session and is audited", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const first = client.session?.refreshToken;
  await client.refresh();
  world.advance(11 * SECOND);
  const reused = await client.refresh(first);
  assert.equal(reused.status, 401);
  assert.equal(reused.body.code, "refresh_reused");
  assert.equal((await client.send("getMe")).body.code, "session_expired");
  assert.equal((await client.refresh()).body.code, "session_expired");
  const [row] = await auditOf(world, "auth.refresh_reused");
  assert.equal(row?.result, "refused");
  assert.equal(row?.actorName, "鈴木 健一");
});

test("A-073: its owner is told by mail", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const first = client.session?.refreshToken;
  await client.refresh();
  world.advance(11 * SECOND);
  await client.refresh(first);
  await world.backend.deliverOutbox();
  assert.deepEqual(
    world.mails.map((mail) => mail.to),
    ["suzuki@minato.example.jp"],
  );
  assert.match(world.mails[0]?.subject ?? "", /安全のためログアウトしました/);
});

test("A-073: within the grace too, a token whose successor was used is reuse", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const first = client.session?.refreshToken;
  await client.refresh();
  await client.refresh();
  assert.equal((await client.refresh(first)).body.code, "refresh_reused");
});

test("A-073: reuse ends the session in question and no other one of the person", async () => {
  const world = await createWorld();
  const [one, two] = [await world.signedIn(), await world.signedIn()];
  const first = one.session?.refreshToken;
  await one.refresh();
  world.advance(11 * SECOND);
  await one.refresh(first);
  assert.equal((await two.send("getMe")).status, 200);
});

test("A-074: 32 refreshes at once make one lineage", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const first = client.session?.refreshToken;
  const answers = await Promise.all(
    Array.from({ length: 32 }, () => client.send("refreshToken", { refreshToken: first })),
  );
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
  assert.equal(new Set(answers.map(({ body }) => body.refreshToken as string)).size, 1);
  const open = await world.store.transaction((transaction) =>
    transaction.refreshTokens.list({ usedAt: null }),
  );
  assert.equal(open.length, 1);
});

test("A-077: a stolen refresh token without its key is refused, and the owner goes on undisturbed", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const thief = await world.client();
  const answer = await thief.refresh(client.session?.refreshToken);
  assert.equal(answer.status, 401);
  assert.equal(answer.body.code, "session_expired");
  assert.equal((await client.refresh()).status, 200);
  const bearer = await world.client({ clientId: "demo-server", binding: "bearer" });
  assert.equal((await bearer.refresh(client.session?.refreshToken)).status, 401);
  assert.equal((await client.refresh()).status, 200);
});

test("A-073: a used token that turns up at another key shows that copies are about, and ends the session", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const first = client.session?.refreshToken;
  await client.refresh();
  const thief = await world.client();
  assert.equal((await thief.refresh(first)).body.code, "refresh_reused");
  assert.equal((await client.send("getMe")).body.code, "session_expired");
});

test("A-075: no refresh token stands in the store in a form that could be used", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  await client.refresh();
  const rows = await world.store.transaction((transaction) => transaction.refreshTokens.list({}));
  assert.equal(rows.length, 2);
  assert.ok(!JSON.stringify(rows).includes(client.session?.refreshToken ?? ""));
  for (const { hash } of rows) assert.equal((await client.refresh(hash)).status, 401);
});

test("A-013: after a sign-out neither token opens anything, and signing out again is no error", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const dead = client.session as TestSession;
  assert.equal((await client.send("signOut", { refreshToken: dead.refreshToken })).status, 204);
  assert.equal((await client.send("getMe", {}, { session: dead })).body.code, "session_expired");
  assert.equal((await client.refresh(dead.refreshToken)).body.code, "session_expired");
  assert.equal((await client.send("signOut", { refreshToken: dead.refreshToken })).status, 204);
  assert.equal((await client.send("signOut", { refreshToken: "never-was-one" })).status, 204);
  assert.equal((await auditOf(world, "auth.sign_out")).length, 1);
});

test("a sign-out by somebody without the key ends nothing, and does not say so", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const thief = await world.client();
  assert.equal(
    (await thief.send("signOut", { refreshToken: client.session?.refreshToken, scope: "all" })).status,
    204,
  );
  assert.equal((await client.send("getMe")).status, 200);
});

test("a sign-out with scope all ends every session of the person and nobody else's", async () => {
  const world = await createWorld();
  const [one, two] = [await world.signedIn(), await world.signedIn()];
  const tanaka = await world.signedIn("tanaka@minato.example.jp");
  await one.send("signOut", { refreshToken: one.session?.refreshToken, scope: "all" });
  assert.equal((await two.send("getMe")).status, 401);
  assert.equal((await tanaka.send("getMe")).status, 200);
});

test("a sign-out with the token before the last one still ends the session", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const first = client.session?.refreshToken;
  await client.refresh();
  const session = client.session;
  await client.send("signOut", { refreshToken: first });
  assert.equal((await client.send("getMe", {}, { session })).status, 401);
});

for (const status of ["suspended", "removed"] as const) {
  test(`A-088 SE-8: a ${status} member's access and refresh tokens are dead with the next request`, async () => {
    const world = await createWorld();
    const client = await world.signedIn("takahashi@minato.example.jp");
    const { id } = { id: staffId("takahashi@minato.example.jp") };
    await world.store.transaction((transaction) => transaction.staff.update({ id }, { status }));
    assert.equal((await client.send("getMe")).body.code, "session_expired");
    assert.equal((await client.refresh()).body.code, "session_expired");
    assert.equal((await client.reauthenticate()).body.code, "session_expired");
    const [row, ...more] = await auditOf(world, "auth.refresh");
    assert.deepEqual(more, []);
    assert.deepEqual(
      [row?.result, row?.reason, row?.actorName],
      ["refused", "account_inactive", "髙橋 由美"],
      "the log says whose refresh was refused",
    );
  });
}

test("AU-1: a refresh token that never was leaves no row, so that nobody can fill the log with inventions", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  for (let i = 0; i < 3; i++) {
    assert.equal((await client.refresh(`invented${i}`.padEnd(43, "x"))).body.code, "session_expired");
  }
  assert.equal((await auditOf(world, "auth.refresh")).length, 0);
});

test("A-077 AU-1: a refresh with another key is in the log, with whose token it was", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const thief = await world.client();
  assert.equal((await thief.refresh(client.session?.refreshToken)).body.code, "session_expired");
  const [row] = await auditOf(world, "auth.refresh");
  assert.deepEqual([row?.reason, row?.actorName], ["other_key", "鈴木 健一"]);
});

test("SE-8: a demoted administrator's next call is refused, with the same token", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  assert.equal((await client.send("listStaff")).status, 200);
  const id = staffId("suzuki@minato.example.jp");
  await world.store.transaction((transaction) => transaction.staff.update({ id }, { role: "staff" }));
  const answer = await client.send("listStaff");
  assert.equal(answer.status, 403);
  assert.equal(answer.body.code, "forbidden");
  const [row] = await auditOf(world, "access.refused");
  assert.equal(row?.targetId, "listStaff");
});

test("A-011: a sign-in on the same device is a new session with new tokens, and session ids never repeat", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const first = client.session as TestSession & { session: { id: string } };
  world.advance(HOUR);
  await client.signIn("suzuki@minato.example.jp");
  const second = client.session as typeof first;
  assert.notEqual(first.session.id, second.session.id);
  assert.notEqual(first.refreshToken, second.refreshToken);
});
