import type { OperationId } from "@welby/contract";
import { listCategories } from "./categories.ts";
import { changeGroupMembers, createGroup, listGroups } from "./groups.ts";
import { setInitialPassword } from "./initial-password.ts";
import { getMe } from "./me.ts";
import { getHealth, getJwks, getMeta, getOpenApi, getPasswordPolicy } from "./meta.ts";
import { confirmPasswordReset } from "./password-reset.ts";
import { getPatientGroups, putPatientGroups, searchPatients } from "./patients.ts";
import { reauthenticate } from "./reauthenticate.ts";
import { refreshToken } from "./refresh-token.ts";
import { requestPasswordReset } from "./reset-request.ts";
import { changeStaffRole, changeStaffRoles, previewStaffRoles } from "./roles.ts";
import { verifyMfa } from "./second-factor.ts";
import type { Service } from "./service.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";
import { addStaff, getStaff, listStaff } from "./staff.ts";

/** The service of each operation. One that is missing, or that the contract does not name, does not compile. */
export const services: { readonly [Id in OperationId]: Service<Id> } = {
  signIn,
  verifyMfa,
  setInitialPassword,
  refreshToken,
  reauthenticate,
  signOut,
  requestPasswordReset,
  confirmPasswordReset,

  getMe,

  listStaff,
  getStaff,
  addStaff,
  changeStaffRole,
  previewStaffRoles,
  changeStaffRoles,

  listGroups,
  createGroup,
  changeGroupMembers,
  listCategories,
  searchPatients,
  getPatientGroups,
  putPatientGroups,

  getMeta,
  getPasswordPolicy,
  getHealth,
  getOpenApi,
  getJwks,
};
