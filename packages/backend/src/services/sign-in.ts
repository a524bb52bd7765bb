import { passwordForm } from "@welby/contract/policy";
import { ApiProblem } from "../domain/api-problem.ts";
import { loginKey, realmOf } from "../domain/login-id.ts";
import { accountRule } from "../domain/throttle.ts";
import type { Hasher } from "../ports/hasher.ts";
import type { AccountRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import {
  accountKey,
  clearFailures,
  countFailure,
  ipCounter,
  refuseFor,
  waitBefore,
  type Counter,
} from "./attempts.ts";
import { openChallenge } from "./challenge.ts";
import { enter, entryResult } from "./entry.ts";
import { confirmedFactors } from "./factors.ts";
import { queueSecurityMail } from "./mail.ts";
import { findPerson } from "./person.ts";
import type { Call, Service } from "./service.ts";
import { accountLock } from "./sessions.ts";

/** Failures before a success that its owner is told about. */
const SUSPICIOUS_FAILURES = 5;
/** Asked for where no account was found, so that both ways make the same reads. */
const NOBODY = "00000000-0000-4000-8000-000000000000";

/**
 * One answer for every reason not to let somebody in, made with the same work: whether an account exists cannot be told.
 * @throws {invalid_credentials} @throws {rate_limited} @throws {overloaded}
 */
export const signIn: Service<"signIn"> = async (call, { audience, loginId, password }) => {
  const { store, clock, hasher } = call.ports;
  const realm = realmOf(audience, call.institution.id);
  const key = loginKey(loginId);
  const bucket = await accountKey(realm, key ?? loginId.normalize("NFKC").trim().toLowerCase());

  const found = await store.transaction(async (transaction) => {
    const candidate = await findCandidate(transaction, realm, key);
    const known = await isKnownDevice(transaction, candidate?.account.id, call.keyThumbprint);
    // A device that signed in before has a counter of its own: strangers' guesses don't keep its owner out.
    const own: Counter = { key: known ? `${bucket}:${call.keyThumbprint}` : bucket, rule: accountRule };
    const counters = [...ipCounter(call.ip), own];
    return { candidate, own, counters, wait: await waitBefore(transaction, counters, clock.now()) };
  });
  refuseFor(found.wait);

  const typed = passwordForm(password);
  const dummy = await dummyHash(hasher);
  const matches = await hasher.verify(found.candidate?.account.passwordHash ?? dummy, typed);
  const accepted = matches ? found.candidate : undefined;

  const outcome = await call.transaction(async (transaction) => {
    const now = clock.now();
    const account = accepted && (await currentAccount(transaction, accepted));
    const person = account && (await findPerson(transaction, account));
    if (!account || !person?.active || initialPasswordIsDead(account, now)) {
      const wait = await countFailure(transaction, found.counters, now);
      if (wait !== null) return { status: "wait", wait } as const;
      await call.audit(transaction, {
        action: "auth.sign_in",
        result: "refused",
        targetType: "account",
        targetId: found.candidate?.account.id ?? null,
        reason: "invalid_credentials",
      });
      return { status: "refused" } as const;
    }
    const cleared = await clearFailures(transaction, found.counters, [found.own.key], now);
    if (cleared.wait !== null) return { status: "wait", wait: cleared.wait } as const;
    if (cleared.failures >= SUSPICIOUS_FAILURES)
      await queueSecurityMail(call, transaction, account, "sign_in_after_failures");
    const factors = await confirmedFactors(transaction, account.id);
    if (factors.length > 0) {
      const challenge = await openChallenge(call, transaction, account, factors);
      return { status: "mfa_required", challenge } as const;
    }
    return {
      status: "entered",
      account,
      entry: await enter(call, transaction, account, person, ["pwd"]),
    } as const;
  });

  if (outcome.status === "wait") throw new ApiProblem("rate_limited", { retryAfterSec: outcome.wait });
  if (outcome.status === "refused" || !accepted) throw new ApiProblem("invalid_credentials");
  await strengthenHash(call, accepted.account, typed);
  return outcome.status === "mfa_required"
    ? outcome.challenge
    : entryResult(call, outcome.account, outcome.entry);
};

interface Candidate {
  readonly account: AccountRecord;
}

async function findCandidate(
  transaction: Transaction,
  realm: string,
  key: string | undefined,
): Promise<Candidate | undefined> {
  const login = key === undefined ? undefined : await transaction.loginIds.get({ realm, key });
  const account = await transaction.accounts.get({ id: login?.accountId ?? NOBODY });
  // An initial password came by mail, so who knows it has the mailbox: only then may an address still be unproved.
  return login && account && (login.verifiedAt !== null || account.mustChangePassword)
    ? { account }
    : undefined;
}

/** The account as it is now and stays until the end, if its password is still the one that was checked. */
async function currentAccount(
  transaction: Transaction,
  { account }: Candidate,
): Promise<AccountRecord | undefined> {
  await transaction.lock(accountLock(account.id));
  return transaction.accounts.get({ id: account.id, credentialVersion: account.credentialVersion });
}

function initialPasswordIsDead(account: AccountRecord, now: Date): boolean {
  return (
    account.mustChangePassword &&
    account.initialPasswordExpiresAt !== null &&
    account.initialPasswordExpiresAt <= now
  );
}

async function isKnownDevice(
  transaction: Transaction,
  accountId: string | undefined,
  keyThumbprint: string | null,
): Promise<boolean> {
  if (keyThumbprint === null) return false;
  return (await transaction.knownDevices.count({ accountId: accountId ?? NOBODY, keyThumbprint })) === 1;
}

/** Hashes anew with today's parameters, once: a guarded update keeps what a password change wrote meanwhile. */
async function strengthenHash({ ports }: Call, account: AccountRecord, typed: string): Promise<void> {
  if (!ports.hasher.needsRehash(account.passwordHash)) return;
  try {
    const passwordHash = await ports.hasher.hash(typed);
    await ports.store.transaction((transaction) =>
      transaction.accounts.update({ id: account.id, passwordHash: account.passwordHash }, { passwordHash }),
    );
  } catch {
    // A busy hasher must not keep anybody out; the next sign-in tries again.
  }
}

const dummies = new WeakMap<Hasher, Promise<string>>();

/** The hash that an unknown account's password is checked against; made before the first sign-in, whoever it is. */
function dummyHash(hasher: Hasher): Promise<string> {
  let dummy = dummies.get(hasher);
  if (!dummy) {
    dummy = hasher.hash("no account has this password");
    dummies.set(hasher, dummy);
    dummy.catch(() => dummies.delete(hasher));
  }
  return dummy;
}
