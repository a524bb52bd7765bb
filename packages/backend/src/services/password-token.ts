import { passwordForm } from "@welby/contract/policy";
import { ApiProblem } from "../domain/api-problem.ts";
import { assertPasswordAllowed, passwordRulesFor } from "../domain/password.ts";
import { sha256 } from "../domain/secret.ts";
import type { AccountRecord, OneTimeSecretRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { accountKey } from "./attempts.ts";
import { setOwnPassword } from "./credentials.ts";
import { invitationStands } from "./invitation.ts";
import { findByToken, liveSecret, useUp } from "./mailed-token.ts";
import { findPerson, type Person } from "./person.ts";
import type { Call } from "./service.ts";
import { accountLock } from "./sessions.ts";

/** A mailed token that sets a password: of which kind, how the log calls its use, and what else happens then. */
interface PasswordToken {
  readonly purpose: "password_reset" | "invitation";
  readonly action: string;
  readonly then?: (transaction: Transaction, account: AccountRecord) => Promise<void>;
}

/**
 * Sets a password by the token of a mail. The token is used up only by a password that is accepted, in one guarded update,
 * so that of many tries at once one succeeds. Signs nobody in; the second factor stays as it is.
 * @throws {token_invalid} @throws {weak_password} @throws {password_reused} @throws {rate_limited} @throws {overloaded}
 */
export async function setPasswordByToken(
  call: Call,
  { token, newPassword }: { readonly token: string; readonly newPassword: string },
  { purpose, action, then }: PasswordToken,
): Promise<undefined> {
  const { hasher, clock } = call.ports;
  const hash = await sha256(token);
  const { secret, account, person } = await findByToken(call, action, (transaction) =>
    findLive(call, transaction, hash, purpose),
  );
  const typed = passwordForm(newPassword);
  assertPasswordAllowed(typed, passwordRulesFor(account.kind, call.institution), person.words);
  if (await hasher.verify(account.passwordHash, typed)) throw new ApiProblem("password_reused");
  const passwordHash = await hasher.hash(typed);

  await call.transaction(async (transaction) => {
    // Before the token's row is touched: whoever cancels links takes the two in this order.
    await transaction.lock(accountLock(account.id));
    const now = clock.now();
    const mine = await useUp(transaction, secret, now);
    // Thrown inside, so that a token is not used up by a change that did not happen.
    if (!mine || !(await setOwnPassword(transaction, account, passwordHash, now)))
      throw new ApiProblem("token_invalid");
    await forgetFailures(transaction, account);
    await then?.(transaction, account);
    await call.audit(transaction, {
      action,
      result: "ok",
      actorId: account.id,
      actorName: person.name,
      actorRole: person.role,
      targetType: "account",
      targetId: account.id,
    });
  });
  return undefined;
}

async function findLive(
  call: Call,
  transaction: Transaction,
  hash: string,
  purpose: PasswordToken["purpose"],
): Promise<{ secret: OneTimeSecretRecord; account: AccountRecord; person: Person } | undefined> {
  const secret = await liveSecret(call, transaction, hash, purpose);
  const account = secret && (await transaction.accounts.get({ id: secret.accountId }));
  const person = account && (await findPerson(transaction, account));
  if (!secret || !account || !person?.active) return undefined;
  const stands =
    secret.credentialVersion === account.credentialVersion &&
    (await invitationStands(transaction, account.id));
  return stands ? { secret, account, person } : undefined;
}

/** Whoever holds the mailbox may try anew. Counters of the second factor stay: a mailbox must not open that. */
async function forgetFailures(transaction: Transaction, account: AccountRecord): Promise<void> {
  const logins = await transaction.loginIds.list({ accountId: account.id });
  const devices = await transaction.knownDevices.list({ accountId: account.id });
  const shared = await Promise.all(logins.map((login) => accountKey(login.realm, login.key)));
  const own = shared.flatMap((key) => devices.map((device) => `${key}:${device.keyThumbprint}`));
  await transaction.throttles.delete({ key: { in: [...shared, ...own] } });
}
