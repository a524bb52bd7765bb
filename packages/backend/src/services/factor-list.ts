import { ApiProblem } from "../domain/api-problem.ts";
import { confirmedFactors, deleteFactors, recoveryCodesLeft } from "./factors.ts";
import { queueSecurityMail } from "./mail.ts";
import { lockOwnAccount, toFactor } from "./own-factors.ts";
import type { Service } from "./service.ts";

export const listFactors: Service<"listFactors"> = (call) =>
  call.transaction(async (transaction) => ({
    items: (await confirmedFactors(transaction, call.actor.accountId)).map(toFactor),
    recoveryCodesLeft: await recoveryCodesLeft(transaction, call.actor.accountId),
  }));

/**
 * Removes a factor; with the last one the recovery codes go too. Sessions that showed it go on.
 * @throws {not_found} @throws {last_factor}
 */
export const removeFactor: Service<"removeFactor"> = async (call, { factorId }) => {
  await call.transaction(async (transaction) => {
    const { account, factors } = await lockOwnAccount(call, transaction);
    const factor = factors.find(({ id }) => id === factorId);
    if (!factor) throw new ApiProblem("not_found");
    if (factors.length === 1) {
      if (account.kind === "staff" && call.institution.mfaRequired) throw new ApiProblem("last_factor");
      await deleteFactors(transaction, account);
    } else {
      await transaction.factors.delete({ id: factor.id });
    }
    await queueSecurityMail(call, transaction, account, "factor_removed");
    await call.audit(transaction, {
      action: "account.factor_removed",
      result: "ok",
      targetType: "factor",
      targetId: factor.id,
      details: { kind: factor.kind },
    });
  });
  return undefined;
};
