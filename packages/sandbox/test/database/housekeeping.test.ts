import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import { generatePatients, institutions } from "@welby/backend/seed";
import { tidyTables } from "../../src/database/housekeeping.ts";
import { migrate } from "../../src/database/migrate.ts";
import { openPGlite } from "../../src/database/pglite.ts";
import { createSqlStore, openDatabase, type Database } from "../../src/stores/sql/index.ts";

describe("PGlite's tables", () => {
  let database: Database;
  before(async () => {
    database = openDatabase(await openPGlite());
    await migrate(database);
  });
  after(() => database.destroy());

  test("get statistics after many rows, so that a page of patients is read from its index", async () => {
    const store = createSqlStore(database);
    await generatePatients(store, { institution: institutions.minato, count: 3_000 });
    assert.deepEqual((await tidyTables(database)).sort(), ["patient_links", "patients"]);
    assert.deepEqual(await tidyTables(database), [], "nothing changed since");

    const { rows } = await sql<{ "QUERY PLAN": string }>`explain select * from patient_links
      where institution_id = ${institutions.minato.id} and status = 'linked' and kana_sort is not null
      order by kana_sort, id limit 50`.execute(database);
    const plan = rows.map((row) => Object.values(row).join()).join("\n");
    assert.match(plan, /Index Scan using patient_links_by_kana/);
    assert.doesNotMatch(plan, /Sort Key/);
  });

  test("give back the room of dead rows", async () => {
    const store = createSqlStore(database);
    await store.transaction((tx) => tx.patients.update({ sex: "male" }, { sex: "unknown" }));
    await store.transaction((tx) => tx.patients.update({ sex: "female" }, { sex: "unknown" }));
    await sql`select pg_stat_force_next_flush()`.execute(database);
    const dead = async () =>
      (
        await sql<{
          dead: number;
        }>`select n_dead_tup as dead from pg_stat_user_tables where relname = 'patients'`.execute(database)
      ).rows[0]?.dead;
    assert.ok(Number(await dead()) > 1_000, `${await dead()} dead rows`);
    await tidyTables(database);
    assert.equal(await dead(), 0);
  });
});
