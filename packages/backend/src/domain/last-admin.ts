import type { ErrorCode } from "@welby/contract/errors";
import type { StaffRecord } from "../ports/records.ts";

export interface RoleChange {
  readonly staffId: string;
  readonly role: StaffRecord["role"];
  /** The version that the change is based on. */
  readonly version: number;
}

export interface PlannedChange {
  readonly change: RoleChange;
  /** Undefined for somebody who is not (or no longer) a member here. */
  readonly staff: StaffRecord | undefined;
  readonly self: boolean;
  readonly problem: ErrorCode | null;
}

export interface RolePlan {
  readonly changes: readonly PlannedChange[];
  /** What stands in the way of the whole, the most important first. */
  readonly problems: readonly ErrorCode[];
  readonly activeAdminsBefore: number;
  readonly activeAdminsAfter: number;
}

export function isActiveAdmin(staff: Pick<StaffRecord, "role" | "status">): boolean {
  return staff.role === "admin" && staff.status === "active";
}

/**
 * Decides on role changes as a whole (invariants 1 and 3): an institution keeps at least one active administrator —
 * invited and suspended ones do not count — and nobody gives up the own right by accident.
 * @param members everybody in the institution who is not removed
 * @param actor one of its active administrators
 */
export function planRoleChanges(
  members: readonly StaffRecord[],
  changes: readonly RoleChange[],
  actor: { readonly staffId: string; readonly confirmSelf: boolean },
): RolePlan {
  const byId = new Map(members.map((member) => [member.id, member]));
  const planned = changes.map((change): PlannedChange => {
    const staff = byId.get(change.staffId);
    const problem = !staff ? "not_found" : staff.version !== change.version ? "version_conflict" : null;
    return { change, staff, self: change.staffId === actor.staffId, problem };
  });
  const wanted = new Map(changes.map((change) => [change.staffId, change.role]));
  const after = members.map((member) => ({ ...member, role: wanted.get(member.id) ?? member.role }));
  const activeAdminsBefore = members.filter(isActiveAdmin).length;
  const activeAdminsAfter = after.filter(isActiveAdmin).length;
  const givesUpOwnRight = planned.some(({ self, change }) => self && change.role !== "admin");

  const problems: ErrorCode[] = [];
  for (const code of ["not_found", "version_conflict"] as const) {
    if (planned.some(({ problem }) => problem === code)) problems.push(code);
  }
  // Before the question of consent: where nobody would be left, consent does not help.
  if (activeAdminsAfter === 0) problems.push("last_admin");
  if (givesUpOwnRight && !actor.confirmSelf) problems.push("self_change_refused");
  return { changes: planned, problems, activeAdminsBefore, activeAdminsAfter };
}
