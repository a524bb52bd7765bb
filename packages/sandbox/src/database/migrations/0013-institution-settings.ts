import { sql, type Kysely } from "kysely";
import { instant, json, plainDate, text } from "./column-types.ts";

/** What an institution sets for itself, and who changed it, its groups and its categories last. A deleted category stays as history. */
export async function up(database: Kysely<never>): Promise<void> {
  const changes = ["add column changed_by " + text, "add column changed_at " + instant].join(", ");
  const statements = [
    `alter table institutions
      add column incident_contacts ${json} not null default '[]',
      add column contract_ends_on ${plainDate("contract_ends_on")},
      add column retention ${json} not null default '{"patientDays":365,"auditYears":5}',
      add column version integer not null default 1,
      ${changes}`,
    // The defaults are for rows that were there before; whoever adds one says it all.
    `alter table institutions
      alter column incident_contacts drop default,
      alter column retention drop default,
      alter column version drop default`,

    `alter table groups ${changes}`,

    `alter table categories ${changes}, add column deleted_at ${instant}`,
    `alter table categories drop constraint categories_name`,
    `create unique index categories_name on categories (institution_id, name_key) where deleted_at is null`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(database);
}
