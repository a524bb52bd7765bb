import type { OperationRow } from "@welby/contract";
import { sha256 } from "../domain/secret.ts";
import type { InstitutionRecord, PartnerClientRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import type { AuditEntry, Call } from "../services/service.ts";
import type { Caller } from "./authenticate.ts";
import type { Exchange } from "./exchange.ts";

export interface CallParts {
  readonly exchange: Exchange;
  readonly operation: OperationRow;
  readonly client: PartnerClientRecord;
  readonly institution: InstitutionRecord;
  readonly caller: Caller;
}

/** Builds what a service sees of a request. */
export async function createCall({
  exchange,
  operation,
  client,
  institution,
  caller,
}: CallParts): Promise<Call> {
  const { context, request, requestId, ip } = exchange;
  const { ports, server } = context;
  const { actor, keyThumbprint } = caller;
  const userAgent = request.headers.get("user-agent");
  const userAgentHash = userAgent === null ? null : await sha256(userAgent);

  const audit = (transaction: Transaction, entry: AuditEntry): Promise<void> =>
    transaction.audit.insert({
      id: ports.random.uuid(),
      at: ports.clock.now(),
      institutionId: actor?.institutionId ?? institution.id,
      actorId: actor?.accountId ?? null,
      actorName: actor?.name ?? null,
      actorRole: actor?.role ?? null,
      sessionId: actor?.session.id ?? null,
      targetType: null,
      targetId: null,
      reason: null,
      details: {},
      ...entry,
      ip,
      userAgentHash,
      requestId,
    });

  return {
    ports,
    server,
    operationId: operation.id,
    client,
    institution,
    actor,
    keyThumbprint,
    requestId,
    ip,
    userAgent,
    transaction: (work) => ports.store.transaction(work, { institutionId: actor?.institutionId ?? null }),
    audit,
  };
}
