import { sql, type Kysely } from "kysely";
import { instant, text } from "./column-types.ts";

/** What patients change themselves, until when the data of those who withdrew are kept, and what they agreed to. */
export async function up(database: Kysely<never>): Promise<void> {
  const statements = [
    `alter table patients
      add column version integer not null default 1,
      add column changed_at ${instant},
      add column purge_after ${instant},
      add column legal_hold ${text}`,
    // The default is for rows that were there before; whoever adds one says it all.
    `alter table patients alter column version drop default`,
    `create index patients_purge on patients (purge_after) where purge_after is not null`,

    `create table consents (
      id ${text} constraint consents_key primary key,
      account_id ${text} not null,
      institution_id ${text} not null,
      client_id ${text} not null,
      kind ${text} not null,
      version ${text} not null,
      accepted_at ${instant} not null
    )`,
    `create index consents_account on consents (account_id)`,
    `create function refuse_consent_change() returns trigger language plpgsql as $$
      begin
        raise exception 'consents can be added but never changed or deleted' using errcode = 'insufficient_privilege';
      end
    $$`,
    `create trigger consents_append_only before update or delete or truncate on consents
      for each statement execute function refuse_consent_change()`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(database);
}
