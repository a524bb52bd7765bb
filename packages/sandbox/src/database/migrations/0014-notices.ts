import { sql, type Kysely } from "kysely";
import { instant, text } from "./column-types.ts";

/** What the operator tells, and who has read it. */
export async function up(database: Kysely<never>): Promise<void> {
  const statements = [
    `create table notices (
      id ${text} constraint notices_key primary key,
      institution_id ${text},
      audience ${text} not null,
      kind ${text} not null,
      severity ${text} not null,
      title ${text} not null,
      body ${text} not null,
      published_at ${instant} not null,
      valid_until ${instant},
      must_acknowledge boolean not null
    )`,
    `create index notices_institution on notices (institution_id, published_at)`,

    `create table notice_reads (
      id ${text} constraint notice_reads_key primary key,
      notice_id ${text} not null,
      account_id ${text} not null,
      read_at ${instant} not null,
      constraint notice_reads_pair unique (notice_id, account_id)
    )`,
    `create index notice_reads_account on notice_reads (account_id)`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(database);
}
