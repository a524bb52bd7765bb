import type { Clock } from "../ports/clock.ts";
import type { Random } from "../ports/random.ts";
import type { Transaction } from "../ports/store.ts";
import type { AuditEntry } from "./service.ts";

/** An audit row of what the service does by itself or the operator by its functions: no call, no person, unless told an institution. */
export function serviceAudit(
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  transaction: Transaction,
  entry: AuditEntry,
): Promise<void> {
  return transaction.audit.insert({
    id: random.uuid(),
    at: clock.now(),
    institutionId: null,
    actorId: null,
    actorName: null,
    actorRole: null,
    sessionId: null,
    targetType: null,
    targetId: null,
    reason: null,
    details: {},
    ...entry,
    ip: null,
    userAgentHash: null,
    requestId: random.uuid(),
  });
}
