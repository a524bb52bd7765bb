import { sql, type Kysely } from "kysely";
import { instant, json, text } from "./column-types.ts";

/** Second factors get a table of their own, so that an account can have several; a session says what it still waits for. */
export async function up(database: Kysely<never>): Promise<void> {
  const statements = [
    `create table factors (
      id ${text} constraint factors_key primary key,
      account_id ${text} not null,
      kind ${text} not null,
      label ${text} not null,
      totp_secret ${text},
      totp_last_step bigint,
      phone ${text},
      credential_id ${text} constraint factors_credential_id unique,
      public_key ${text},
      sign_count bigint,
      backup_eligible boolean,
      backed_up boolean,
      transports ${json} not null,
      created_at ${instant} not null,
      confirmed_at ${instant},
      last_used_at ${instant}
    )`,
    `create index factors_account on factors (account_id)`,
    `insert into factors (id, account_id, kind, label, totp_secret, totp_last_step, transports, created_at, confirmed_at)
      select gen_random_uuid()::text, id, 'totp', '', totp_secret, totp_last_step, '[]', created_at, created_at
      from accounts where totp_secret is not null`,
    `alter table accounts drop column totp_secret, drop column totp_last_step`,

    `create table recovery_codes (
      id ${text} constraint recovery_codes_key primary key,
      account_id ${text} not null,
      selector ${text} not null,
      hash ${text} not null,
      created_at ${instant} not null,
      used_at ${instant},
      constraint recovery_codes_selector unique (account_id, selector)
    )`,

    `alter table sessions add column restriction ${text}`,
    `update sessions set restriction = 'password_change' where restricted`,
    `alter table sessions drop column restricted`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(database);
}
