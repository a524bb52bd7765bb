import type { RowAction, StaffId, StaffMember } from "@welby/contract/schemas";
import { formatJst } from "@welby/text";
import { ApiProblem } from "../domain/api-problem.ts";
import { isActiveAdmin } from "../domain/last-admin.ts";
import { toPersonName } from "../domain/person-name.ts";
import { refusalOf, STAFF_ACTIONS } from "../domain/staff-actions.ts";
import type { StaffRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import type { ClinicCall } from "./service.ts";

/** Serialises everything that adds members or changes what they may do in one institution. */
export const staffLock = (institutionId: string) => `staff:${institutionId}`;

/** Members who are not removed, in the transaction's view. */
export async function membersOf(transaction: Transaction, institutionId: string): Promise<StaffRecord[]> {
  return transaction.staff.list({ institutionId, status: { not: "removed" } });
}

/**
 * The right may have gone while a password was being hashed or the call waited for a lock.
 * @throws {forbidden}
 */
export function assertStillAdmin({ actor }: ClinicCall, members: readonly StaffRecord[]): StaffRecord {
  const own = members.find((member) => member.id === actor.staffId);
  if (!own || !isActiveAdmin(own)) throw new ApiProblem("forbidden");
  return own;
}

/** One member as the API answers it. @throws {not_found} for a missing, a removed and another institution's member alike */
export async function readMember(
  call: ClinicCall,
  transaction: Transaction,
  staffId: string,
): Promise<StaffMember> {
  const members = await membersOf(transaction, call.actor.institutionId);
  const rows = members.filter((row) => row.id === staffId);
  const [member] = await toStaffMembers(call, transaction, rows, members);
  if (!member) throw new ApiProblem("not_found");
  return member;
}

/** Rows as the API answers them, with what the caller can do with each now. */
export async function toStaffMembers(
  { actor }: ClinicCall,
  transaction: Transaction,
  rows: readonly StaffRecord[],
  members: readonly StaffRecord[],
): Promise<StaffMember[]> {
  const accounts = await transaction.accounts.list({ id: { in: rows.map((row) => row.accountId) } });
  const lastSignIn = new Map(accounts.map((account) => [account.id, account.lastSignInAt]));
  const situation = {
    actorStaffId: actor.staffId,
    activeAdmins: members.filter(isActiveAdmin).length,
  };
  return rows.map((row) => {
    const signedInAt = lastSignIn.get(row.accountId);
    return {
      id: row.id as StaffId,
      name: toPersonName(row),
      email: row.email,
      role: row.role,
      occupation: row.occupation,
      status: row.status,
      lastSignInAt: signedInAt ? formatJst(signedInAt, { ms: true }) : null,
      version: row.version,
      actions: STAFF_ACTIONS.map((action): RowAction => {
        const disabledReason = refusalOf(action, row, situation);
        return { action, allowed: disabledReason === null, ...(disabledReason && { disabledReason }) };
      }),
    };
  });
}
