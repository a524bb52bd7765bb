import assert from "node:assert/strict";
import { test } from "node:test";
import { operations, type OperationId } from "@welby/contract";
import { createWorld, HOUR, MINUTE, SECOND, type World } from "../support/world.ts";
import type { TestClient } from "../../src/testing/test-client.ts";

/** Keeps a session in use for a while, as somebody at work does. */
async function work(world: World, client: TestClient, forMs: number) {
  for (let passed = 0; passed < forMs; passed += 4 * MINUTE) {
    world.advance(Math.min(4 * MINUTE, forMs - passed));
    assert.equal((await client.refresh()).status, 200);
    assert.equal((await client.send("getMe")).status, 200);
  }
}
/** An access token that is still young, for a session that was left alone. */
async function leaveAlone(world: World, client: TestClient, forMs: number) {
  world.advance(forMs - 4 * MINUTE);
  assert.equal((await client.refresh()).status, 200);
  world.advance(4 * MINUTE);
}

test("A-016: a staff session is locked 15 minutes after the last call, refreshing or not", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  await leaveAlone(world, client, 15 * MINUTE);
  assert.equal((await client.send("getMe")).status, 200);
  await leaveAlone(world, client, 15 * MINUTE + SECOND);
  const locked = await client.send("getMe");
  assert.equal(locked.status, 401);
  assert.equal(locked.body.code, "session_locked");
  assert.equal((await client.refresh()).body.code, "session_locked");
});

test("A-016: the institution's own limit counts", async () => {
  const world = await createWorld();
  await world.store.transaction((transaction) => transaction.institutions.update({}, { idleTimeoutMin: 5 }));
  const client = await world.signedIn();
  assert.equal(
    (client.session as unknown as { session: { idleTimeoutSec: number } }).session.idleTimeoutSec,
    300,
  );
  await leaveAlone(world, client, 5 * MINUTE + SECOND);
  assert.equal((await client.send("getMe")).body.code, "session_locked");
});

test("A-016: a patient session is locked after 30 minutes and ends after 30 days", async () => {
  const world = await createWorld();
  const client = await world.client();
  await client.signIn("sato.kazuko@example.jp", undefined, "patient");
  await leaveAlone(world, client, 30 * MINUTE);
  assert.equal((await client.send("getMe")).body.role, "patient");
  await leaveAlone(world, client, 30 * MINUTE + SECOND);
  assert.equal((await client.send("getMe")).body.code, "session_locked");
  world.advance(30 * 24 * HOUR);
  assert.equal((await client.reauthenticate()).body.code, "session_expired");
});

test("A-016: twelve hours after the sign-in only a new one helps, however busy somebody was", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  await work(world, client, 12 * HOUR - 2 * MINUTE);
  world.advance(2 * MINUTE);
  assert.equal((await client.send("getMe")).body.code, "session_expired");
  assert.equal((await client.refresh()).body.code, "session_expired");
  assert.equal((await client.reauthenticate()).body.code, "session_expired");
});

test("a locked session opens with the password, for the same person, without a new session", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const before = client.session as unknown as { session: { id: string } };
  world.advance(HOUR);
  assert.equal((await client.reauthenticate("wrong-password")).body.code, "invalid_credentials");
  assert.equal((await client.refresh()).body.code, "session_locked");
  const answer = await client.reauthenticate();
  assert.equal(answer.status, 200);
  assert.equal(answer.body.session.id, before.session.id);
  assert.equal(answer.body.session.authenticatedAt, "2026-11-23T10:00:00+09:00");
  assert.equal((await client.send("getMe")).status, 200);
});

test("a locked session can be signed out", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  world.advance(HOUR);
  const { session } = client;
  assert.equal((await client.send("signOut", { refreshToken: session?.refreshToken })).status, 204);
  client.session = session;
  assert.equal((await client.reauthenticate()).body.code, "session_expired");
});

test("SE-7: a step-up needs the password within the last five minutes", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const list = await client.send("listStaff");
  const takahashi = list.body.items.find((row: { email: string }) => row.email.startsWith("takahashi"));
  const change = () =>
    client.send("changeStaffRole", { staffId: takahashi.id, role: "staff", version: takahashi.version });
  world.advance(4 * MINUTE);
  await client.refresh();
  world.advance(MINUTE);
  assert.equal((await change()).status, 200);
  world.advance(SECOND);
  const refused = await change();
  assert.equal(refused.status, 403);
  assert.equal(refused.body.code, "step_up_required");
  await client.reauthenticate();
  assert.equal((await change()).status, 200);
});

test("the last call of a session is written at most every 15 seconds", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const seen = async () =>
    (await world.store.transaction((transaction) => transaction.sessions.get({})))?.lastSeenAt.getTime();
  const start = await seen();
  world.advance(14 * SECOND);
  await client.send("getMe");
  assert.equal(await seen(), start);
  world.advance(SECOND);
  await client.send("getMe");
  assert.equal(await seen(), (start ?? 0) + 15 * SECOND);
});

test("A-102: when the server's clock steps back an hour, nothing that ended comes back to life", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const { session } = client;
  await client.send("signOut", { refreshToken: session?.refreshToken });
  world.advance(-HOUR);
  assert.equal((await client.send("getMe", {}, { session })).status, 401);
  assert.equal((await client.refresh(session?.refreshToken)).status, 401);
});

test("7a A-078: a session with the initial password opens nothing but the password change and the sign-out", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  await world.store.transaction((transaction) =>
    transaction.sessions.update({}, { restriction: "password_change" }),
  );
  for (const [id, operation] of Object.entries(operations)) {
    if (operation.authentication !== "access" || id === "setInitialPassword") continue;
    const answer = await client.send(id as OperationId, {});
    assert.equal(answer.status, 403, id);
    assert.equal(answer.body.code, "password_change_required", id);
  }
  assert.equal((await client.send("signOut", { refreshToken: client.session?.refreshToken })).status, 204);
});
