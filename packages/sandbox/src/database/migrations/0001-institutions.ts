import { sql, type Kysely } from "kysely";
import { json, text } from "./column-types.ts";

/**
 * Tenants and their partner clients.
 *
 * Unique rules carry the names of the port's `tables.ts`, because a violation is reported by its name.
 * There are no foreign keys: the port has none, so that the memory store keeps the same rules; services check their ids.
 */
export async function up(database: Kysely<never>): Promise<void> {
  await sql
    .raw(
      `create table institutions (
        id ${text} constraint institutions_key primary key,
        name ${text} not null,
        name_kana ${text} not null,
        medical_institution_code ${text},
        patient_number ${json} not null,
        idle_timeout_min integer not null,
        password_preset ${text} not null,
        mfa_required boolean not null,
        seats integer
      )`,
    )
    .execute(database);
  await sql
    .raw(
      `create table partner_clients (
        client_id ${text} constraint partner_clients_key primary key,
        institution_id ${text} not null,
        name ${text} not null,
        allowed_origins ${json} not null,
        token_binding ${text} not null,
        rp_id ${text},
        urls ${json} not null
      )`,
    )
    .execute(database);
}
