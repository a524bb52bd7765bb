import type { AccountRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { deleteFactors } from "./factors.ts";
import { accountLock, endSessions } from "./sessions.ts";

/**
 * Makes every link and challenge worthless that an account was sent, and answers the credential version of those to come:
 * one that is being written at this moment is bound to the former version. Take the account's lock before.
 */
export async function cancelSecrets(
  transaction: Transaction,
  { id: accountId, credentialVersion }: AccountRecord,
  now: Date,
): Promise<number> {
  const next = credentialVersion + 1;
  await transaction.accounts.update({ id: accountId }, { credentialVersion: next });
  await transaction.oneTimeSecrets.update({ accountId, usedAt: null }, { usedAt: now });
  return next;
}

/**
 * Closes an account for good: its sessions, links, factors and devices end with it, and its login ids are free for a new one.
 * The row itself stays, for whoever its id stands for in the log.
 */
export async function closeAccount(
  transaction: Transaction,
  account: AccountRecord,
  reason: string,
  now: Date,
): Promise<void> {
  const { id } = account;
  await transaction.lock(accountLock(id));
  await transaction.accounts.update({ id }, { closedAt: now });
  await endSessions(transaction, id, reason, now);
  await cancelSecrets(transaction, account, now);
  await deleteFactors(transaction, { id });
  await transaction.knownDevices.delete({ accountId: id });
  await transaction.loginIds.delete({ accountId: id });
}
