import assert from "node:assert/strict";
import { test } from "node:test";
import { underLease } from "../../src/services/leases.ts";
import { createWorld, HOUR, MINUTE, type World } from "../support/world.ts";

async function sweeps({ backend }: World): Promise<void> {
  const work = backend.scheduledWork.find(({ name }) => name === "sweep");
  await (work ?? assert.fail("nobody sweeps")).run();
}

test("of two instances one does the scheduled work, each time", async () => {
  const one = await createWorld();
  const other = await createWorld({ ports: { store: one.store } });
  const worlds = [one, other];
  let swept = 0;
  const transaction = one.store.transaction.bind(one.store);
  one.store.transaction = (work, options) =>
    transaction(
      (tx) =>
        work({
          ...tx,
          proofReplays: { ...tx.proofReplays, delete: (where) => (swept++, tx.proofReplays.delete(where)) },
        }),
      options,
    );
  for (let round = 1; round <= 3; round++) {
    await Promise.all(worlds.map(sweeps));
    assert.equal(swept, round);
    for (const world of worlds) world.advance(10 * MINUTE);
  }
});

const lease = (holder: string) => ({ name: "work:test", holder, forMs: HOUR });

test("work whose instance died is somebody else's after its time, not before", async () => {
  const world = await createWorld();
  const never = new Promise(() => undefined);
  void underLease(world.ports, lease("dead"), () => never);
  const rescue = () => underLease(world.ports, lease("alive"), async () => undefined);
  assert.equal(await rescue(), false);
  world.advance(HOUR - 1);
  assert.equal(await rescue(), false);
  world.advance(1);
  assert.equal(await rescue(), true);
});

test("work that failed is free again at once, for anybody", async () => {
  const world = await createWorld();
  await assert.rejects(
    underLease(world.ports, lease("one"), () => Promise.reject(new Error("database away"))),
    /database away/,
  );
  assert.equal(await underLease(world.ports, lease("other"), async () => undefined), true);
});

test("an instance that failed late takes nothing away from the one that works now", async () => {
  const world = await createWorld();
  let fail: (error: Error) => void = () => undefined;
  const slow = underLease(world.ports, lease("slow"), () => new Promise((_, reject) => (fail = reject)));
  await new Promise((resolve) => setImmediate(resolve));
  world.advance(HOUR);
  await underLease(world.ports, lease("next"), async () => undefined);
  fail(new Error("too late"));
  await assert.rejects(slow, /too late/);
  const rows = await world.store.transaction((tx) => tx.leases.list({}));
  assert.deepEqual(
    rows.map(({ holder }) => holder),
    ["next"],
  );
});
