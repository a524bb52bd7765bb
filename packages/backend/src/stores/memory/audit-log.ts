import type { AuditRecord } from "../../ports/records.ts";
import { copyOut } from "./copy.ts";
import type { Journal } from "./journal.ts";
import type { Rows } from "./rows.ts";

/** Events behind a `seq` that have no seal, by `seq`. */
export function unsealed(audit: Rows, seals: Rows, after: number, limit: number): AuditRecord[] {
  return audit
    .find({ seq: { after } })
    .filter((row) => seals.byKey(row.id as string) === undefined)
    .sort((a, b) => Number(a.seq) - Number(b.seq))
    .slice(0, limit)
    .map((row) => copyOut(row) as unknown as AuditRecord);
}

/** Deletes what lies before the anchor of a chain. */
export function purgeSealed(
  { audit, auditSeals, auditChains }: Readonly<Record<"audit" | "auditSeals" | "auditChains", Rows>>,
  chain: string,
  journal: Journal,
): number {
  const anchor = Number(auditChains.byKey(chain)?.anchorPosition ?? 0);
  let purged = 0;
  for (const seal of auditSeals.find({ chain, position: { before: anchor + 1 } })) {
    const row = audit.byKey(seal.id as string);
    if (row) {
      audit.delete(row, journal);
      purged++;
    }
    auditSeals.delete(seal, journal);
  }
  return purged;
}
