import { sql, type Kysely } from "kysely";
import { text } from "./column-types.ts";

/** How an invited member was invited, and by whom: an invitation is worth as much as whoever sent it. */
export async function up(database: Kysely<never>): Promise<void> {
  const statements = [
    `alter table staff add column invitation ${text}`,
    `alter table staff add column invited_by ${text}`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(database);
}
