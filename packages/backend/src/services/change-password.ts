import { passwordForm } from "@welby/contract/policy";
import { ApiProblem } from "../domain/api-problem.ts";
import { assertPasswordAllowed, passwordRulesFor } from "../domain/password.ts";
import { accountRule } from "../domain/throttle.ts";
import { clearFailures, countFailure, ipCounter, refuseFor, waitBefore, type Counter } from "./attempts.ts";
import { queueSecurityMail } from "./mail.ts";
import { findPerson } from "./person.ts";
import type { Service } from "./service.ts";
import { accountLock, endSessions } from "./sessions.ts";

/**
 * パスワード変更 by whoever knows the current one. This session goes on, the others end unless they are to stay.
 * @throws {current_password_wrong} @throws {weak_password} @throws {password_reused} @throws {rate_limited} @throws {overloaded}
 */
export const changePassword: Service<"changePassword"> = async (
  call,
  { currentPassword, newPassword, endOtherSessions },
) => {
  const { store, clock, hasher } = call.ports;
  const { accountId, session } = call.actor;
  // The counter of re-authentication: guesses made here and there come out of one budget.
  const own: Counter = { key: `session:${session.id}`, rule: accountRule };
  const counters = [...ipCounter(call.ip), own];
  const { account, person, wait } = await store.transaction(async (transaction) => {
    const found = await transaction.accounts.get({ id: accountId });
    return {
      account: found,
      person: found && (await findPerson(transaction, found)),
      wait: await waitBefore(transaction, counters, clock.now()),
    };
  });
  refuseFor(wait);
  if (!account || !person?.active) throw new ApiProblem("session_expired");

  const entry = { action: "account.password_changed", targetType: "account", targetId: accountId } as const;
  const typed = { current: passwordForm(currentPassword), new: passwordForm(newPassword) };
  if (!(await hasher.verify(account.passwordHash, typed.current))) {
    const waiting = await store.transaction(async (transaction) => {
      const closed = await countFailure(transaction, counters, clock.now());
      if (closed === null)
        await call.audit(transaction, { ...entry, result: "refused", reason: "current_password_wrong" });
      return closed;
    });
    refuseFor(waiting);
    throw new ApiProblem("current_password_wrong");
  }
  assertPasswordAllowed(typed.new, passwordRulesFor(account.kind, call.institution), person.words);
  if (typed.new === typed.current) throw new ApiProblem("password_reused");
  const passwordHash = await hasher.hash(typed.new);

  await call.transaction(async (transaction) => {
    await transaction.lock(accountLock(accountId));
    const now = clock.now();
    refuseFor((await clearFailures(transaction, counters, [own.key], now)).wait);
    // Whoever waited for the lock may have lost the session meanwhile, or the password may be another one by now.
    if ((await transaction.sessions.count({ id: session.id, endedAt: null })) !== 1)
      throw new ApiProblem("session_expired");
    const { credentialVersion } = account;
    const changed = await transaction.accounts.update(
      { id: accountId, credentialVersion, closedAt: null },
      { passwordHash, credentialVersion: credentialVersion + 1 },
    );
    if (changed !== 1) throw new ApiProblem("current_password_wrong");
    const ended = endOtherSessions
      ? await endSessions(transaction, accountId, "password_changed", now, session.id)
      : 0;
    await queueSecurityMail(call, transaction, account, "password_changed");
    await call.audit(transaction, { ...entry, result: "ok", details: { endedSessions: ended } });
  });
  return undefined;
};
