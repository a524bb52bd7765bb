import { passwordForm } from "@welby/contract/policy";
import { ApiProblem } from "../domain/api-problem.ts";
import { assertPasswordAllowed, passwordRulesFor } from "../domain/password.ts";
import { sha256 } from "../domain/secret.ts";
import type { AccountRecord, OneTimeSecretRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { accountKey, countFailure, ipCounter, refuseFor, waitBefore } from "./attempts.ts";
import { setOwnPassword } from "./credentials.ts";
import { queueSecurityMail } from "./mail.ts";
import { findPerson, type Person } from "./person.ts";
import type { Call, Service } from "./service.ts";

/**
 * Sets a new password by the token of a reset mail. The token is used up only by a password that is accepted,
 * in one guarded update, so that of many tries at once one succeeds. Signs nobody in; the second factor stays as it is.
 * @throws {token_invalid} @throws {weak_password} @throws {password_reused} @throws {rate_limited} @throws {overloaded}
 */
export const confirmPasswordReset: Service<"confirmPasswordReset"> = async (call, { token, newPassword }) => {
  const { store, hasher, clock } = call.ports;
  const hash = await sha256(token);
  const counters = ipCounter(call.ip);
  const found = await store.transaction(async (transaction) => {
    const wait = await waitBefore(transaction, counters, clock.now());
    if (wait !== null) return { wait };
    const live = await findLive(call, transaction, hash);
    if (live) return live;
    await call.audit(transaction, {
      action: "auth.password_reset",
      result: "refused",
      reason: "token_invalid",
    });
    return { wait: await countFailure(transaction, counters, clock.now()) };
  });
  if ("wait" in found) {
    refuseFor(found.wait);
    throw new ApiProblem("token_invalid");
  }
  const { secret, account, person } = found;
  const typed = passwordForm(newPassword);
  assertPasswordAllowed(typed, passwordRulesFor(account.kind, call.institution), person.words);
  if (await hasher.verify(account.passwordHash, typed)) throw new ApiProblem("password_reused");
  const passwordHash = await hasher.hash(typed);

  await call.transaction(async (transaction) => {
    const now = clock.now();
    const unused = { id: secret.id, usedAt: null, expiresAt: { after: now } } as const;
    const mine = await transaction.oneTimeSecrets.update(unused, { usedAt: now });
    // Thrown inside, so that a token is not used up by a change that did not happen.
    if (mine !== 1 || !(await setOwnPassword(transaction, account, passwordHash, now)))
      throw new ApiProblem("token_invalid");
    await forgetFailures(transaction, account);
    await queueSecurityMail(call, transaction, account, "password_changed");
    await call.audit(transaction, {
      action: "auth.password_reset",
      result: "ok",
      actorId: account.id,
      actorName: person.name,
      actorRole: person.role,
      targetType: "account",
      targetId: account.id,
    });
  });
  return undefined;
};

async function findLive(
  call: Call,
  transaction: Transaction,
  hash: string,
): Promise<{ secret: OneTimeSecretRecord; account: AccountRecord; person: Person } | undefined> {
  const secret = await transaction.oneTimeSecrets.get({ hash, purpose: "password_reset", usedAt: null });
  const account = secret && (await transaction.accounts.get({ id: secret.accountId }));
  const person = account && (await findPerson(transaction, account));
  if (!secret || !account || !person?.active || secret.expiresAt <= call.ports.clock.now()) return undefined;
  const bound =
    secret.credentialVersion === account.credentialVersion &&
    secret.data["clientId"] === call.client.clientId;
  return bound ? { secret, account, person } : undefined;
}

/** Whoever holds the mailbox may try anew. Counters of the second factor stay: a mailbox must not open that. */
async function forgetFailures(transaction: Transaction, account: AccountRecord): Promise<void> {
  const logins = await transaction.loginIds.list({ accountId: account.id });
  const devices = await transaction.knownDevices.list({ accountId: account.id });
  const shared = await Promise.all(logins.map((login) => accountKey(login.realm, login.key)));
  const own = shared.flatMap((key) => devices.map((device) => `${key}:${device.keyThumbprint}`));
  await transaction.throttles.delete({ key: { in: [...shared, ...own] } });
}
