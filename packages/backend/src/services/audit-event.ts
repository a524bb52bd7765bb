import type { AccountId, AuditEvent, AuditEventId } from "@welby/contract/schemas";
import { formatJst } from "@welby/text";
import type { AuditRecord, AuditSealRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";

/** Rows of the log as the API answers them, with the seals that they have so far. */
export async function toAuditEvents(
  transaction: Transaction,
  rows: readonly AuditRecord[],
): Promise<AuditEvent[]> {
  const seals = await transaction.auditSeals.list({ id: { in: rows.map(({ id }) => id) } });
  const byId = new Map(seals.map((seal) => [seal.id, seal]));
  return rows.map((row) => toAuditEvent(row, byId.get(row.id)));
}

function toAuditEvent(row: AuditRecord, seal: AuditSealRecord | undefined): AuditEvent {
  const { id, seq, at, actorId, actorName, actorRole, targetType, targetId } = row;
  const nobody = actorId === null && actorName === null;
  return {
    id: id as AuditEventId,
    seq,
    at: formatJst(at, { ms: true }),
    actor: nobody ? null : { id: actorId as AccountId | null, nameAtTheTime: actorName, role: actorRole },
    action: row.action,
    target: targetType === null ? null : { type: targetType, id: targetId },
    result: row.result,
    reason: row.reason,
    details: row.details,
    ip: row.ip,
    userAgentHash: row.userAgentHash,
    requestId: row.requestId,
    previousHash: seal?.previousHash ?? null,
    hash: seal?.hash ?? null,
  };
}
