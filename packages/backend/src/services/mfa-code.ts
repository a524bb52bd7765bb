import { ApiProblem } from "../domain/api-problem.ts";
import { totpRule } from "../domain/throttle.ts";
import { refuseFor, waitBefore } from "./attempts.ts";
import { findChallenge } from "./challenge.ts";
import { confirmedFactors, factorKey } from "./factors.ts";
import type { Service } from "./service.ts";
import { accountLock } from "./sessions.ts";
import { queueCode } from "./sms-codes.ts";

/**
 * Sends the code that answers a challenge to the account's number.
 * @throws {challenge_expired} @throws {wrong_status} without a number @throws {rate_limited}
 */
export const sendMfaCode: Service<"sendMfaCode"> = async (call, { challenge }) => {
  const wait = await call.transaction(async (transaction) => {
    const found = await findChallenge(call, transaction, challenge);
    if (!found) throw new ApiProblem("challenge_expired");
    const { id } = found.account;
    await transaction.lock(accountLock(id));
    const held = await findChallenge(call, transaction, challenge);
    if (!held) throw new ApiProblem("challenge_expired");
    const phone = (await confirmedFactors(transaction, id)).find(({ kind }) => kind === "sms")?.phone;
    if (phone == null) throw new ApiProblem("wrong_status");
    // A factor that was stopped gets no codes either.
    const stopped = [{ key: factorKey(id), rule: totpRule }];
    const wait =
      (await waitBefore(transaction, stopped, call.ports.clock.now())) ??
      (await queueCode(call, transaction, { account: held.account, phone, bound: challenge }));
    await call.audit(transaction, {
      action: "auth.mfa_code_sent",
      result: wait === null ? "ok" : "refused",
      targetType: "account",
      targetId: id,
      reason: wait === null ? null : "rate_limited",
    });
    return wait;
  });
  refuseFor(wait);
  return undefined;
};
