import { formatJst } from "@welby/text";
import { SERVICE_CHAIN } from "../domain/audit-seal.ts";
import type { AuditChainRecord, AuditSealRecord } from "../ports/records.ts";
import type { Ports } from "../ports/index.ts";
import type { Transaction } from "../ports/store.ts";
import { SEALER_LOCK, writeChain } from "./audit-sealer.ts";
import { serviceAudit } from "./service-audit.ts";

const BATCH = 1_000;
/** For events that belong to no institution. */
const SERVICE_YEARS = 5;

/**
 * Deletes events that are older than their institution keeps them, oldest first, and says how many. A purge is an event
 * itself, and the chain goes on from the last event that was purged: what is left can still be verified.
 */
export async function purgeAudit(ports: Ports): Promise<number> {
  const { store, keys, clock } = ports;
  const key = await keys.mac("audit");
  const years = await store.transaction(async (transaction) => {
    const institutions = await transaction.institutions.list({});
    const kept = institutions.map(({ id, retention }): [string, number] => [id, retention.auditYears]);
    return new Map([...kept, [SERVICE_CHAIN, SERVICE_YEARS]]);
  });
  let purged = 0;
  for (const [chain, kept] of years) {
    for (;;) {
      const count = await store.transaction((transaction) =>
        purgeSome(ports, transaction, { key, chain, before: yearsBefore(clock.now(), kept) }),
      );
      purged += count;
      if (count < BATCH) break;
    }
  }
  return purged;
}

/** The same moment of the day that many years ago, in Japan as everywhere. */
function yearsBefore(now: Date, years: number): Date {
  const before = new Date(now);
  before.setUTCFullYear(before.getUTCFullYear() - years);
  return before;
}

async function purgeSome(
  ports: Ports,
  transaction: Transaction,
  { key, chain, before }: { readonly key: CryptoKey; readonly chain: string; readonly before: Date },
): Promise<number> {
  await transaction.lock(SEALER_LOCK);
  const row = await transaction.auditChains.get({ chain });
  const last = row && (await lastOver(transaction, row, before));
  if (!row || !last) return 0;
  await writeChain(transaction, key, { ...row, anchorPosition: last.position, anchorHash: last.hash });
  const purged = await transaction.purgeSealedAudit(chain);
  await serviceAudit(ports, transaction, {
    institutionId: chain === SERVICE_CHAIN ? null : chain,
    action: "audit.purged",
    result: "ok",
    reason: "retention",
    details: { events: purged, before: formatJst(before, { ms: true }), throughSeq: last.eventSeq },
  });
  return purged;
}

/** The last of the events at the beginning of a chain that are all over; events behind a younger one wait for it. */
async function lastOver(
  transaction: Transaction,
  { chain, anchorPosition }: AuditChainRecord,
  before: Date,
): Promise<AuditSealRecord | undefined> {
  const seals: AuditSealRecord[] = await transaction.auditSeals.list(
    { chain, position: { after: anchorPosition } },
    { orderBy: ["position"], limit: BATCH },
  );
  const events = await transaction.audit.list({ id: { in: seals.map(({ id }) => id) } });
  const over = new Set(events.filter(({ at }) => at < before).map(({ id }) => id));
  const kept = seals.findIndex(({ id }) => !over.has(id));
  return seals.slice(0, kept === -1 ? seals.length : kept).at(-1);
}
