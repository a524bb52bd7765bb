import { ApiProblem } from "../domain/api-problem.ts";
import type { LoginIdRecord, PatientLinkRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { closeAccount } from "./close-account.ts";
import { groupsLock } from "./group-rows.ts";
import { queueSecurityMail } from "./mail.ts";
import type { Service, SignedInCall } from "./service.ts";
import { accountLock } from "./sessions.ts";
import { queueWebhooks } from "./webhooks.ts";

const DAY_MS = 24 * 3_600_000;

/**
 * 退会: the account closes before the answer is sent, and no institution sees the patient any more. The data are kept for as
 * long as the institutions' settings of this day say (clause 3); then {@link purgeWithdrawn} deletes them.
 */
export const withdraw: Service<"withdraw"> = async (call) => {
  const { accountId, session } = call.actor;
  const patientId = call.actor.patientId ?? "";
  await call.transaction(async (transaction) => {
    await lockGroups(transaction, patientId);
    await transaction.lock(accountLock(accountId));
    const now = call.ports.clock.now();
    const account = await transaction.accounts.get({ id: accountId, closedAt: null });
    // Whoever waited for the locks may have withdrawn on another device, or been signed out.
    const alive = (await transaction.sessions.count({ id: session.id, endedAt: null })) === 1;
    if (!account || !alive) throw new ApiProblem("session_expired");

    const links = await transaction.patientLinks.list({ patientId });
    const days = await retentionDays(call, transaction, links);
    const purgeAfter = new Date(now.getTime() + days * DAY_MS);
    await transaction.patients.update({ id: patientId }, { purgeAfter });
    await unlink(transaction, links, accountId, now);

    await queueSecurityMail(call, transaction, account, "withdrawn");
    const logins = await transaction.loginIds.list({ accountId });
    await closeAccount(transaction, account, "withdrawn", now);
    await transaction.loginIds.insertMany(logins.map(retired));

    const entry = {
      action: "patient.withdrew",
      result: "ok",
      targetType: "patient",
      targetId: patientId,
    } as const;
    const told = links.filter(({ status }) => status === "linked" || status === "requested");
    for (const { institutionId } of told) {
      await call.audit(transaction, { ...entry, institutionId, details: { retentionDays: days } });
      const event = { type: "patient.withdrew", data: { patientId } } as const;
      await queueWebhooks(call.ports, transaction, institutionId, event);
    }
    if (told.length === 0) await call.audit(transaction, { ...entry, details: { retentionDays: days } });
  });
  return undefined;
};

/** Nobody puts the patient into a group while the links end. Always in one order, so that two never wait for each other. */
async function lockGroups(transaction: Transaction, patientId: string): Promise<void> {
  const links = await transaction.patientLinks.list({ patientId }, { orderBy: ["institutionId"] });
  for (const { institutionId } of links) await transaction.lock(groupsLock(institutionId));
}

/** The longest time of all institutions that know the patient; of the one whose page this is where none does. */
async function retentionDays(
  { institution }: SignedInCall,
  transaction: Transaction,
  links: readonly PatientLinkRecord[],
): Promise<number> {
  const id = { in: links.map((link) => link.institutionId) };
  const known = await transaction.institutions.list({ id });
  const settings = known.length > 0 ? known : [institution];
  return Math.max(...settings.map(({ retention }) => retention.patientDays));
}

/** Memberships end and stay as history. */
async function unlink(
  transaction: Transaction,
  links: readonly PatientLinkRecord[],
  accountId: string,
  now: Date,
): Promise<void> {
  for (const { id, patientId, institutionId, version } of links) {
    const open = { institutionId, patientId, removedAt: null };
    await transaction.memberships.update(open, { removedAt: now, removedBy: accountId });
    const changes = {
      status: "unlinked",
      version: version + 1,
      changedBy: accountId,
      changedAt: now,
    } as const;
    await transaction.patientLinks.update({ id }, changes);
  }
}

/** A login id that is kept as data but signs nobody in any more: the same address is free for a new account. */
function retired(login: LoginIdRecord): LoginIdRecord {
  return { ...login, realm: `withdrawn:${login.accountId}` };
}
