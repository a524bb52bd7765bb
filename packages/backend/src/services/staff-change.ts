import { ApiProblem } from "../domain/api-problem.ts";
import { isActiveAdmin } from "../domain/last-admin.ts";
import { refusalOf, type StaffAction } from "../domain/staff-actions.ts";
import type { StaffRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { auditRefusal } from "./audit-refusal.ts";
import { versionConflict } from "./conflict.ts";
import type { ClinicCall } from "./service.ts";
import { accountLock } from "./sessions.ts";
import { assertStillAdmin, membersOf, staffLock } from "./staff-member.ts";

interface MemberChange {
  readonly action: StaffAction;
  /** The audit action that a refusal is written under. */
  readonly audit: string;
  readonly staffId: string;
  /** The version that the change is based on, where it is based on one. */
  readonly version?: number;
}

/**
 * Does one thing to one member in the call's transaction. `work` gets the member as it is and stays: sign-ins of the account
 * and all other changes of members wait until it is done.
 * @throws {forbidden} @throws {not_found} @throws {version_conflict} and what `refusalOf` says
 */
export function changeMember<T>(
  call: ClinicCall,
  { action, audit, staffId, version }: MemberChange,
  work: (transaction: Transaction, member: StaffRecord) => Promise<T>,
): Promise<T> {
  const { institutionId, staffId: actorStaffId } = call.actor;
  const change = () =>
    call.transaction(async (transaction) => {
      await transaction.lock(staffLock(institutionId));
      const found = await transaction.staff.get({ id: staffId, institutionId });
      // Before the rows are read: a first password makes an invited member active under this lock alone.
      if (found) await transaction.lock(accountLock(found.accountId));
      const members = await membersOf(transaction, institutionId);
      assertStillAdmin(call, members);
      const member = members.find(({ id }) => id === staffId);
      if (!member) throw new ApiProblem("not_found");
      if (version !== undefined && version !== member.version)
        throw await versionConflict(transaction, [member]);
      const activeAdmins = members.filter(isActiveAdmin).length;
      const refusal = refusalOf(action, member, { actorStaffId, activeAdmins });
      if (refusal) throw new ApiProblem(refusal);
      return work(transaction, member);
    });
  return auditRefusal(call, audit, change, staffId);
}

/** Writes changes of a member's row and moves its version. @throws {version_conflict} */
export async function writeMember(
  call: ClinicCall,
  transaction: Transaction,
  { id, version }: StaffRecord,
  changes: Partial<StaffRecord>,
): Promise<void> {
  const changed = await transaction.staff.update(
    { id, version },
    {
      ...changes,
      version: version + 1,
      changedBy: call.actor.accountId,
      changedAt: call.ports.clock.now(),
    },
  );
  // Not everything that moves a version takes the lock.
  if (changed !== 1) throw await versionConflict(transaction, await transaction.staff.list({ id }));
}
