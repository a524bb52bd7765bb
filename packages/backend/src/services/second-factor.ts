import { ApiProblem } from "../domain/api-problem.ts";
import { totpRule } from "../domain/throttle.ts";
import { clearFailures, countFailure, ipCounter, refuseFor, waitBefore, type Counter } from "./attempts.ts";
import { findChallenge } from "./challenge.ts";
import { enter, entryResult } from "./entry.ts";
import { factorKey } from "./factors.ts";
import { passkeyJudge } from "./passkey-judge.ts";
import { findPerson } from "./person.ts";
import { recoveryJudge } from "./recovery-judge.ts";
import type { Service } from "./service.ts";
import { accountLock } from "./sessions.ts";
import { smsJudge } from "./sms-judge.ts";
import { totpJudge } from "./totp-judge.ts";

const MAX_TRIES = 5;

/** What judges each method. */
const judges = {
  totp: totpJudge,
  sms: smsJudge,
  recovery_code: recoveryJudge,
  passkey: passkeyJudge,
} as const;

/**
 * The second factor of a sign-in. Wrong ones are counted across all methods, apart from passwords: a right password
 * must not give new tries for the factor. @throws {mfa_invalid} @throws {challenge_expired} @throws {rate_limited} @throws {overloaded}
 */
export const verifyMfa: Service<"verifyMfa"> = async (call, shown) => {
  const { challenge, method } = shown;
  const { store, clock } = call.ports;
  const found = await store.transaction(async (transaction) => {
    const held = await findChallenge(call, transaction, challenge);
    if (!held) return undefined;
    const own: Counter = { key: factorKey(held.account.id), rule: totpRule };
    const counters = [...ipCounter(call.ip), own];
    const wait = await waitBefore(transaction, counters, clock.now());
    return { account: held.account, own, counters, wait };
  });
  if (!found) throw new ApiProblem("challenge_expired");
  refuseFor(found.wait);
  const { account, own, counters } = found;
  const judge = await judges[method](call, account, shown);

  const outcome = await call.transaction(async (transaction) => {
    await transaction.lock(accountLock(account.id));
    const now = clock.now();
    const held = await findChallenge(call, transaction, challenge);
    const person = held && (await findPerson(transaction, held.account));
    if (!held || !person?.active) return { status: "expired" } as const;
    const proof = await judge(transaction, now);
    const wait = proof
      ? (await clearFailures(transaction, counters, [own.key], now)).wait
      : await countFailure(transaction, counters, now);
    if (wait !== null) return { status: "wait", wait } as const;
    const attempts = held.secret.attempts + 1;
    const usedAt = proof || attempts >= MAX_TRIES ? now : null;
    await transaction.oneTimeSecrets.update({ id: held.secret.id }, { attempts, usedAt });
    await call.audit(transaction, {
      action: "auth.mfa_verify",
      result: proof ? "ok" : "refused",
      targetType: "account",
      targetId: account.id,
      reason: proof ? null : "mfa_invalid",
      details: { method },
    });
    if (!proof) return { status: "refused" } as const;
    await proof.use();
    return {
      status: "entered",
      account: held.account,
      entry: await enter(call, transaction, held.account, person, ["pwd", ...proof.amr, "mfa"]),
    } as const;
  });
  if (outcome.status === "wait") throw new ApiProblem("rate_limited", { retryAfterSec: outcome.wait });
  if (outcome.status !== "entered")
    throw new ApiProblem(outcome.status === "expired" ? "challenge_expired" : "mfa_invalid");
  return entryResult(call, outcome.account, outcome.entry);
};
