import type { AccountRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { invitationStands } from "./invitation.ts";
import { accountLock, endSessions } from "./sessions.ts";

/**
 * Sets a password that its owner chose. Guarded by the credential version: of many at once, one is true and the others false.
 * Ends every session, proves the mailbox (all ways to here lead through it) and makes an invited member active,
 * unless whoever sent the invitation is no administrator any more: then nothing changes either.
 */
export async function setOwnPassword(
  transaction: Transaction,
  account: AccountRecord,
  passwordHash: string,
  now: Date,
): Promise<boolean> {
  const { id, credentialVersion } = account;
  await transaction.lock(accountLock(id));
  if (!(await invitationStands(transaction, id))) return false;
  const changes = {
    passwordHash,
    mustChangePassword: false,
    initialPasswordExpiresAt: null,
    credentialVersion: credentialVersion + 1,
  };
  if ((await transaction.accounts.update({ id, credentialVersion, closedAt: null }, changes)) !== 1)
    return false;
  await endSessions(transaction, id, "password_changed", now);
  await transaction.loginIds.update({ accountId: id, type: "email", verifiedAt: null }, { verifiedAt: now });
  await activate(transaction, id, now);
  return true;
}

async function activate(transaction: Transaction, accountId: string, now: Date): Promise<void> {
  for (;;) {
    const invited = await transaction.staff.get({ accountId, status: "invited" });
    if (!invited) return;
    const { id, version } = invited;
    const changes = { status: "active", version: version + 1, changedBy: accountId, changedAt: now } as const;
    // An administrator may be changing the same row: then its newer version is what becomes active.
    if ((await transaction.staff.update({ id, version }, changes)) === 1) return;
  }
}
