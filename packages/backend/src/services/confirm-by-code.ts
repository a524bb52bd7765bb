import type { Factor } from "@welby/contract/schemas";
import type { Amr } from "../domain/amr.ts";
import { ApiProblem } from "../domain/api-problem.ts";
import { accountRule } from "../domain/throttle.ts";
import type { AccountRecord, FactorRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { clearFailures, countFailure, ipCounter, waitBefore, type Counter } from "./attempts.ts";
import { begunFactor, confirmFactor, lockOwnAccount } from "./own-factors.ts";
import type { SignedInCall } from "./service.ts";

/** What a right code changes in its factor, and the method that it shows. */
type Proof = Partial<FactorRecord> & { readonly amr: readonly Amr[] };

/** The factor whose set-up waits for a code, and whose it is. */
interface Begun {
  readonly account: AccountRecord;
  readonly factor: FactorRecord;
}

/**
 * Confirms a factor by its first code. Wrong ones are counted with those of re-authentication: they come out of one budget.
 * @throws {mfa_invalid} @throws {challenge_expired} @throws {rate_limited}
 */
export async function confirmByCode(
  call: SignedInCall,
  kind: FactorRecord["kind"],
  check: (transaction: Transaction, begun: Begun, now: Date) => Promise<Proof | undefined>,
): Promise<Factor> {
  const own: Counter = { key: `session:${call.actor.session.id}`, rule: accountRule };
  const counters = [...ipCounter(call.ip), own];
  const outcome = await call.transaction(async (transaction) => {
    const mine = await lockOwnAccount(call, transaction);
    const now = call.ports.clock.now();
    const waiting = await waitBefore(transaction, counters, now);
    if (waiting !== null) return { wait: waiting };
    const factor = await begunFactor(call, transaction, kind);
    if (!factor) return { refused: "challenge_expired" } as const;
    const proof = await check(transaction, { account: mine.account, factor }, now);
    if (!proof) {
      const wait = await countFailure(transaction, counters, now);
      if (wait !== null) return { wait };
      await call.audit(transaction, {
        action: "account.factor_added",
        result: "refused",
        targetType: "factor",
        targetId: factor.id,
        reason: "mfa_invalid",
        details: { kind },
      });
      return { refused: "mfa_invalid" } as const;
    }
    await clearFailures(transaction, counters, [own.key], now);
    return confirmFactor(call, transaction, mine, factor, proof);
  });
  if ("wait" in outcome) throw new ApiProblem("rate_limited", { retryAfterSec: outcome.wait });
  if ("refused" in outcome) throw new ApiProblem(outcome.refused);
  return outcome;
}
