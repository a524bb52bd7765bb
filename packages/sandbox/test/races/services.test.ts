import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createStoredKeys } from "@welby/backend";
import { systemClock, webRandom, type Hasher, type Ports, type Store } from "@welby/backend/ports";
import {
  accountRaceScenarios,
  credentialRaceScenarios,
  groupRaceScenarios,
  raceScenarios,
} from "@welby/backend/testing";
import { startPostgres } from "../../../../scripts/postgres.mjs";
import { connectStore } from "../../src/database/connect.ts";

/** The last administrator is what must never be lost, so that race runs longest; then come one-time secrets, tokens and seats. */
function rounds(name: string): number {
  if (name.startsWith("A-087 two administrators")) return 500;
  return /^A-(056|060|061|074|086)\b/.test(name) ? 100 : 10;
}

describe("races between callers, on a real PostgreSQL at READ COMMITTED with 20 connections", () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  let store: Store;
  before(async () => {
    postgres = await startPostgres();
    store = await connectStore({ url: postgres.url, maxConnections: 20 });
  });
  after(async () => {
    await store.close();
    await postgres.stop();
  });

  for (const { name, round } of [
    ...raceScenarios,
    ...credentialRaceScenarios,
    ...groupRaceScenarios,
    ...accountRaceScenarios,
  ]) {
    test(`${name}, ${rounds(name)} rounds`, async (t) => {
      const ports = portsOver(store);
      const lost = await lostRounds(rounds(name), () => round(ports));
      t.diagnostic(`${rounds(name)} rounds, ${lost.length} lost`);
      assert.deepEqual(lost, []);
    });
  }

  test("without its lock the race for the last administrator is lost: the test above can fail", async (t) => {
    const [race = assert.fail("no scenario")] = raceScenarios;
    const ports = portsOver(withoutLocks(store));
    const lost = await lostRounds(40, () => race.round(ports));
    t.diagnostic(`40 rounds, ${lost.length} lost`);
    assert.notEqual(lost.length, 0);
  });
});

/** Every round is run, also after one was lost: how many are lost tells how wide the gap is. */
async function lostRounds(count: number, round: () => Promise<void>): Promise<string[]> {
  const lost: string[] = [];
  for (let number = 0; number < count; number++) {
    await round().catch((error: unknown) => lost.push(`round ${number}: ${String(error)}`));
  }
  return lost;
}

function withoutLocks(store: Store): Store {
  return {
    ...store,
    transaction: (work, options) =>
      store.transaction((open) => work({ ...open, lock: async () => undefined }), options),
  };
}

function portsOver(store: Store): Ports {
  const nobody = { send: async () => undefined };
  return {
    store,
    clock: systemClock,
    random: webRandom,
    hasher: plainHasher,
    mailer: nobody,
    sms: nobody,
    webhooks: { send: async () => ({ status: 204 }) },
    keys: createStoredKeys(store, systemClock, webRandom),
  };
}

/** Protects nothing; the races are about what comes after it. */
const plainHasher: Hasher = {
  hash: async (password) => `$plain$${password}`,
  verify: async (hash, password) => hash === `$plain$${password}`,
  needsRehash: () => false,
};
