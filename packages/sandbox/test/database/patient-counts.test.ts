import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Store } from "@welby/backend/ports";
import { fixtures } from "@welby/backend/testing";
import { startPostgres } from "../../../../scripts/postgres.mjs";
import { connectStore } from "../../src/database/connect.ts";

/** The counts beside the list are kept by triggers; they are what counting would say, whatever happened. */
describe("the counts of a patient list, on a real PostgreSQL with 20 connections", () => {
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

  const READINGS = ["アオキ", "カトウ", "サトウ", "タナカ", "ワタナベ"];
  const people = (institutionId: string, count: number) =>
    Array.from({ length: count }, (_, index) =>
      fixtures.person(institutionId, {
        name: `試験 ${index}`,
        kana: READINGS[index % READINGS.length] ?? "",
      }),
    );
  const insert = (rows: ReturnType<typeof people>) =>
    store.transaction(async (tx) => {
      await tx.patients.insertMany(rows.map(({ patient }) => patient));
      await tx.patientLinks.insertMany(rows.map(({ link }) => link));
    });
  /** As the list shows them, and as they are. */
  const counts = (institutionId: string) =>
    store.transaction(async (tx) => {
      const query = { institutionId, sort: "kana", descending: false, limit: 1 } as const;
      const { total, kanaIndex } = await tx.searchPatients(query);
      const linked = await tx.patientLinks.list({ institutionId, status: "linked" });
      const rows = linked.map(({ kanaRow }) => kanaRow);
      assert.equal(total, rows.length);
      for (const { row, count } of kanaIndex)
        assert.equal(count, rows.filter((one) => one === row).length, row);
      return total;
    });

  test("follow rows that come, go, end, move and are taken back", async () => {
    const institutionId = crypto.randomUUID();
    await insert(people(institutionId, 25));
    assert.equal(await counts(institutionId), 25);
    await store.transaction((tx) => tx.patientLinks.delete({ institutionId, kanaRow: "か" }));
    assert.equal(await counts(institutionId), 20);
    await store.transaction((tx) =>
      tx.patientLinks.update({ institutionId, kanaRow: "さ" }, { status: "unlinked" }),
    );
    assert.equal(await counts(institutionId), 15);
    await store.transaction((tx) =>
      tx.patientLinks.update({ institutionId, kanaRow: "た" }, { kanaRow: "他" }),
    );
    assert.equal(await counts(institutionId), 15);
    const undone = store.transaction(async (tx) => {
      await tx.patientLinks.delete({ institutionId });
      throw new Error("undone");
    });
    await assert.rejects(undone, /undone/);
    assert.equal(await counts(institutionId), 15);
    await store.transaction((tx) =>
      tx.patientLinks.update({ institutionId }, { institutionId: crypto.randomUUID() }),
    );
    assert.equal(await counts(institutionId), 0);
  });

  test("follow many who come and go at once, 20 rounds", async () => {
    const institutionId = crypto.randomUUID();
    for (let round = 0; round < 20; round++) {
      const all = people(institutionId, 40);
      await Promise.all(
        Array.from({ length: 8 }, async (_, index) => {
          const mine = all.slice(index * 5, index * 5 + 5);
          // In another order each time: counts taken crosswise must not end in a failure.
          await insert(index % 2 ? mine : mine.toReversed());
          const ids = mine.slice(0, 3).map(({ link }) => link.id);
          await store.transaction((tx) => tx.patientLinks.update({ id: { in: ids } }, { status: "revoked" }));
        }),
      );
    }
    assert.equal(await counts(institutionId), 20 * 8 * 2);
  });
});
