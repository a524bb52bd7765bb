import { sql } from "kysely";
import type { Database } from "./database.ts";

/** Open memberships per group of the institution. */
export async function memberCounts(database: Database, institutionId: string): Promise<Map<string, number>> {
  const rows = await database
    .selectFrom("memberships")
    .select(["groupId", sql<number>`count(*)`.as("count")])
    .where("institutionId", "=", institutionId)
    .where("removedAt", "is", null)
    .groupBy("groupId")
    .execute();
  return new Map(rows.map(({ groupId, count }) => [groupId, count]));
}
