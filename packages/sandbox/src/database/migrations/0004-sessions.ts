import { sql, type Kysely } from "kysely";
import { instant, json, text } from "./column-types.ts";

/** Sign-ins and what guards them. Secrets are here as hashes only. */
export async function up(database: Kysely<never>): Promise<void> {
  const statements = [
    `create table sessions (
      id ${text} constraint sessions_key primary key,
      account_id ${text} not null,
      client_id ${text} not null,
      key_thumbprint ${text},
      device_label ${text} not null,
      authenticated_at ${instant} not null,
      amr ${json} not null,
      created_at ${instant} not null,
      last_seen_at ${instant} not null,
      absolute_expires_at ${instant} not null,
      restricted boolean not null,
      ended_at ${instant},
      end_reason ${text}
    )`,
    `create index sessions_account on sessions (account_id) where ended_at is null`,

    `create table refresh_tokens (
      id ${text} constraint refresh_tokens_key primary key,
      session_id ${text} not null,
      hash ${text} not null constraint refresh_tokens_hash unique,
      created_at ${instant} not null,
      used_at ${instant},
      successor_id ${text}
    )`,
    `create index refresh_tokens_session on refresh_tokens (session_id)`,

    `create table one_time_secrets (
      id ${text} constraint one_time_secrets_key primary key,
      account_id ${text} not null,
      purpose ${text} not null,
      hash ${text} not null constraint one_time_secrets_hash unique,
      credential_version integer not null,
      data ${json} not null,
      attempts integer not null,
      created_at ${instant} not null,
      expires_at ${instant} not null,
      used_at ${instant}
    )`,
    `create index one_time_secrets_account on one_time_secrets (account_id, purpose)`,

    `create table throttles (
      key ${text} constraint throttles_key primary key,
      failures integer not null,
      window_started_at ${instant} not null,
      blocked_until ${instant}
    )`,

    `create table known_devices (
      id ${text} constraint known_devices_key primary key,
      account_id ${text} not null,
      key_thumbprint ${text} not null,
      last_seen_at ${instant} not null,
      constraint known_devices_pair unique (account_id, key_thumbprint)
    )`,

    `create table proof_replays (
      id ${text} constraint proof_replays_key primary key,
      expires_at ${instant} not null
    )`,
    `create index proof_replays_expiry on proof_replays (expires_at)`,

    `create table idempotency (
      id ${text} constraint idempotency_key primary key,
      request_hash ${text} not null,
      status integer not null,
      headers ${json} not null,
      body ${json},
      created_at ${instant} not null
    )`,
    `create index idempotency_age on idempotency (created_at)`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(database);
}
