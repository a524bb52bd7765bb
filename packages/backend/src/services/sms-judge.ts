import type { AccountRecord } from "../ports/records.ts";
import type { Call } from "./service.ts";
import type { Judge, ShownInput } from "./shown-factor.ts";
import { matchCode } from "./sms-codes.ts";

/** Whether a typed code is the one that was sent for this challenge. */
export const smsJudge =
  (call: Call, account: AccountRecord, { challenge, code = "" }: ShownInput): Judge =>
  async (transaction, now) => {
    const spend = await matchCode(call, transaction, { account, bound: challenge, typed: code });
    if (!spend) return undefined;
    const use = async () => {
      await spend();
      await transaction.factors.update({ accountId: account.id, kind: "sms" }, { lastUsedAt: now });
    };
    return { amr: ["sms"], use };
  };
