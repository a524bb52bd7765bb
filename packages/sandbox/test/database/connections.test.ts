import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Store } from "@welby/backend/ports";
import pg from "pg";
import { startPostgres } from "../../../../scripts/postgres.mjs";
import { connectStore } from "../../src/database/connect.ts";

describe("connections that keep the plans of their statements", () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  let operator: pg.Client;
  let store: Store;
  before(async () => {
    postgres = await startPostgres();
    operator = new pg.Client({ connectionString: postgres.url });
    await operator.connect();
    store = await connectStore({ url: postgres.url, maxConnections: 2 });
  });
  after(async () => {
    await store.close();
    await operator.end();
    await postgres.stop();
  });

  const find = () => store.transaction((transaction) => transaction.keys.get({ id: "none" }));

  test("go on when another instance has changed the schema meanwhile", async () => {
    for (let call = 0; call < 10; call++) await Promise.all([find(), find()]);
    await operator.query("alter table keys add column later text");
    assert.deepEqual(await Promise.all([find(), find()]), [undefined, undefined]);
  });

  test("leave nothing of a tenant to the next transaction, whichever way the first one ended", async () => {
    const institutionId = `it's \\ a "tenant"`;
    for (let round = 0; round < 4; round++) {
      const count = () =>
        store.transaction((transaction) => transaction.auditChains.count({}), { institutionId });
      // Out of a tenant's reach: so it was one, and the transaction fails.
      await assert.rejects(count(), /permission denied/);
      await store.transaction(async () => undefined, { institutionId });
      await store.transaction((transaction) => transaction.groups.count({}), { institutionId });
      // Nothing at all was done in this one.
      await store.transaction(async () => undefined);
      assert.equal(await store.transaction((transaction) => transaction.auditChains.count({})), 0);
    }
  });
});
