import { passwordForm } from "@welby/contract/policy";
import { showedSecondFactor } from "../domain/amr.ts";
import { ApiProblem } from "../domain/api-problem.ts";
import { assertPasswordAllowed, passwordRulesFor } from "../domain/password.ts";
import { openChallenge } from "./challenge.ts";
import { setOwnPassword } from "./credentials.ts";
import { enter, entryResult } from "./entry.ts";
import { confirmedFactors } from "./factors.ts";
import { findPerson } from "./person.ts";
import type { Service } from "./service.ts";

/**
 * Replaces the initial password: the restricted session ends and a full one begins on the same device.
 * @throws {token_invalid} when there is no initial password (any more) @throws {weak_password} @throws {password_reused}
 */
export const setInitialPassword: Service<"setInitialPassword"> = async (call, { newPassword }) => {
  const { store, hasher, clock } = call.ports;
  const { session } = call.actor;
  const found = await store.transaction(async (transaction) => {
    const account = await transaction.accounts.get({ id: call.actor.accountId });
    const person = account && (await findPerson(transaction, account));
    return account && person && { account, person };
  });
  const expiresAt = found?.account.initialPasswordExpiresAt ?? null;
  if (!found?.account.mustChangePassword || (expiresAt !== null && expiresAt <= clock.now())) {
    throw new ApiProblem("token_invalid");
  }
  const { account, person } = found;
  const typed = passwordForm(newPassword);
  assertPasswordAllowed(typed, passwordRulesFor(account.kind, call.institution), person.words);
  if (await hasher.verify(account.passwordHash, typed)) throw new ApiProblem("password_reused");
  const passwordHash = await hasher.hash(typed);

  const outcome = await call.transaction(async (transaction) => {
    if (!(await setOwnPassword(transaction, account, passwordHash, clock.now()))) {
      await call.audit(transaction, {
        action: "auth.initial_password_changed",
        result: "refused",
        targetType: "account",
        targetId: account.id,
        reason: "token_invalid",
      });
      return undefined;
    }
    const current = await transaction.accounts.get({ id: account.id });
    if (!current) return undefined;
    await call.audit(transaction, {
      action: "auth.initial_password_changed",
      result: "ok",
      targetType: "account",
      targetId: account.id,
    });
    const factors = await confirmedFactors(transaction, current.id);
    if (factors.length > 0 && !showedSecondFactor(session.amr)) {
      return { challenge: await openChallenge(call, transaction, current, factors) };
    }
    return { account: current, entry: await enter(call, transaction, current, person, session.amr) };
  });
  if (!outcome) throw new ApiProblem("token_invalid");
  return "challenge" in outcome ? outcome.challenge : entryResult(call, outcome.account, outcome.entry);
};
