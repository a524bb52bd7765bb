import type { Factor } from "@welby/contract/schemas";
import { formatJst } from "@welby/text";
import { showedSecondFactor, type Amr } from "../domain/amr.ts";
import { ApiProblem } from "../domain/api-problem.ts";
import type { AccountRecord, FactorRecord, SessionRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { confirmedFactors } from "./factors.ts";
import { queueSecurityMail } from "./mail.ts";
import type { SignedInCall } from "./service.ts";
import { accountLock } from "./sessions.ts";

const MAX_FACTORS = 10;
/** Between the start of a set-up and its confirmation. */
const SETUP_MS = 10 * 60_000;

/** The account behind a call, under its lock. */
export interface OwnAccount {
  readonly account: AccountRecord;
  readonly session: SessionRecord;
  /** Confirmed ones. */
  readonly factors: readonly FactorRecord[];
}

/**
 * Locks the account of a call that changes its factors. Whoever has a factor must have shown one in this session:
 * a password alone, also one typed again, replaces no factor.
 * @throws {session_expired} also for a session that began before the account had a factor
 */
export async function lockOwnAccount(call: SignedInCall, transaction: Transaction): Promise<OwnAccount> {
  const { accountId: id, session: known } = call.actor;
  await transaction.lock(accountLock(id));
  const account = await transaction.accounts.get({ id, closedAt: null });
  const session = await transaction.sessions.get({ id: known.id, endedAt: null });
  const factors = await confirmedFactors(transaction, id);
  if (!account || !session || (factors.length > 0 && !showedSecondFactor(session.amr)))
    throw new ApiProblem("session_expired");
  return { account, session, factors };
}

type Setup = Pick<FactorRecord, "kind"> & Partial<FactorRecord>;

/** A factor that is not confirmed yet. @throws {limit_reached} */
export function newFactor(call: SignedInCall, { account, factors }: OwnAccount, setup: Setup): FactorRecord {
  if (factors.length >= MAX_FACTORS) throw new ApiProblem("limit_reached");
  return {
    id: call.ports.random.uuid(),
    accountId: account.id,
    label: "",
    totpSecret: null,
    totpLastStep: null,
    phone: null,
    credentialId: null,
    publicKey: null,
    signCount: null,
    backupEligible: null,
    backedUp: null,
    transports: [],
    createdAt: call.ports.clock.now(),
    confirmedAt: null,
    lastUsedAt: null,
    ...setup,
  };
}

/** Begins a factor; what was begun before and never confirmed is forgotten. @throws {limit_reached} */
export async function beginFactor(
  call: SignedInCall,
  transaction: Transaction,
  own: OwnAccount,
  setup: Setup,
): Promise<FactorRecord> {
  const factor = newFactor(call, own, setup);
  await transaction.factors.delete({ accountId: own.account.id, kind: setup.kind, confirmedAt: null });
  await transaction.factors.insert(factor);
  await auditStart(call, transaction, setup.kind);
  return factor;
}

export function auditStart(
  call: SignedInCall,
  transaction: Transaction,
  kind: FactorRecord["kind"],
): Promise<void> {
  return call.audit(transaction, {
    action: "account.factor_started",
    result: "ok",
    targetType: "account",
    targetId: call.actor.accountId,
    details: { kind },
  });
}

/** The factor that waits for its confirmation. */
export async function begunFactor(
  call: SignedInCall,
  transaction: Transaction,
  kind: FactorRecord["kind"],
): Promise<FactorRecord | undefined> {
  const since = new Date(call.ports.clock.now().getTime() - SETUP_MS);
  const [factor] = await transaction.factors.list(
    { accountId: call.actor.accountId, kind, confirmedAt: null, createdAt: { after: since } },
    { limit: 1 },
  );
  return factor;
}

/**
 * A factor was proved: from now on it is asked for. A session that waited for it is a full one, with the same tokens;
 * with the first factor, sessions that never showed one end, since nothing of theirs would be asked for it.
 */
export async function confirmFactor(
  call: SignedInCall,
  transaction: Transaction,
  { account, session, factors }: OwnAccount,
  factor: FactorRecord,
  { amr, ...changes }: Partial<FactorRecord> & { readonly amr: readonly Amr[] },
): Promise<Factor> {
  const now = call.ports.clock.now();
  const confirmed = { ...factor, ...changes, confirmedAt: now };
  await transaction.factors.update({ id: factor.id }, { ...changes, confirmedAt: now });
  const shown = showedSecondFactor(session.amr) ? session.amr : [...session.amr, ...amr, "mfa" as const];
  const restriction = session.restriction === "mfa_enrollment" ? null : session.restriction;
  await transaction.sessions.update({ id: session.id }, { amr: shown, restriction });
  if (factors.length === 0) {
    await endUnprovedSessions(transaction, account.id, session.id, now);
    // Made with a password alone, perhaps by somebody else: they must not stand in for the factor.
    await transaction.recoveryCodes.delete({ accountId: account.id });
  }
  await queueSecurityMail(call, transaction, account, "factor_added");
  await call.audit(transaction, {
    action: "account.factor_added",
    result: "ok",
    targetType: "factor",
    targetId: factor.id,
    details: { kind: factor.kind },
  });
  return toFactor(confirmed);
}

/** A factor as its owner sees it: no secret, no key, no whole number. */
export function toFactor({ id, kind, label, createdAt, lastUsedAt }: FactorRecord): Factor {
  return {
    id: id as Factor["id"],
    kind,
    label,
    createdAt: formatJst(createdAt),
    lastUsedAt: lastUsedAt && formatJst(lastUsedAt),
  };
}

async function endUnprovedSessions(
  transaction: Transaction,
  accountId: string,
  own: string,
  now: Date,
): Promise<void> {
  const others = await transaction.sessions.list({ accountId, endedAt: null, id: { not: own } });
  const unproved = others.filter(({ amr }) => !showedSecondFactor(amr)).map(({ id }) => id);
  await transaction.sessions.update(
    { id: { in: unproved }, endedAt: null },
    { endedAt: now, endReason: "factor_added" },
  );
}
