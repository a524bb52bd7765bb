import { sql } from "kysely";
import type { Database } from "../stores/sql/index.ts";
import { SERVICE_ROLE } from "./tenancy.ts";

/** From now on the only connection of an embedded database has the rights of the service, not of the owner. */
export async function stepDown(database: Database): Promise<void> {
  await sql`set role ${sql.id(SERVICE_ROLE)}`.execute(database);
}

/** Runs what only the owner of the tables may do, while nobody else has the connection. */
export async function asOwner<T>(database: Database, work: (connection: Database) => Promise<T>): Promise<T> {
  return database.connection().execute(async (connection) => {
    const { rows } = await sql<{ role: string }>`select current_user as role`.execute(connection);
    await sql`reset role`.execute(connection);
    try {
      return await work(connection);
    } finally {
      await sql`set role ${sql.id(rows[0]?.role ?? SERVICE_ROLE)}`.execute(connection);
    }
  });
}
