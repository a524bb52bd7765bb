import type { AuditRecord } from "@welby/backend/ports";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** Events behind a `seq` that have no seal, by `seq`. */
export async function unsealedAudit(
  database: Database,
  after: number,
  limit: number,
): Promise<AuditRecord[]> {
  return database
    .selectFrom("audit")
    .selectAll()
    .where("seq", ">", after)
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom("auditSeals")
            .select("auditSeals.id")
            .whereRef("auditSeals.id", "=", "audit.id")
            // Says the same once more: so the planner reads the newest seals and not all that there are.
            .where("auditSeals.eventSeq", ">", after),
        ),
      ),
    )
    .orderBy("seq")
    .limit(limit)
    .execute();
}

/** The database's own function deletes; nobody else can. */
export async function purgeSealedAudit(database: Database, chain: string): Promise<number> {
  const { rows } = await sql<{ purged: number }>`select purge_sealed_audit(${chain}) as purged`.execute(
    database,
  );
  return rows[0]?.purged ?? 0;
}
