import { parsePhone } from "@welby/text";
import { ApiProblem } from "../domain/api-problem.ts";
import { refuseFor } from "./attempts.ts";
import { confirmByCode } from "./confirm-by-code.ts";
import { beginFactor, lockOwnAccount } from "./own-factors.ts";
import type { Service } from "./service.ts";
import { matchCode, queueCode } from "./sms-codes.ts";

/** Sends a code to a number that is to become a factor. @throws {limit_reached} @throws {rate_limited} */
export const startSms: Service<"startSms"> = async (call, { phone }) => {
  const parsed = parsePhone(phone);
  if (!parsed.ok)
    throw new ApiProblem("validation_failed", { errors: [{ path: "phone", code: parsed.problem }] });
  const { e164, display } = parsed;
  await call.transaction(async (transaction) => {
    const own = await lockOwnAccount(call, transaction);
    const label = display.replace(/-\d+-/, "-****-");
    const factor = await beginFactor(call, transaction, own, { kind: "sms", phone: e164, label });
    const code = { account: own.account, phone: e164, bound: factor.id, setUp: true } as const;
    // Thrown inside: whoever asks again too early keeps the set-up and the code that are under way.
    refuseFor(await queueCode(call, transaction, code));
  });
  return undefined;
};

/**
 * The code that arrived. An account has one number: the new one replaces the former.
 * @throws {mfa_invalid} @throws {challenge_expired} @throws {rate_limited}
 */
export const confirmSms: Service<"confirmSms"> = (call, { code }) =>
  confirmByCode(call, "sms", async (transaction, { account, factor }) => {
    const spend = await matchCode(call, transaction, { account, bound: factor.id, typed: code });
    if (!spend) return undefined;
    await spend();
    await transaction.factors.delete({ accountId: account.id, kind: "sms", id: { not: factor.id } });
    return { amr: ["sms"] };
  });
