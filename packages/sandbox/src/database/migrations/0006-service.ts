import { sql, type Kysely } from "kysely";
import { instant, json, text } from "./column-types.ts";

/** The outbox of mails and short messages, and the service's own keys. */
export async function up(database: Kysely<never>): Promise<void> {
  const statements = [
    `create table outbox (
      id ${text} constraint outbox_key primary key,
      seq bigint generated always as identity constraint outbox_seq unique,
      institution_id ${text},
      channel ${text} not null,
      recipient ${text} not null,
      template ${text} not null,
      subject ${text} not null,
      body ${text} not null,
      status ${text} not null,
      attempts integer not null,
      created_at ${instant} not null,
      next_attempt_at ${instant} not null,
      sent_at ${instant}
    )`,
    `create index outbox_due on outbox (next_attempt_at) where status = 'queued'`,

    `create table keys (
      id ${text} constraint keys_key primary key,
      use ${text} not null,
      jwk ${json} not null,
      created_at ${instant} not null,
      retired_at ${instant}
    )`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(database);
}
