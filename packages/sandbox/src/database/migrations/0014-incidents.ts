import { sql, type Kysely } from "kysely";
import { instant, json, text } from "./column-types.ts";

/** Security incidents and the proof of who was told when. */
export async function up(database: Kysely<never>): Promise<void> {
  const statements = [
    `create table incidents (
      id ${text} constraint incidents_key primary key,
      institution_id ${text} not null,
      kind ${text} not null,
      status ${text} not null,
      occurred_at ${instant} not null,
      detected_at ${instant} not null,
      due_at ${instant} not null,
      notified_at ${instant},
      what ${text} not null,
      effect ${text} not null,
      measures ${text} not null,
      contact ${text} not null,
      next_update_at ${instant},
      personal_data boolean not null,
      malicious boolean not null,
      alarms ${json} not null
    )`,
    `create index incidents_institution on incidents (institution_id, occurred_at)`,
    `create index incidents_waiting on incidents (due_at) where notified_at is null`,

    `create table incident_deliveries (
      id ${text} constraint incident_deliveries_key primary key,
      incident_id ${text} not null,
      institution_id ${text} not null,
      channel ${text} not null,
      recipient ${text} not null,
      message_id ${text} not null,
      attempts integer not null,
      sent_at ${instant},
      constraint incident_deliveries_recipient unique (incident_id, channel, recipient)
    )`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(database);
}
