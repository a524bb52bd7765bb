import { sql, type Kysely } from "kysely";
import { instant, json, text } from "./column-types.ts";

/** Endpoints of webhooks on the partner clients, their deliveries in the outbox, and who does the scheduled work. */
export async function up(database: Kysely<never>): Promise<void> {
  const statements = [
    `alter table partner_clients add column webhook_endpoints ${json} not null default '[]'`,
    // The default was for the rows that were there; from now on every row says it.
    `alter table partner_clients alter column webhook_endpoints drop default`,
    `create index outbox_due_by_channel on outbox (channel, seq) where status = 'queued'`,

    `create table leases (
      name ${text} constraint leases_key primary key,
      holder ${text} not null,
      expires_at ${instant} not null
    )`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(database);
}
