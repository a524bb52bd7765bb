import type { SignInResult } from "@welby/contract/schemas";
import { ApiProblem } from "../domain/api-problem.ts";
import { newSecret, sha256 } from "../domain/secret.ts";
import { totpRule } from "../domain/throttle.ts";
import { matchTotp } from "../domain/totp.ts";
import type { AccountRecord, OneTimeSecretRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { clearFailures, countFailure, ipCounter, refuseFor, waitBefore, type Counter } from "./attempts.ts";
import { enter, entryResult } from "./entry.ts";
import { findPerson } from "./person.ts";
import type { Call, Service } from "./service.ts";
import { accountLock } from "./sessions.ts";

const CHALLENGE_SEC = 300;
const MAX_TRIES = 5;

/**
 * Asks for the second factor. The challenge opens nothing by itself and works for this device and client only.
 * Without a factor the list of methods is empty: nothing can be proved, so an administrator has to help.
 */
export async function openChallenge(
  call: Call,
  transaction: Transaction,
  account: AccountRecord,
): Promise<SignInResult> {
  const { clock, random } = call.ports;
  const now = clock.now();
  const challenge = newSecret(random);
  await transaction.oneTimeSecrets.insert({
    id: random.uuid(),
    accountId: account.id,
    purpose: "mfa",
    hash: await sha256(challenge),
    credentialVersion: account.credentialVersion,
    data: binding(call),
    attempts: 0,
    createdAt: now,
    expiresAt: new Date(now.getTime() + CHALLENGE_SEC * 1000),
    usedAt: null,
  });
  return {
    status: "mfa_required",
    challenge,
    methods: account.totpSecret === null ? [] : ["totp"],
    expiresInSec: CHALLENGE_SEC,
  };
}

/** @throws {mfa_invalid} @throws {challenge_expired} @throws {rate_limited} */
export const verifyMfa: Service<"verifyMfa"> = async (call, { challenge, code }) => {
  const { store, clock } = call.ports;
  const hash = await sha256(challenge);
  const found = await store.transaction(async (transaction) => {
    const secret = await liveChallenge(call, transaction, hash);
    const account = secret && (await transaction.accounts.get({ id: secret.accountId }));
    if (!secret || !account || account.credentialVersion !== secret.credentialVersion) return undefined;
    // Counted apart from passwords: a right password must not give new tries for the code.
    const own: Counter = { key: `totp:${account.id}`, rule: totpRule };
    const counters = [...ipCounter(call.ip), own];
    return { account, own, counters, wait: await waitBefore(transaction, counters, clock.now()) };
  });
  if (!found) throw new ApiProblem("challenge_expired");
  refuseFor(found.wait);
  const { account, own, counters } = found;
  const step =
    account.totpSecret === null
      ? undefined
      : await matchTotp(account.totpSecret, code, clock.now(), account.totpLastStep);

  const outcome = await call.transaction(async (transaction) => {
    await transaction.lock(accountLock(account.id));
    const now = clock.now();
    const secret = await liveChallenge(call, transaction, hash);
    const current = await transaction.accounts.get({
      id: account.id,
      credentialVersion: account.credentialVersion,
    });
    const person = current && (await findPerson(transaction, current));
    if (!secret || !current || !person?.active) return { status: "expired" } as const;
    // Each step counts once, also for two tries made side by side.
    const right = step !== undefined && step > (current.totpLastStep ?? -1);
    const wait = right
      ? (await clearFailures(transaction, counters, [own.key], now)).wait
      : await countFailure(transaction, counters, now);
    if (wait !== null) return { status: "wait", wait } as const;
    const attempts = secret.attempts + 1;
    const usedAt = right || attempts >= MAX_TRIES ? now : null;
    await transaction.oneTimeSecrets.update({ id: secret.id }, { attempts, usedAt });
    await call.audit(transaction, {
      action: "auth.mfa_verify",
      result: right ? "ok" : "refused",
      targetType: "account",
      targetId: account.id,
      reason: right ? null : "mfa_invalid",
    });
    if (!right) return { status: "refused" } as const;
    await transaction.accounts.update({ id: account.id }, { totpLastStep: step });
    return {
      status: "entered",
      account: current,
      entry: await enter(call, transaction, current, person, ["pwd", "otp"]),
    } as const;
  });
  if (outcome.status === "wait") throw new ApiProblem("rate_limited", { retryAfterSec: outcome.wait });
  if (outcome.status !== "entered")
    throw new ApiProblem(outcome.status === "expired" ? "challenge_expired" : "mfa_invalid");
  return entryResult(call, outcome.account, outcome.entry);
};

async function liveChallenge(
  call: Call,
  transaction: Transaction,
  hash: string,
): Promise<OneTimeSecretRecord | undefined> {
  const secret = await transaction.oneTimeSecrets.get({ hash, purpose: "mfa", usedAt: null });
  if (!secret || secret.expiresAt <= call.ports.clock.now()) return undefined;
  const { clientId, keyThumbprint } = binding(call);
  return secret.data["clientId"] === clientId && secret.data["keyThumbprint"] === keyThumbprint
    ? secret
    : undefined;
}

function binding(call: Call): { clientId: string; keyThumbprint: string } {
  return { clientId: call.client.clientId, keyThumbprint: call.keyThumbprint ?? "" };
}
