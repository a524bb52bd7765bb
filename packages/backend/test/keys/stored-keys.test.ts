import assert from "node:assert/strict";
import { test } from "node:test";
import { createStoredKeys } from "../../src/index.ts";
import { webRandom } from "../../src/ports/index.ts";
import { createMemoryStore } from "../../src/stores/memory/index.ts";
import { failTransactions } from "../support/store-faults.ts";
import { createWorld, HOUR, MINUTE } from "../support/world.ts";

const clock = { now: () => new Date() };
const jwksOf = async (keys: ReturnType<typeof createStoredKeys>) => (await keys.jwks()).keys;

test("instances that start at once on one store agree on one set of keys", async () => {
  const store = createMemoryStore();
  const instances = Array.from({ length: 8 }, () => createStoredKeys(store, clock, webRandom));
  const sets = await Promise.all(instances.map(jwksOf));
  for (const set of sets) assert.deepEqual(set, sets[0]);
  assert.equal(await store.transaction((transaction) => transaction.keys.count({})), 3);
});

test("a session goes on at another instance and after a restart", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const restarted = await createWorld({ ports: { store: world.store } });
  const elsewhere = await restarted.client({ keyPair: client.keyPair });
  elsewhere.session = client.session;
  assert.equal((await elsewhere.send("getMe")).status, 200);
  assert.equal((await elsewhere.refresh()).status, 200);
});

test("after a rotation new tokens carry the new key, and old ones are accepted while they live", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const before = client.session;
  const [old] = await jwksOf(world.ports.keys);
  await world.store.transaction((transaction) =>
    transaction.keys.update({ use: "sign" }, { retiredAt: world.now() }),
  );
  world.advance(MINUTE + 1);
  await client.refresh();
  const [first, second] = await jwksOf(world.ports.keys);
  assert.deepEqual(first, old);
  assert.ok(second);
  assert.equal((await client.send("getMe")).status, 200);
  assert.equal((await client.send("getMe", {}, { session: before })).status, 200);
});

test("no private part is published, and none can be taken out of what signs", async () => {
  const keys = createStoredKeys(createMemoryStore(), clock, webRandom);
  assert.ok(!("d" in ((await jwksOf(keys))[0] ?? {})));
  assert.equal((await keys.signing()).key.extractable, false);
  assert.equal((await keys.mac("nonce")).extractable, false);
});

test("a store that failed once is asked again", async () => {
  const store = createMemoryStore();
  const keys = createStoredKeys(store, clock, webRandom);
  const repair = failTransactions(store, new Error("down"));
  await assert.rejects(keys.jwks());
  repair();
  assert.equal((await jwksOf(keys)).length, 1);
});

test("the sweeper deletes what is dead and nothing that is alive", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  await client.send("createGroup", { name: "外来A" });
  const count = (table: "proofReplays" | "idempotency" | "sessions") =>
    world.store.transaction((transaction) => transaction[table].count({}));
  await world.backend.sweep();
  assert.ok((await count("proofReplays")) > 0);
  assert.equal(await count("idempotency"), 1);
  world.advance(25 * HOUR);
  await world.backend.sweep();
  assert.equal(await count("proofReplays"), 0);
  assert.equal(await count("idempotency"), 0);
  assert.equal(await count("sessions"), 1);
  world.advance(40 * 24 * HOUR);
  await world.backend.sweep();
  assert.equal(await count("sessions"), 0);
});
