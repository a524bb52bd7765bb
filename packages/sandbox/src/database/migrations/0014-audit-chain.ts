import { sql, type Kysely } from "kysely";
import { instant, text } from "./column-types.ts";

/** Seals over the audit log, and the one function that may take old events out of it. */
export async function up(database: Kysely<never>): Promise<void> {
  const statements = [
    `create table audit_seals (
      id ${text} constraint audit_seals_key primary key,
      chain ${text} not null,
      position bigint not null,
      event_seq bigint not null,
      previous_hash ${text},
      hash ${text} not null,
      sealed_at ${instant} not null,
      constraint audit_seals_position unique (chain, position)
    )`,
    `create index audit_seals_event on audit_seals (event_seq)`,

    `create table audit_chains (
      chain ${text} constraint audit_chains_key primary key,
      anchor_position bigint not null,
      anchor_hash ${text},
      head_position bigint not null,
      head_seq bigint not null,
      head_hash ${text} not null,
      mac ${text} not null
    )`,

    `create or replace function refuse_audit_change() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' and current_setting('welby.audit_purge', true) = 'on' then
          return null;
        end if;
        raise exception 'audit rows can be added but never changed or deleted' using errcode = 'insufficient_privilege';
      end
    $$`,
    // As its owner, because whoever serves requests may not delete here. Only what the chain's anchor has passed can go.
    `create function purge_sealed_audit(purged_chain text) returns bigint
      language plpgsql security definer set search_path from current as $$
      declare
        passed bigint := (select anchor_position from audit_chains where chain = purged_chain);
        purged bigint;
      begin
        perform set_config('welby.audit_purge', 'on', true);
        delete from audit where id in
          (select id from audit_seals where chain = purged_chain and position <= passed);
        get diagnostics purged = row_count;
        perform set_config('welby.audit_purge', 'off', true);
        delete from audit_seals where chain = purged_chain and position <= passed;
        return purged;
      end
    $$`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(database);
}
