import { formatJst } from "@welby/text";
import { chainMac, chainOf, sealHash } from "../domain/audit-seal.ts";
import type { Ports } from "../ports/index.ts";
import type { AuditChainRecord } from "../ports/records.ts";
import type { Store } from "../ports/store.ts";
import { SEALER_LOCK, settledSeq, type AuditHead } from "./audit-sealer.ts";

const BATCH = 500;

export interface AuditProblem {
  readonly chain: string;
  /** Of the first event that is not as it was sealed; of one that is gone with its seal, the first `seq` that can be meant. */
  readonly seq: number;
  /** `slipped_in`: it stands before events that were sealed long ago, and has no seal; `ends`: nobody with the key wrote the chain's ends. */
  readonly problem: "changed" | "missing" | "moved" | "slipped_in" | "ends";
}

export interface AuditVerification {
  /** Nothing in the log was changed, deleted, moved, cut off or slipped in. */
  readonly intact: boolean;
  /** Events under a seal. */
  readonly sealed: number;
  /** Events at the end that the sealer has not come to yet; nobody can vouch for these. */
  readonly unsealed: number;
  /** When the first of them was written; more than a moment ago means that nothing seals. */
  readonly unsealedSince: string | null;
  /** The first problem of each chain, the lowest `seq` first. */
  readonly problems: readonly AuditProblem[];
  /** The ends of the chains, to be kept outside the database. */
  readonly heads: readonly AuditHead[];
}

interface Chain extends AuditChainRecord {
  readonly seals: number;
}

/**
 * Reads the whole log and compares it with its seals; the tail that has none yet is read too.
 * @param known heads of an earlier run, kept where the database's administrator cannot reach them: only they show that a
 * chain was cut together with its end
 */
export async function verifyAudit(
  { store, keys, clock }: Pick<Ports, "store" | "keys" | "clock">,
  known: readonly AuditHead[] = [],
): Promise<AuditVerification> {
  const key = await keys.mac("audit");
  const chains = await readChains(store);
  const problems: AuditProblem[] = [];
  let sealed = 0;
  for (const chain of chains) {
    const walk = await verifyChain(store, key, chain, known);
    sealed += walk.sealed;
    if (walk.problem) problems.push(walk.problem);
  }
  for (const { chain } of known) {
    if (!chains.some((row) => row.chain === chain)) problems.push({ chain, seq: 1, problem: "missing" });
  }
  const tail = await readTail(store, clock.now());
  problems.push(...tail.problems.filter(({ chain }) => !problems.some((one) => one.chain === chain)));
  return {
    intact: problems.length === 0,
    sealed,
    unsealed: tail.unsealed,
    unsealedSince: tail.since && formatJst(tail.since, { ms: true }),
    problems: problems.sort((a, b) => a.seq - b.seq),
    heads: chains.map(({ chain, headPosition, headHash }) => ({ chain, headPosition, headHash })),
  };
}

/** With the lock, so that ends and seals belong together. */
async function readChains(store: Store, only?: string): Promise<Chain[]> {
  return store.transaction(async (transaction) => {
    await transaction.lock(SEALER_LOCK);
    const where = only === undefined ? {} : { chain: only };
    const rows = await transaction.auditChains.list(where, { orderBy: ["chain"] });
    const counted: Chain[] = [];
    for (const row of rows) {
      counted.push({ ...row, seals: await transaction.auditSeals.count({ chain: row.chain }) });
    }
    return counted;
  });
}

interface Walk {
  readonly sealed: number;
  readonly problem?: AuditProblem;
}

async function verifyChain(
  store: Store,
  key: CryptoKey,
  chain: Chain,
  known: readonly AuditHead[],
): Promise<Walk> {
  const walk = await walkChain(store, key, chain, known);
  if (!walk.problem) return walk;
  // Old events may have been purged behind this one's back: then the chain begins elsewhere.
  const [now] = await readChains(store, chain.chain);
  return now && now.anchorPosition !== chain.anchorPosition ? walkChain(store, key, now, known) : walk;
}

/** Goes along one chain from its anchor to its head and stops at the first problem. */
async function walkChain(
  store: Store,
  key: CryptoKey,
  { mac, seals: count, ...ends }: Chain,
  known: readonly AuditHead[],
): Promise<Walk> {
  const { chain, headPosition } = ends;
  const expected = new Map(
    known
      .filter((head) => head.chain === chain && head.headPosition > ends.anchorPosition)
      .map((head) => [head.headPosition, head.headHash]),
  );
  let { anchorPosition: position, anchorHash: hash } = ends;
  let [seq, sealed] = [0, 0];
  const bad = (at: number, problem: AuditProblem["problem"]): Walk => ({
    sealed,
    problem: { chain, seq: at, problem },
  });
  for (;;) {
    const seals = await readSeals(store, chain, position, headPosition);
    for (const { seal, event } of seals) {
      if (seal.position !== position + 1) return bad(seq + 1, "missing");
      if (!event) return bad(seal.eventSeq, "missing");
      if (seal.previousHash !== hash || seal.eventSeq !== event.seq || chainOf(event) !== chain)
        return bad(event.seq, "moved");
      const made = await sealHash(key, event, seal);
      if (made !== seal.hash || made !== (expected.get(seal.position) ?? made))
        return bad(event.seq, "changed");
      ({ position, hash, eventSeq: seq } = seal);
      sealed++;
    }
    if (seals.length < BATCH) break;
  }
  // The ends are sealed too: whoever cuts the chain would have to seal a new one.
  if ((await chainMac(key, ends)) !== mac) return bad(seq + 1, "ends");
  if (position < Math.max(headPosition, ...expected.keys()) || hash !== ends.headHash)
    return bad(seq + 1, "missing");
  // Seals behind the head: the head is an old one, put back.
  if (count !== headPosition - ends.anchorPosition) return bad(seq + 1, "ends");
  return { sealed };
}

async function readSeals(store: Store, chain: string, after: number, last: number) {
  return store.transaction(async (transaction) => {
    const seals = await transaction.auditSeals.list(
      { chain, position: { after, before: last + 1 } },
      { orderBy: ["position"], limit: BATCH },
    );
    const events = await transaction.audit.list({ id: { in: seals.map(({ id }) => id) } });
    const byId = new Map(events.map((event) => [event.id, event]));
    return seals.map((seal) => ({ seal, event: byId.get(seal.id) }));
  });
}

/** The events without a seal, and the first of each chain that cannot be one of the newest. */
async function readTail(store: Store, now: Date) {
  const slipped = new Map<string, AuditProblem>();
  let [after, unsealed, since] = [0, 0, null as Date | null];
  for (;;) {
    const { events, settled } = await store.transaction(async (transaction) => ({
      events: await transaction.unsealedAudit(after, BATCH),
      settled: await settledSeq(transaction, now),
    }));
    for (const event of events) {
      const chain = chainOf(event);
      after = event.seq;
      if (event.seq < settled) {
        if (!slipped.has(chain)) slipped.set(chain, { chain, seq: event.seq, problem: "slipped_in" });
      } else {
        unsealed++;
        since = since === null || event.at < since ? event.at : since;
      }
    }
    if (events.length < BATCH) return { unsealed, since, problems: [...slipped.values()] };
  }
}
