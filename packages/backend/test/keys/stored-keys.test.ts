import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeJwt, SignJWT } from "jose";
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
  assert.equal(await store.transaction((transaction) => transaction.keys.count({})), 4);
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

test("SE-1: a retired key opens nothing once the tokens it signed have died, however fresh a token of it is", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const { kid, key } = await world.ports.keys.signing();
  const retiredAt = world.now();
  await world.store.transaction((transaction) => transaction.keys.update({ use: "sign" }, { retiredAt }));
  world.advance(9 * MINUTE);
  await client.refresh();
  assert.equal((await client.send("getMe")).status, 200);
  assert.ok((await jwksOf(world.ports.keys)).every((jwk) => (jwk as { kid?: string }).kid !== kid));

  const claims = decodeJwt(client.session?.accessToken ?? "");
  const header = { alg: "ES256", typ: "at+jwt", kid };
  const accessToken = await new SignJWT(claims).setProtectedHeader(header).sign(key);
  const session = { accessToken, refreshToken: "" };
  assert.equal((await client.send("getMe", {}, { session })).body.code, "unauthenticated");
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

test("the sweeper keeps the counters that slow somebody down, and no others for ever", async () => {
  const world = await createWorld();
  const at = world.now();
  const counter = (key: string, failures: number) => ({
    key,
    failures,
    windowStartedAt: at,
    blockedUntil: failures >= 5 ? at : null,
  });
  const keys = () =>
    world.store.transaction(async (transaction) =>
      (await transaction.throttles.list({}, { orderBy: ["key"] })).map(({ key }) => key),
    );
  await world.store.transaction((transaction) =>
    transaction.throttles.insertMany([
      counter("account:staff:a", 4),
      counter("account:staff:b", 99),
      counter("ip:192.0.2.1", 29),
      counter("reset-ip:192.0.2.1", 20),
      counter("reset-refused:192.0.2.1", 1),
      counter("session:a", 99),
      counter("totp:a", 9),
    ]),
  );
  world.advance(23 * HOUR);
  await world.backend.sweep();
  assert.equal((await keys()).length, 7);
  world.advance(2 * HOUR);
  await world.backend.sweep();
  assert.deepEqual(await keys(), ["account:staff:a", "account:staff:b", "session:a", "totp:a"]);
  world.advance(91 * 24 * HOUR);
  await world.backend.sweep();
  assert.deepEqual(await keys(), ["account:staff:b", "totp:a"]);
});

test("the sweeper forgets a device that nobody signed in with for a year", async () => {
  const world = await createWorld();
  await world.signedIn();
  const devices = () => world.store.transaction((transaction) => transaction.knownDevices.count({}));
  world.advance(364 * 24 * HOUR);
  await world.backend.sweep();
  assert.equal(await devices(), 1);
  world.advance(2 * 24 * HOUR);
  await world.backend.sweep();
  assert.equal(await devices(), 0);
});
