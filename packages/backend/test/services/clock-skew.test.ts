import assert from "node:assert/strict";
import { test } from "node:test";
import { createMemoryStore } from "../../src/stores/memory/index.ts";
import { createWorld, HOUR, MINUTE, SECOND, type World } from "../support/world.ts";

/** A world whose database has a clock of its own, so many milliseconds behind the service's. */
async function worldAhead(skewMs: number, answerMs = 0): Promise<World> {
  const store = createMemoryStore();
  const world = await createWorld({ ports: { store } });
  store.now = async () => {
    const time = new Date(world.now().getTime() - skewMs);
    world.advance(answerMs);
    return time;
  };
  return world;
}

const health = async (world: World) => (await (await world.client()).send("getHealth")).body;
const reports = (world: World) =>
  world.store.transaction((tx) => tx.audit.list({ action: "clock.skewed" }, { orderBy: ["seq"] }));
const look = async (world: World) =>
  world.backend.scheduledWork.find(({ name }) => name === "clock")?.run() ?? assert.fail("nobody looks");

for (const [skewMs, status] of [
  [0, "ok"],
  [1_000, "ok"],
  [1_001, "degraded"],
  [5_000, "degraded"],
  [-5_000, "degraded"],
] as const) {
  test(`clause 12b: a clock that is ${skewMs} ms ahead of the database makes the health ${status}`, async () => {
    const { status: said, checks } = await health(await worldAhead(skewMs));
    assert.deepEqual([said, checks.clockSkewMs, checks.database], [status, skewMs, "ok"]);
  });
}

test("12b: 5 s are written into the audit log, once an hour whoever looks", async () => {
  const world = await worldAhead(5 * SECOND);
  for (let minute = 0; minute < 10; minute++) {
    await look(world);
    world.advance(MINUTE);
  }
  const [report, ...more] = await reports(world);
  assert.deepEqual(more, []);
  assert.deepEqual(
    [report?.result, report?.details, report?.institutionId, report?.actorId],
    ["failed", { skewMs: 5_000 }, null, null],
  );
  world.advance(HOUR);
  await look(world);
  assert.equal((await reports(world)).length, 2);
});

test("a clock that is right is not worth a row", async () => {
  const world = await worldAhead(200);
  await look(world);
  assert.deepEqual(await reports(world), []);
});

test("a database that answers late is not a clock that is wrong", async () => {
  const world = await worldAhead(0, 4_000);
  const { status, checks } = await health(world);
  assert.deepEqual([status, checks.clockSkewMs], ["ok", 2_000]);
});

test("a store without a clock of its own has nothing to compare", async () => {
  const world = await createWorld();
  const { status, checks } = await health(world);
  assert.deepEqual([status, checks.clockSkewMs], ["ok", null]);
  await look(world);
  assert.deepEqual(await reports(world), []);
});
