import type { OperationId } from "@welby/contract";
import { setInitialPassword } from "./initial-password.ts";
import { getMe } from "./me.ts";
import { getHealth, getJwks, getMeta, getOpenApi, getPasswordPolicy } from "./meta.ts";
import { confirmPasswordReset } from "./password-reset.ts";
import { reauthenticate } from "./reauthenticate.ts";
import { refreshToken } from "./refresh-token.ts";
import { requestPasswordReset } from "./reset-request.ts";
import { verifyMfa } from "./second-factor.ts";
import type { Service } from "./service.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";

type Pending =
  | "listStaff"
  | "getStaff"
  | "addStaff"
  | "changeStaffRole"
  | "previewStaffRoles"
  | "changeStaffRoles"
  | "listCategories"
  | "listGroups"
  | "createGroup"
  | "changeGroupMembers"
  | "searchPatients"
  | "getPatientGroups"
  | "putPatientGroups";

/** The service of each operation. One that is missing, or that the contract does not name, does not compile. */
export const services: { readonly [Id in Exclude<OperationId, Pending>]: Service<Id> } = {
  signIn,
  verifyMfa,
  setInitialPassword,
  refreshToken,
  reauthenticate,
  signOut,
  requestPasswordReset,
  confirmPasswordReset,
  getMe,
  getMeta,
  getPasswordPolicy,
  getHealth,
  getOpenApi,
  getJwks,
};
