import { sql, type Kysely } from "kysely";
import { instant, text } from "./column-types.ts";

/** Who signs in: accounts, their login ids, and the staff members behind them. */
export async function up(database: Kysely<never>): Promise<void> {
  const statements = [
    `create table accounts (
      id ${text} constraint accounts_key primary key,
      kind ${text} not null,
      institution_id ${text},
      password_hash ${text} not null,
      must_change_password boolean not null,
      initial_password_expires_at ${instant},
      credential_version integer not null,
      totp_secret ${text},
      totp_last_step bigint,
      closed_at ${instant},
      last_sign_in_at ${instant},
      created_at ${instant} not null
    )`,

    `create table login_ids (
      id ${text} constraint login_ids_key primary key,
      account_id ${text} not null,
      realm ${text} not null,
      type ${text} not null,
      value ${text} not null,
      key ${text} not null,
      verified_at ${instant},
      constraint login_ids_realm_key unique (realm, key)
    )`,
    `create index login_ids_account on login_ids (account_id)`,

    `create table staff (
      id ${text} constraint staff_key primary key,
      account_id ${text} not null constraint staff_account_id unique,
      institution_id ${text} not null,
      name_text ${text} not null,
      name_kana ${text},
      family ${text},
      given ${text},
      family_kana ${text},
      given_kana ${text},
      email ${text} not null,
      role ${text} not null,
      occupation ${text},
      status ${text} not null,
      version integer not null,
      changed_by ${text},
      changed_at ${instant} not null
    )`,
    `create index staff_institution on staff (institution_id, status, role)`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(database);
}
