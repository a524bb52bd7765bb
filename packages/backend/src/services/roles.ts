import type { RoleChangesPreview, StaffId, StaffMember } from "@welby/contract/schemas";
import { ApiProblem } from "../domain/api-problem.ts";
import { planRoleChanges, type RoleChange, type RolePlan } from "../domain/last-admin.ts";
import { toPersonName } from "../domain/person-name.ts";
import type { Transaction } from "../ports/store.ts";
import { auditRefusal } from "./audit-refusal.ts";
import { versionConflict } from "./conflict.ts";
import type { ClinicCall, Service } from "./service.ts";
import { writeMember } from "./staff-change.ts";
import { assertStillAdmin, membersOf, staffLock, toStaffMembers } from "./staff-member.ts";
import { queueWebhooks } from "./webhooks.ts";

interface Wish {
  readonly changes: readonly RoleChange[];
  readonly confirmSelf?: boolean | undefined;
  readonly reason?: string | undefined;
}

/** 権限を変更する, one member. @throws {last_admin} @throws {self_change_refused} @throws {version_conflict} */
export const changeStaffRole: Service<"changeStaffRole"> = async (
  call,
  { staffId, role, version, ...rest },
) => {
  const only = (members: readonly StaffMember[]) => members[0] as StaffMember;
  const change = () =>
    call.transaction(async (transaction) =>
      only(await apply(call, transaction, { ...rest, changes: [{ staffId, role, version }] })),
    );
  return auditRefusal(call, "staff.role_changed", change, staffId);
};

/** Many members, all or nothing. @throws {last_admin} @throws {self_change_refused} @throws {version_conflict} */
export const changeStaffRoles: Service<"changeStaffRoles"> = async (call, input) =>
  auditRefusal(call, "staff.role_changed", () =>
    call.transaction(async (transaction) => ({ items: await apply(call, transaction, input) })),
  );

/** What {@link changeStaffRoles} would do with the same input; changes nothing. */
export const previewStaffRoles: Service<"previewStaffRoles"> = (call, input) =>
  call.transaction(async (transaction): Promise<RoleChangesPreview> => {
    const { plan } = await planFor(call, transaction, input);
    return {
      allowed: plan.problems.length === 0,
      changes: plan.changes.map(({ change, staff, self, problem }) => ({
        staffId: change.staffId as StaffId,
        name: staff ? toPersonName(staff) : { text: "" },
        from: staff?.role ?? change.role,
        to: change.role,
        self,
        problem,
      })),
      problems: [...plan.problems],
      activeAdminsBefore: plan.activeAdminsBefore,
      activeAdminsAfter: plan.activeAdminsAfter,
    };
  });

async function planFor(call: ClinicCall, transaction: Transaction, { changes, confirmSelf = false }: Wish) {
  const ids = changes.map((change) => change.staffId);
  const repeated = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  if (repeated >= 0) {
    throw new ApiProblem("validation_failed", {
      errors: [{ path: `changes.${repeated}.staffId`, code: "duplicate" }],
    });
  }
  const members = await membersOf(transaction, call.actor.institutionId);
  const actor = assertStillAdmin(call, members);
  return { members, plan: planRoleChanges(members, changes, { staffId: actor.id, confirmSelf }) };
}

async function apply(call: ClinicCall, transaction: Transaction, wish: Wish): Promise<StaffMember[]> {
  const { institutionId } = call.actor;
  await transaction.lock(staffLock(institutionId));
  const { plan } = await planFor(call, transaction, wish);
  await refuse(transaction, plan);
  for (const { change, staff } of plan.changes) {
    if (!staff || staff.role === change.role) continue;
    await writeMember(call, transaction, staff, { role: change.role });
    await call.audit(transaction, {
      action: "staff.role_changed",
      result: "ok",
      targetType: "staff",
      targetId: staff.id,
      reason: wish.reason ?? null,
      details: { from: staff.role, to: change.role },
    });
    await queueWebhooks(call.ports, transaction, institutionId, {
      type: "staff.role_changed",
      data: { staffId: staff.id, from: staff.role, to: change.role },
    });
  }
  const members = await membersOf(transaction, institutionId);
  const rows = wish.changes.flatMap(({ staffId }) => members.filter((member) => member.id === staffId));
  return toStaffMembers(call, transaction, rows, members);
}

async function refuse(transaction: Transaction, plan: RolePlan): Promise<void> {
  const [code] = plan.problems;
  if (code === undefined) return;
  if (code !== "version_conflict") throw new ApiProblem(code);
  const stale = plan.changes.flatMap(({ staff, problem }) => (staff && problem === code ? [staff] : []));
  throw await versionConflict(transaction, stale);
}
