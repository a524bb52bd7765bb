import { sql, type Kysely } from "kysely";
import { instant, json, text } from "./column-types.ts";

/** The audit log (操作ログ). The database itself refuses to change it, whoever asks through this connection. */
export async function up(database: Kysely<never>): Promise<void> {
  const statements = [
    `create table audit (
      id ${text} constraint audit_key primary key,
      seq bigint generated always as identity constraint audit_seq unique,
      at ${instant} not null,
      institution_id ${text},
      actor_id ${text},
      actor_name ${text},
      actor_role ${text},
      action ${text} not null,
      target_type ${text},
      target_id ${text},
      result ${text} not null,
      reason ${text},
      details ${json} not null,
      ip ${text},
      user_agent_hash ${text},
      session_id ${text},
      request_id ${text} not null
    )`,
    `create index audit_institution on audit (institution_id, seq)`,

    `create function refuse_audit_change() returns trigger language plpgsql as $$
      begin
        raise exception 'audit rows can be added but never changed or deleted' using errcode = 'insufficient_privilege';
      end
    $$`,
    // Per statement, so that also a change of no row is refused.
    `create trigger audit_append_only before update or delete or truncate on audit
      for each statement execute function refuse_audit_change()`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(database);
}
