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
const patient = ["patient"] as const;

export const permissions = {
  signIn: everyone,
  verifyMfa: everyone,
  sendMfaCode: everyone,
  startMfaPasskey: everyone,
  startPasskeySignIn: everyone,
  signInWithPasskey: everyone,
  refreshToken: everyone,
  reauthenticate: everyone,
  signOut: everyone,
  requestPasswordReset: everyone,
  confirmPasswordReset: everyone,
  setInitialPassword: signedIn,

  listFactors: signedIn,
  startTotp: signedIn,
  confirmTotp: signedIn,
  startSms: signedIn,
  confirmSms: signedIn,
  startPasskey: signedIn,
  addPasskey: signedIn,
  removeFactor: signedIn,
  createRecoveryCodes: signedIn,

  getMe: signedIn,
  updateMe: signedIn,
  changePassword: signedIn,
  requestEmailChange: signedIn,
  confirmEmailChange: everyone,
  withdraw: patient,
  requestRegistration: everyone,
  confirmRegistration: everyone,
  listSessions: signedIn,
  endSession: signedIn,

  listStaff: admin,
  getStaff: admin,
  addStaff: admin,
  changeStaffRole: admin,
  previewStaffRoles: admin,
  changeStaffRoles: admin,
  updateStaff: admin,
  removeStaff: admin,
  suspendStaff: admin,
  resumeStaff: admin,
  resendInvitation: admin,
  resetStaffFactors: admin,
  startStaffPasswordReset: admin,
  endStaffSessions: admin,
  confirmInvitation: everyone,

  listCategories: clinic,
  createCategory: admin,
  updateCategory: admin,
  deleteCategory: admin,
  orderCategories: admin,
  listGroups: clinic,
  getGroup: clinic,
  createGroup: clinic,
  updateGroup: clinic,
  deleteGroup: admin,
  changeGroupMembers: clinic,
  searchPatients: clinic,
  getPatient: clinic,
  getPatientGroups: clinic,
  putPatientGroups: clinic,

  getInstitution: admin,
  updateInstitutionSettings: admin,

  listNotices: signedIn,
  acknowledgeNotice: signedIn,
  listIncidents: admin,
  searchAuditEvents: admin,
  exportAuditEvents: admin,

  getMeta: everyone,
  getPasswordPolicy: everyone,
  getPromises: everyone,
  getHealth: everyone,
  getOpenApi: everyone,
  getSecurityTxt: everyone,
  getJwks: everyone,
} as const satisfies Record<string, readonly Caller[]>;

export type OperationId = keyof typeof permissions;

/** Whether a caller may use an operation. @example mayCall("createGroup", "staff") // true */
export function mayCall(operationId: OperationId, caller: Caller): boolean {
  const callers: readonly Caller[] = permissions[operationId];
  return callers.includes("public") || callers.includes(caller);
}
