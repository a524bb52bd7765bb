import { after, before, describe, test } from "node:test";
import { systemClock, webRandom, type Keys, type Ports, type Store } from "@welby/backend/ports";
import { sessionRaceScenarios } from "@welby/backend/testing";
import { startPostgres } from "../../../../scripts/postgres.mjs";
import { connectStore } from "../../src/database/connect.ts";

const ROUNDS = 3;

describe("races between requests, on a real PostgreSQL with 20 connections", () => {
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

  for (const { name, round } of sessionRaceScenarios) {
    test(`${name} (${ROUNDS} rounds)`, async () => {
      for (let time = 0; time < ROUNDS; time++) await round(portsOver(store));
    });
  }
});

/** The scenarios bring their own hasher, keys and mailer. */
function portsOver(store: Store): Ports {
  const none = () => Promise.reject(new Error("not used here"));
  return {
    store,
    clock: systemClock,
    random: webRandom,
    hasher: { hash: none, verify: none, needsRehash: () => false },
    mailer: { send: none },
    sms: { send: none },
    webhooks: { send: none },
    keys: { signing: none, jwks: none, mac: none, macs: none } satisfies Keys,
  };
}
