import type { ErrorCode } from "@welby/contract/errors";
import type { StaffRecord } from "../ports/records.ts";
import { isActiveAdmin } from "./last-admin.ts";

/** What an administrator can do with a member, in the order in which rows name it. */
export const STAFF_ACTIONS = [
  "change_role",
  "update",
  "suspend",
  "resume",
  "remove",
  "resend_invitation",
  "reset_factors",
  "start_password_reset",
  "end_sessions",
] as const;
export type StaffAction = (typeof STAFF_ACTIONS)[number];

/** Statuses in which an action can be done; any, unless named here. An invitation is not suspended but taken back by a removal. */
const ONLY_IN: Partial<Record<StaffAction, StaffRecord["status"]>> = {
  suspend: "active",
  resume: "suspended",
  resend_invitation: "invited",
  start_password_reset: "active",
};
/** An institution must not lose its last administrator by these (invariant 1). */
const TAKES_A_RIGHT: readonly StaffAction[] = ["change_role", "suspend", "remove"];
/** Nobody does these to themselves. A factor is given up by showing it (MF-8), not by the right to help others. */
const NOT_ON_ONESELF: readonly StaffAction[] = ["suspend", "remove", "reset_factors"];

/** Why an action is refused now; null when it may be done. Rows say it and services keep to it, so the two never differ. */
export function refusalOf(
  action: StaffAction,
  member: Pick<StaffRecord, "id" | "role" | "status">,
  { actorStaffId, activeAdmins }: { readonly actorStaffId: string; readonly activeAdmins: number },
): ErrorCode | null {
  if (ONLY_IN[action] !== undefined && member.status !== ONLY_IN[action]) return "wrong_status";
  if (TAKES_A_RIGHT.includes(action) && isActiveAdmin(member) && activeAdmins === 1) return "last_admin";
  if (NOT_ON_ONESELF.includes(action) && member.id === actorStaffId) return "self_change_refused";
  return null;
}
