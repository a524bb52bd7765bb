import { ApiProblem } from "../domain/api-problem.ts";
import type { Ports } from "../ports/index.ts";
import type { LoginIdRecord, PatientRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { serviceAudit } from "./service-audit.ts";

/** Patients that one call goes through; the next one goes on where it stops. */
const BATCH = 100;

/**
 * Deletes the data of patients who withdrew and whose time is over, unless a legal hold keeps them, and says how many
 * patients that were. What they agreed to and the log stay: those have times of their own.
 */
export async function purgeWithdrawn(ports: Ports): Promise<number> {
  const due = await ports.store.transaction((transaction) =>
    transaction.patients.list(dueNow(ports), { orderBy: ["purgeAfter"], limit: BATCH }),
  );
  let purged = 0;
  // One transaction each, so that a row that cannot be deleted keeps nobody else's.
  for (const patient of due)
    if (await ports.store.transaction((transaction) => purge(ports, transaction, patient))) purged++;
  return purged;
}

/**
 * Keeps the data of a patient whatever their time, as for a court, or lets go of them again. For the operator: there is no
 * call of the API for it.
 * @param hold.reason null ends the hold
 * @throws {not_found}
 */
export async function setLegalHold(
  ports: Ports,
  { patientId, reason }: { readonly patientId: string; readonly reason: string | null },
): Promise<void> {
  await ports.store.transaction(async (transaction) => {
    if ((await transaction.patients.update({ id: patientId }, { legalHold: reason })) !== 1)
      throw new ApiProblem("not_found");
    const action = reason === null ? "patient.legal_hold_ended" : "patient.legal_hold_set";
    await serviceAudit(ports, transaction, { ...entry(patientId), action, reason });
  });
}

const entry = (targetId: string) => ({ result: "ok", targetType: "patient", targetId }) as const;

const dueNow = ({ clock }: Ports) =>
  ({ legalHold: null, purgeAfter: { before: new Date(clock.now().getTime() + 1) } }) as const;

async function purge(ports: Ports, transaction: Transaction, patient: PatientRecord): Promise<boolean> {
  // Guarded: a hold that was set meanwhile keeps the row, and a row that another instance deletes is counted once.
  if ((await transaction.patients.delete({ id: patient.id, ...dueNow(ports) })) !== 1) return false;
  await transaction.memberships.delete({ patientId: patient.id });
  await transaction.patientLinks.delete({ patientId: patient.id });
  if (patient.accountId !== null) await purgeAccount(transaction, patient.accountId);
  await serviceAudit(ports, transaction, { ...entry(patient.id), action: "patient.purged" });
  return true;
}

async function purgeAccount(transaction: Transaction, accountId: string): Promise<void> {
  const logins = await transaction.loginIds.list({ accountId });
  const sessions = await transaction.sessions.list({ accountId });
  await forgetMails(transaction, accountId, logins);
  await transaction.refreshTokens.delete({ sessionId: { in: sessions.map((session) => session.id) } });
  await transaction.sessions.delete({ accountId });
  await transaction.oneTimeSecrets.delete({ accountId });
  await transaction.noticeReads.delete({ accountId });
  await transaction.loginIds.delete({ accountId });
  await transaction.accounts.delete({ id: accountId });
}

/** The mails of this account: what was written since it closed is somebody's who has the address now. */
async function forgetMails(
  transaction: Transaction,
  accountId: string,
  logins: readonly LoginIdRecord[],
): Promise<void> {
  const account = await transaction.accounts.get({ id: accountId });
  if (!account?.closedAt) return;
  await transaction.outbox.delete({
    recipient: { in: logins.map((login) => login.value) },
    status: { not: "queued" },
    createdAt: { before: new Date(account.closedAt.getTime() + 1) },
  });
}
