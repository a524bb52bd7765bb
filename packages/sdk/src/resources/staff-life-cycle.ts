import {
  addStaff,
  endStaffSessions,
  removeStaff,
  resendInvitation,
  resetStaffFactors,
  resumeStaff,
  startStaffPasswordReset,
  suspendStaff,
  updateStaff,
} from "@welby/contract/operations/staff-life-cycle";
import type { StaffResource } from "../types.ts";
import type { Caller, Loaded } from "./call.ts";

type LifeCycle =
  | "add"
  | "update"
  | "remove"
  | "suspend"
  | "resume"
  | "resendInvitation"
  | "resetFactors"
  | "startPasswordReset"
  | "endSessions";

/** How a member comes, changes and goes: apart from the roles, whose editor needs none of it. */
export const resource = ({ call }: Caller): Loaded<Pick<StaffResource, LifeCycle>> => ({
  add: (input, options) => call(addStaff, input, options),
  update: (input, options) => call(updateStaff, input, options),
  remove: (input, options) => call(removeStaff, input, options),
  suspend: (input, options) => call(suspendStaff, input, options),
  resume: (input, options) => call(resumeStaff, input, options),
  resendInvitation: (input, options) => call(resendInvitation, input, options),
  resetFactors: (input, options) => call(resetStaffFactors, input, options),
  startPasswordReset: (staffId, options) => call(startStaffPasswordReset, { staffId }, options),
  endSessions: (staffId, options) => call(endStaffSessions, { staffId }, options),
});
