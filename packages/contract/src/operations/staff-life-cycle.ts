import * as z from "zod/mini";
import { defineOperation } from "../operation.ts";
import { staffId } from "../schemas/ids.ts";
import { staffMember } from "../schemas/staff.ts";
import {
  endedSessions,
  factorResetInput,
  resendInput,
  staffChanges,
  staffInput,
  statusInput,
} from "../schemas/staff-life-cycle.ts";

// Apart from the list and the roles, which need no check of an address.
const shared = { tag: "staff", authentication: "access", idempotency: "optional" } as const;
const post = { ...shared, method: "POST" } as const;
const params = z.strictObject({ staffId });

export const addStaff = defineOperation({
  ...shared,
  id: "addStaff",
  method: "POST",
  path: "/v1/staff",
  summary: "Add a member; the welcome mail carries an initial password, or a link to set the first one",
  idempotency: "required",
  etag: true,
  audit: "staff.added",
  sensitive: ["name", "email"],
  body: staffInput,
  result: staffMember,
  success: 201,
  // The last one where an administrator is added: that gives the right away like a change of roles.
  errors: ["email_in_use", "seat_limit", "step_up_required"],
});

export const updateStaff = defineOperation({
  ...shared,
  id: "updateStaff",
  method: "PATCH",
  path: "/v1/staff/{staffId}",
  summary: "Change a member's name or occupation",
  ifMatch: true,
  etag: true,
  audit: "staff.updated",
  sensitive: ["name"],
  params,
  body: staffChanges,
  result: staffMember,
  success: 200,
  errors: ["version_conflict"],
});

export const removeStaff = defineOperation({
  ...shared,
  id: "removeStaff",
  method: "DELETE",
  path: "/v1/staff/{staffId}",
  summary: "削除(スタッフ解除): end a membership, its sessions and its links; the address is free again",
  stepUp: true,
  ifMatch: true,
  audit: "staff.removed",
  params,
  success: 204,
  errors: ["last_admin", "self_change_refused", "version_conflict"],
});

export const suspendStaff = defineOperation({
  ...post,
  id: "suspendStaff",
  path: "/v1/staff/{staffId}/suspend",
  summary: "利用停止: keep an active member out; takes effect on the next request",
  ifMatch: true,
  etag: true,
  audit: "staff.suspended",
  params,
  body: statusInput,
  result: staffMember,
  success: 200,
  errors: ["last_admin", "self_change_refused", "wrong_status", "version_conflict"],
});

export const resumeStaff = defineOperation({
  ...post,
  id: "resumeStaff",
  path: "/v1/staff/{staffId}/resume",
  summary: "再開: let a suspended member in again, by a new sign-in",
  ifMatch: true,
  etag: true,
  audit: "staff.resumed",
  params,
  body: statusInput,
  result: staffMember,
  success: 200,
  errors: ["wrong_status", "version_conflict"],
});

export const resendInvitation = defineOperation({
  ...post,
  id: "resendInvitation",
  path: "/v1/staff/{staffId}/resend-invitation",
  summary: "Invite anew: a new initial password or link; the former one is dead, the role stays",
  etag: true,
  audit: "staff.invitation_sent",
  params,
  body: resendInput,
  result: staffMember,
  success: 200,
  errors: ["wrong_status"],
});

export const resetStaffFactors = defineOperation({
  ...post,
  id: "resetStaffFactors",
  path: "/v1/staff/{staffId}/reset-factors",
  summary: "Take away a member's second factors after a loss; ends all sessions, and the member is told",
  stepUp: true,
  audit: "staff.factors_reset",
  params,
  body: factorResetInput,
  success: 204,
  errors: ["self_change_refused"],
});

export const startStaffPasswordReset = defineOperation({
  ...post,
  id: "startStaffPasswordReset",
  path: "/v1/staff/{staffId}/start-password-reset",
  summary: "Send a member a reset mail; the password stays as it is until the member sets a new one",
  audit: "staff.password_reset_started",
  params,
  success: 202,
  errors: ["wrong_status"],
});

export const endStaffSessions = defineOperation({
  ...post,
  id: "endStaffSessions",
  path: "/v1/staff/{staffId}/end-sessions",
  summary: "Sign a member out on all devices",
  audit: "staff.sessions_ended",
  params,
  result: endedSessions,
  success: 200,
});
