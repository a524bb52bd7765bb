import type { RowAction, StaffId, StaffMember } from "@welby/contract/schemas";
import { formatJst } from "@welby/text";
import { isActiveAdmin } from "../domain/last-admin.ts";
import { toPersonName } from "../domain/person-name.ts";
import type { StaffRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";

/** Serialises everything that adds members or changes what they may do in one institution. */
export const staffLock = (institutionId: string) => `staff:${institutionId}`;

/** Members who are not removed, in the transaction's view. */
export async function membersOf(transaction: Transaction, institutionId: string): Promise<StaffRecord[]> {
  return transaction.staff.list({ institutionId, status: { not: "removed" } });
}

/** Rows as the API answers them, with what can be done to each now. */
export async function toStaffMembers(
  transaction: Transaction,
  rows: readonly StaffRecord[],
  members: readonly StaffRecord[],
): Promise<StaffMember[]> {
  const accounts = await transaction.accounts.list({ id: { in: rows.map((row) => row.accountId) } });
  const lastSignIn = new Map(accounts.map((account) => [account.id, account.lastSignInAt]));
  const activeAdmins = members.filter(isActiveAdmin).length;
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
      actions: actionsOn(row, activeAdmins),
    };
  });
}

/** Only what this version of the API can do; a reason is a code of the catalogue. */
function actionsOn(row: StaffRecord, activeAdmins: number): RowAction[] {
  const onlyAdmin = isActiveAdmin(row) && activeAdmins === 1;
  return [{ action: "change_role", allowed: !onlyAdmin, ...(onlyAdmin && { disabledReason: "last_admin" }) }];
}
