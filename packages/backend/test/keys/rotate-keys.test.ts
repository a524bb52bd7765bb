import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeProtectedHeader } from "jose";
import { rotateKeys } from "../../src/index.ts";
import type { Keys } from "../../src/ports/index.ts";
import { createWorld, HOUR, MINUTE, SECOND, type World } from "../support/world.ts";

const kids = async (keys: Keys) => (await keys.jwks()).keys.map((key) => (key as { kid?: string }).kid);
const kidOf = (token = "") => decodeProtectedHeader(token).kid;
/** Longer than the new keys are announced. */
const ANNOUNCED = 91 * SECOND;

/** A second instance over the same store, whose clock stands where the first one's stood; `ahead` moves it further. */
async function secondInstance(world: World) {
  const other = await createWorld({ ports: { store: world.store } });
  other.advance(world.now().getTime() - other.now().getTime());
  return other;
}

test("new keys are published at once, used a moment later, and nobody is signed out", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const [old] = await kids(world.ports.keys);
  const before = client.session;

  const { usedFrom } = await rotateKeys(world.ports);
  world.advance(61 * SECOND);
  await client.refresh();
  assert.equal(kidOf(client.session?.accessToken), old);
  const [, next] = await kids(world.ports.keys);
  assert.ok(next !== undefined && next !== old);

  world.advance(usedFrom.getTime() - world.now().getTime());
  assert.equal((await client.refresh()).status, 200);
  assert.equal(kidOf(client.session?.accessToken), next);
  assert.equal((await client.send("getMe")).status, 200);
  assert.equal((await client.send("getMe", {}, { session: before })).status, 200);
});

test("the old public key is gone once its tokens have died, and its private half is deleted", async () => {
  const world = await createWorld();
  const [old] = await kids(world.ports.keys);
  await rotateKeys(world.ports);
  world.advance(6 * MINUTE);
  assert.ok((await kids(world.ports.keys)).includes(old));
  world.advance(4 * MINUTE);
  assert.equal((await kids(world.ports.keys)).includes(old), false);
  await world.backend.sweep();
  const rows = await world.store.transaction((tx) => tx.keys.list({}));
  assert.deepEqual(rows.map(({ use }) => use).sort(), ["audit", "nonce", "refresh", "sign"]);
  assert.ok(rows.every(({ retiredAt }) => retiredAt === null));
});

test("an instance that read the keys just before a rotation understands one that uses the new ones", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const other = await secondInstance(world);
  await other.ports.keys.jwks();
  await rotateKeys(world.ports);
  for (let second = 0; second < 180; second += 10) {
    world.advance(10 * SECOND);
    other.advance(10 * SECOND);
    assert.equal((await client.refresh()).status, 200, `refresh after ${second} s`);
    const elsewhere = await other.client({ keyPair: client.keyPair });
    elsewhere.session = client.session;
    elsewhere.nonce = client.nonce;
    assert.equal((await elsewhere.send("getMe")).status, 200, `after ${second} s`);
  }
});

test("a proof with a nonce of the key before is accepted while the nonce lives", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  await client.send("getMe");
  const { nonce } = client;
  world.advance(ANNOUNCED - 30 * SECOND);
  await rotateKeys(world.ports);
  world.advance(ANNOUNCED);
  client.nonce = nonce;
  const first = await client.request("GET", "/v1/me", { session: client.session });
  assert.equal(first.status, 200);
});

test("a page that was begun before a rotation goes on after it", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const first = await client.send("searchPatients", { limit: 2 });
  await rotateKeys(world.ports);
  world.advance(ANNOUNCED);
  const second = await client.send("searchPatients", { limit: 2, cursor: first.body.nextCursor });
  assert.equal(second.status, 200);
});

test("a refresh whose answer was lost gets the same successor, also when the key changed in between", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  await rotateKeys(world.ports);
  world.advance(ANNOUNCED - 3 * SECOND);
  const token = client.session?.refreshToken;
  const lost = await client.refresh(token);
  world.advance(6 * SECOND);
  const again = await client.refresh(token);
  assert.equal(again.status, 200);
  assert.equal(again.body.refreshToken, lost.body.refreshToken);
  assert.equal((await client.refresh(again.body.refreshToken)).status, 200);
});

test("two rotations at once leave one key of each use", async () => {
  const world = await createWorld();
  await world.ports.keys.jwks();
  await Promise.all([rotateKeys(world.ports), rotateKeys(world.ports)]);
  const open = await world.store.transaction((tx) => tx.keys.list({ retiredAt: null }));
  assert.deepEqual(open.map(({ use }) => use).sort(), ["audit", "nonce", "refresh", "sign"]);
  world.advance(HOUR);
  assert.equal((await kids(world.ports.keys)).length, 1);
});

test("a rotation is in the audit log, and the seal of that log keeps its key", async () => {
  const world = await createWorld();
  const auditKey = () => world.store.transaction((tx) => tx.keys.list({ use: "audit" }));
  await world.ports.keys.jwks();
  const before = await auditKey();
  await rotateKeys(world.ports);
  assert.deepEqual(await auditKey(), before);
  const rows = await world.store.transaction((tx) => tx.audit.list({ action: "keys.rotated" }));
  assert.deepEqual(
    rows.map(({ result, actorId, institutionId }) => [result, actorId, institutionId]),
    [["ok", null, null]],
  );
});
