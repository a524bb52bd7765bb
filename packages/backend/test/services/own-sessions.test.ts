import assert from "node:assert/strict";
import { test } from "node:test";
import { HOUR, MINUTE, createWorld, type World } from "../support/world.ts";

const CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0.0.0 Safari/537.36";

interface Item {
  readonly id: string;
  readonly deviceLabel: string;
  readonly current: boolean;
}
const sessionsOf = async (client: Awaited<ReturnType<World["client"]>>) =>
  (await client.send("listSessions")).body.items as Item[];

test("SE-6: a person sees the own sessions only, this one first, without any secret", async () => {
  const world = await createWorld();
  const first = await world.signedIn();
  world.advance(MINUTE);
  const second = await world.client();
  await second.send(
    "signIn",
    { audience: "staff", loginId: "suzuki@minato.example.jp", password: "asagao-tegami-koharu-7" },
    { headers: { "user-agent": CHROME } },
  );
  await world.signedIn("tanaka@minato.example.jp");
  const items = await sessionsOf(first);
  assert.deepEqual(
    items.map(({ current, deviceLabel }) => [current, deviceLabel]),
    [
      [true, "API"],
      [false, "Chrome · Windows"],
    ],
  );
  for (const item of items)
    assert.deepEqual(Object.keys(item).sort(), ["createdAt", "current", "deviceLabel", "id", "lastSeenAt"]);
});

test("sessions that ended or passed their time are not listed; a locked one is, for it can be unlocked", async () => {
  const world = await createWorld();
  const [ended, locked] = [await world.signedIn(), await world.signedIn()];
  await ended.send("signOut", { refreshToken: ended.session?.refreshToken });
  world.advance(20 * MINUTE);
  const client = await world.signedIn();
  assert.equal((await locked.send("getMe")).status, 401);
  assert.equal((await sessionsOf(client)).length, 2);
  world.advance(12 * HOUR);
  assert.equal((await sessionsOf(await world.signedIn())).length, 1);
});

test("SE-6: an ended session is dead on the next request, and its refresh token too", async () => {
  const world = await createWorld();
  const [client, other] = [await world.signedIn(), await world.signedIn()];
  const target = (await sessionsOf(client)).find(({ current }) => !current);
  const answer = await client.send("endSession", { sessionId: target?.id });
  assert.equal(answer.status, 204);
  assert.equal(answer.headers.get("etag"), null);
  assert.equal((await other.send("getMe")).body.code, "session_expired");
  assert.equal((await other.refresh()).body.code, "session_expired");
  assert.equal((await client.send("getMe")).status, 200);
});

test("A-096: ending a session a second time answers the same and leaves one row in the log", async () => {
  const world = await createWorld();
  const [client] = [await world.signedIn(), await world.signedIn()];
  const sessionId = (await sessionsOf(client)).find(({ current }) => !current)?.id;
  for (let i = 0; i < 2; i++) assert.equal((await client.send("endSession", { sessionId })).status, 204);
  const rows = await world.store.transaction((transaction) =>
    transaction.audit.list({ action: "account.session_ended" }),
  );
  assert.deepEqual(
    rows.map(({ targetId, result }) => [targetId, result]),
    [[sessionId, "ok"]],
  );
});

test("A-042: a colleague's session, another institution's and one that never was are missing alike", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const others = [
    await world.signedIn("tanaka@minato.example.jp"),
    await world.signedIn("yamasaki@sakura.example.jp", { clientId: "sakura-portal" }),
  ];
  const ids = [crypto.randomUUID(), "not-an-id"];
  for (const other of others) ids.push((await sessionsOf(other))[0]?.id ?? "");
  const seen = new Set<string>();
  for (const sessionId of ids) {
    const { status, body } = await client.send("endSession", { sessionId });
    seen.add(JSON.stringify([status, { ...body, requestId: "" }]));
  }
  assert.equal(seen.size, 1);
  assert.match([...seen][0] ?? "", /^\[404,.*not_found/);
  for (const other of others) assert.equal((await other.send("getMe")).status, 200);
});
