/**
 * Who may call which operation: the only place where a right is granted.
 * Deny by default: an operation that is missing here does not compile (its id is a key of this table).
 * `public` means that no session is needed.
 */
export type Role = "admin" | "staff" | "patient";
export type Caller = Role | "public";

const everyone = ["public"] as const;
const signedIn = ["admin", "staff", "patient"] as const;
const clinic = ["admin", "staff"] as const;
const admin = ["admin"] as const;

export const permissions = {
  signIn: everyone,
  verifyMfa: everyone,
  refreshToken: everyone,
  reauthenticate: everyone,
  signOut: everyone,
  requestPasswordReset: everyone,
  confirmPasswordReset: everyone,
  setInitialPassword: signedIn,

  getMe: signedIn,

  listStaff: admin,
  getStaff: admin,
  addStaff: admin,
  changeStaffRole: admin,
  previewStaffRoles: admin,
  changeStaffRoles: admin,

  listCategories: clinic,
  listGroups: clinic,
  createGroup: clinic,
  changeGroupMembers: clinic,
  searchPatients: clinic,
  getPatientGroups: clinic,
  putPatientGroups: clinic,

  getMeta: everyone,
  getPasswordPolicy: everyone,
  getHealth: everyone,
  getOpenApi: everyone,
  getJwks: everyone,
} as const satisfies Record<string, readonly Caller[]>;

export type OperationId = keyof typeof permissions;

/** Whether a caller may use an operation. @example mayCall("createGroup", "staff") // true */
export function mayCall(operationId: OperationId, caller: Caller): boolean {
  const callers: readonly Caller[] = permissions[operationId];
  return callers.includes("public") || callers.includes(caller);
}
