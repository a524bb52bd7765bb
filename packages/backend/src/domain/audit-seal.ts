import type { AuditChainRecord, AuditRecord, AuditSealRecord } from "../ports/records.ts";
import { hmac } from "./secret.ts";

/** Events that belong to no institution. */
export const SERVICE_CHAIN = "service";

/** The chain that an event belongs to: an institution's own, so that each can be read, kept and purged without the others. */
export function chainOf({ institutionId }: Pick<AuditRecord, "institutionId">): string {
  return institutionId ?? SERVICE_CHAIN;
}

/** The seal's hash: over every field of the event, its place in the chain and the seal before it. */
export function sealHash(
  key: CryptoKey,
  event: AuditRecord,
  seal: Pick<AuditSealRecord, "chain" | "position" | "previousHash">,
): Promise<string> {
  const { chain, position, previousHash } = seal;
  return hmac(key, `audit:${JSON.stringify([chain, position, previousHash, canonical(event)])}`);
}

/** The seal over both ends of a chain. */
export function chainMac(key: CryptoKey, chain: Omit<AuditChainRecord, "mac">): Promise<string> {
  const { anchorPosition, anchorHash, headPosition, headSeq, headHash } = chain;
  const ends = [chain.chain, anchorPosition, anchorHash, headPosition, headSeq, headHash];
  return hmac(key, `audit-chain:${JSON.stringify(ends)}`);
}

/** By hand and in a fixed order: a column added later must not change what was sealed before. */
function canonical(event: AuditRecord): unknown[] {
  return [
    event.id,
    event.seq,
    event.at.toISOString(),
    event.institutionId,
    event.actorId,
    event.actorName,
    event.actorRole,
    event.action,
    event.targetType,
    event.targetId,
    event.result,
    event.reason,
    event.details,
    event.ip,
    event.userAgentHash,
    event.sessionId,
    event.requestId,
  ];
}
