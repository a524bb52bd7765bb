import { sql } from "kysely";
import type { Database } from "../stores/sql/index.ts";
import { asOwner } from "./roles.ts";

/** So many changed rows are worth going over a table. */
const MANY = sql`500 + 0.1 * n_live_tup`;

/**
 * What a server's autovacuum does: statistics for the query planner, and room from dead rows. PGlite has no such process;
 * without it a search over 100,000 patients takes half a minute instead of a tenth of a second.
 * @returns the tables it went over
 */
export async function tidyTables(database: Database): Promise<string[]> {
  return asOwner(database, tidy);
}

async function tidy(database: Database): Promise<string[]> {
  // Counts are written down once a second at most; the ones of a moment ago matter here.
  await sql`select pg_stat_force_next_flush()`.execute(database);
  const { rows } = await sql<{ name: string; dead: boolean }>`
    select relname as name, n_dead_tup > ${MANY} as dead from pg_stat_user_tables
    where greatest(n_mod_since_analyze, n_dead_tup) > ${MANY}`.execute(database);
  for (const { name, dead } of rows) {
    await sql`${dead ? sql`vacuum analyze` : sql`analyze`} ${sql.table(name)}`.execute(database);
  }
  return rows.map(({ name }) => name);
}
