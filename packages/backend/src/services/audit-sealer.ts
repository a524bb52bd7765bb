import { chainMac, chainOf, sealHash } from "../domain/audit-seal.ts";
import type { AuditChainRecord, AuditRecord, AuditSealRecord } from "../ports/records.ts";
import type { Ports } from "../ports/index.ts";
import type { Transaction } from "../ports/store.ts";

const BATCH = 500;
/** No transaction lives this long, so nothing can still be committed behind a seal that is older. */
const SETTLED_MS = 2 * 60_000;
/** Whoever seals or purges holds it. */
export const SEALER_LOCK = "audit:sealer";

/** The last event of a chain: keep it outside the database, and `verifyAudit` sees when the chain was cut behind it. */
export type AuditHead = Pick<AuditChainRecord, "chain" | "headPosition" | "headHash">;

/**
 * Seals the events that have no seal yet and says how many. Beside the transactions that write them, because a chain
 * inside each would make every writer wait for every other. Any number of instances may call it; one at a time works.
 */
export async function sealAudit({
  store,
  keys,
  clock,
}: Pick<Ports, "store" | "keys" | "clock">): Promise<number> {
  const key = await keys.mac("audit");
  let sealed = 0;
  for (;;) {
    const count = await store.transaction(async (transaction) => {
      if (!(await transaction.tryLock(SEALER_LOCK))) return 0;
      const events = await transaction.unsealedAudit(await settledSeq(transaction, clock.now()), BATCH);
      await sealEvents(transaction, key, events, clock.now());
      return events.length;
    });
    sealed += count;
    if (count < BATCH) return sealed;
  }
}

/** Everything up to here is sealed: a lower `seq` was drawn before, by a transaction that has ended since. */
export async function settledSeq(transaction: Transaction, now: Date): Promise<number> {
  const [seal] = await transaction.auditSeals.list(
    { sealedAt: { before: new Date(now.getTime() - SETTLED_MS) } },
    { orderBy: ["eventSeq"], descending: true, limit: 1 },
  );
  return seal?.eventSeq ?? 0;
}

async function sealEvents(
  transaction: Transaction,
  key: CryptoKey,
  events: readonly AuditRecord[],
  sealedAt: Date,
): Promise<void> {
  const names = [...new Set(events.map(chainOf))];
  const chains = new Map(
    (await transaction.auditChains.list({ chain: { in: names } })).map((row) => [row.chain, row]),
  );
  const seals: AuditSealRecord[] = [];
  for (const event of events) {
    const name = chainOf(event);
    const before = chains.get(name);
    const place = {
      chain: name,
      position: (before?.headPosition ?? 0) + 1,
      previousHash: before?.headHash ?? null,
    };
    const hash = await sealHash(key, event, place);
    seals.push({ id: event.id, ...place, eventSeq: event.seq, hash, sealedAt });
    chains.set(name, {
      chain: name,
      anchorPosition: before?.anchorPosition ?? 0,
      anchorHash: before?.anchorHash ?? null,
      headPosition: place.position,
      headSeq: event.seq,
      headHash: hash,
      mac: "",
    });
  }
  await transaction.auditSeals.insertMany(seals);
  for (const chain of chains.values()) await writeChain(transaction, key, chain);
}

/** Writes both ends of a chain under their own seal. */
export async function writeChain(
  transaction: Transaction,
  key: CryptoKey,
  { mac: _old, ...ends }: AuditChainRecord,
): Promise<void> {
  const row = { ...ends, mac: await chainMac(key, ends) };
  if (!(await transaction.auditChains.insertIfAbsent(row))) {
    const { chain, ...changes } = row;
    await transaction.auditChains.update({ chain }, changes);
  }
}
