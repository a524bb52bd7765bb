import type { OperationId } from "@welby/contract";
import { groupId, patientId, seedId, staffId } from "../../seed/index.ts";

export type SeededRole = "admin" | "staff" | "patient";

/**
 * What the white paper's API page demands of each operation, written a second time and by hand: the contract table is under
 * test here, so it cannot say itself what is right.
 */
export interface SecondRow {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With path parameters filled in by the seed. */
  readonly path: string;
  /** What has to be shown: nothing, a key of the device, or a session. */
  readonly needs: "nothing" | "key" | "session";
  /** Whom a session opens it to. */
  readonly roles?: readonly SeededRole[];
  /** An input that would be accepted, were there nothing else to refuse. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly clientless?: true;
  readonly ifMatch?: true;
  readonly idempotency?: "required" | "optional";
  readonly stepUp?: true;
  /** Open to a session that waits for its first second factor. */
  readonly duringEnrollment?: true;
  /** The path with an id of another hospital, and with one that is none. */
  readonly foreign?: readonly [path: string, malformed: string];
}

const everyone: readonly SeededRole[] = ["admin", "staff", "patient"];
const clinic: readonly SeededRole[] = ["admin", "staff"];
const admin: readonly SeededRole[] = ["admin"];

const takahashi = staffId("takahashi@minato.example.jp");
const watanabe = staffId("watanabe@minato.example.jp");
const saito = staffId("saito@minato.example.jp");
const foreignStaff = staffId("kobayashi@sakura.example.jp");
const patient = patientId("yoshida");
const foreignPatient = patientId("sakura-1");
const group = groupId("minato", "禁煙外来");
const foreignGroup = groupId("sakura", "訪問診療");
const category = seedId("category:minato:曜日外来");
const foreignCategory = seedId("category:sakura:疾患");
/** The authenticator app of 架空大学's administrator: an own one is never removed by the general parts of the script. */
const foreignFactor = seedId(`factor:${seedId("account:admin@kakuu.example.jp")}`);
const madeKey = { id: "aQ", rawId: "aQ", type: "public-key" };
const changes = [{ staffId: takahashi, role: "admin", version: 1 }];
const password = "yuugata-no-umi-ni-7-kamome";

const get = { method: "GET" } as const;
const post = { method: "POST" } as const;

export const secondTable: Readonly<Record<OperationId, SecondRow>> = {
  signIn: {
    ...post,
    path: "/v1/auth/sign-in",
    needs: "key",
    body: { audience: "staff", loginId: "nobody@minato.example.jp", password },
  },
  verifyMfa: {
    ...post,
    path: "/v1/auth/mfa/verify",
    needs: "key",
    body: { challenge: "x", method: "totp", code: "000000" },
  },
  startMfaPasskey: { ...post, path: "/v1/auth/mfa/passkey", needs: "key", body: { challenge: "x" } },
  startPasskeySignIn: {
    ...post,
    path: "/v1/auth/passkeys/options",
    needs: "nothing",
    body: { audience: "staff" },
  },
  signInWithPasskey: {
    ...post,
    path: "/v1/auth/passkeys/sign-in",
    needs: "key",
    body: {
      challenge: "x",
      credential: {
        ...madeKey,
        response: { clientDataJSON: "e30", authenticatorData: "aQ", signature: "aQ" },
      },
    },
  },
  sendMfaCode: { ...post, path: "/v1/auth/mfa/sms", needs: "key", body: { challenge: "x" } },
  setInitialPassword: {
    ...post,
    path: "/v1/auth/initial-password",
    needs: "session",
    roles: everyone,
    body: { newPassword: password },
  },
  refreshToken: { ...post, path: "/v1/auth/token", needs: "key", body: { refreshToken: "x" } },
  reauthenticate: {
    ...post,
    path: "/v1/auth/reauthenticate",
    needs: "key",
    body: { refreshToken: "x", password },
  },
  signOut: { ...post, path: "/v1/auth/sign-out", needs: "key", body: { refreshToken: "x" } },
  requestPasswordReset: {
    ...post,
    path: "/v1/auth/password-resets",
    needs: "nothing",
    body: { audience: "staff", email: "nobody@minato.example.jp" },
  },
  confirmPasswordReset: {
    ...post,
    path: "/v1/auth/password-resets/confirm",
    needs: "nothing",
    body: { token: "x", newPassword: password },
  },
  listFactors: { ...get, path: "/v1/me/factors", needs: "session", duringEnrollment: true, roles: everyone },
  startTotp: {
    ...post,
    path: "/v1/me/factors/totp",
    needs: "session",
    duringEnrollment: true,
    roles: everyone,
    stepUp: true,
  },
  confirmTotp: {
    ...post,
    path: "/v1/me/factors/totp/confirm",
    needs: "session",
    duringEnrollment: true,
    roles: everyone,
    stepUp: true,
    body: { code: "000000" },
  },
  startSms: {
    ...post,
    path: "/v1/me/factors/sms",
    needs: "session",
    duringEnrollment: true,
    roles: everyone,
    stepUp: true,
    body: { phone: "090-0000-0031" },
  },
  confirmSms: {
    ...post,
    path: "/v1/me/factors/sms/confirm",
    needs: "session",
    duringEnrollment: true,
    roles: everyone,
    stepUp: true,
    body: { code: "000000" },
  },
  startPasskey: {
    ...post,
    path: "/v1/me/factors/passkeys/options",
    needs: "session",
    duringEnrollment: true,
    roles: everyone,
    stepUp: true,
  },
  addPasskey: {
    ...post,
    path: "/v1/me/factors/passkeys",
    needs: "session",
    duringEnrollment: true,
    roles: everyone,
    stepUp: true,
    body: {
      label: "鍵",
      credential: { ...madeKey, response: { clientDataJSON: "e30", attestationObject: "oA" } },
    },
  },
  removeFactor: {
    method: "DELETE",
    path: `/v1/me/factors/${foreignFactor}`,
    needs: "session",
    roles: everyone,
    stepUp: true,
    idempotency: "optional",
    foreign: [`/v1/me/factors/${foreignFactor}`, "/v1/me/factors/1"],
  },
  createRecoveryCodes: {
    ...post,
    path: "/v1/me/factors/recovery-codes",
    needs: "session",
    duringEnrollment: true,
    roles: everyone,
    stepUp: true,
  },
  getMe: { ...get, path: "/v1/me", needs: "session", roles: everyone },
  updateMe: {
    method: "PATCH",
    path: "/v1/me",
    needs: "session",
    roles: everyone,
    ifMatch: true,
    body: { name: { family: "鈴木", given: "健一" } },
  },
  requestEmailChange: {
    ...post,
    path: "/v1/me/email-changes",
    needs: "session",
    roles: everyone,
    stepUp: true,
    body: { email: "new@minato.example.jp" },
  },
  confirmEmailChange: {
    ...post,
    path: "/v1/me/email-changes/confirm",
    needs: "nothing",
    body: { token: "x" },
  },
  requestRegistration: {
    ...post,
    path: "/v1/registrations",
    needs: "nothing",
    body: { email: "nobody@example.jp" },
  },
  confirmRegistration: {
    ...post,
    path: "/v1/registrations/confirm",
    needs: "nothing",
    body: {
      token: "x",
      name: { family: "新田", given: "光", familyKana: "ニッタ", givenKana: "ヒカル" },
      birthDate: "1990-04-01",
      sex: "other",
      password,
      acceptedTermsVersion: "2026-04-01",
    },
  },
  withdraw: {
    ...post,
    path: "/v1/me/withdrawal",
    needs: "session",
    roles: ["patient"],
    stepUp: true,
    body: { confirmation: "退会" },
  },
  changePassword: {
    method: "PUT",
    path: "/v1/me/password",
    needs: "session",
    roles: everyone,
    body: { currentPassword: "wrong-password-is-wrong", newPassword: password },
  },
  listSessions: { ...get, path: "/v1/me/sessions", needs: "session", roles: everyone },
  endSession: {
    method: "DELETE",
    path: `/v1/me/sessions/${seedId("nobody")}`,
    needs: "session",
    roles: everyone,
    foreign: [`/v1/me/sessions/${foreignStaff}`, "/v1/me/sessions/1"],
  },
  listStaff: { ...get, path: "/v1/staff", needs: "session", roles: admin },
  getStaff: {
    ...get,
    path: `/v1/staff/${takahashi}`,
    needs: "session",
    roles: admin,
    foreign: [`/v1/staff/${foreignStaff}`, "/v1/staff/takahashi"],
  },
  addStaff: {
    ...post,
    path: "/v1/staff",
    needs: "session",
    roles: admin,
    idempotency: "required",
    body: { name: { family: "新人", given: "一" }, email: "shinjin@minato.example.jp" },
  },
  changeStaffRole: {
    method: "PUT",
    path: `/v1/staff/${takahashi}/role`,
    needs: "session",
    roles: admin,
    stepUp: true,
    ifMatch: true,
    idempotency: "optional",
    body: { role: "admin" },
    foreign: [`/v1/staff/${foreignStaff}/role`, "/v1/staff/takahashi/role"],
  },
  previewStaffRoles: {
    ...post,
    path: "/v1/staff/role-changes/preview",
    needs: "session",
    roles: admin,
    body: { changes },
  },
  changeStaffRoles: {
    ...post,
    path: "/v1/staff/role-changes",
    needs: "session",
    roles: admin,
    stepUp: true,
    idempotency: "optional",
    body: { changes },
  },
  updateStaff: {
    method: "PATCH",
    path: `/v1/staff/${takahashi}`,
    needs: "session",
    roles: admin,
    ifMatch: true,
    idempotency: "optional",
    body: { occupation: "栄養士" },
    foreign: [`/v1/staff/${foreignStaff}`, "/v1/staff/takahashi"],
  },
  removeStaff: {
    method: "DELETE",
    path: `/v1/staff/${takahashi}`,
    needs: "session",
    roles: admin,
    stepUp: true,
    ifMatch: true,
    idempotency: "optional",
    foreign: [`/v1/staff/${foreignStaff}`, "/v1/staff/takahashi"],
  },
  suspendStaff: {
    ...post,
    path: `/v1/staff/${takahashi}/suspend`,
    needs: "session",
    roles: admin,
    ifMatch: true,
    idempotency: "optional",
    body: { reason: "休職のため" },
    foreign: [`/v1/staff/${foreignStaff}/suspend`, "/v1/staff/takahashi/suspend"],
  },
  resumeStaff: {
    ...post,
    path: `/v1/staff/${watanabe}/resume`,
    needs: "session",
    roles: admin,
    ifMatch: true,
    idempotency: "optional",
    body: { reason: "復職のため" },
    foreign: [`/v1/staff/${foreignStaff}/resume`, "/v1/staff/takahashi/resume"],
  },
  resendInvitation: {
    ...post,
    path: `/v1/staff/${saito}/resend-invitation`,
    needs: "session",
    roles: admin,
    idempotency: "optional",
    body: { invitation: "link" },
    foreign: [`/v1/staff/${foreignStaff}/resend-invitation`, "/v1/staff/saito/resend-invitation"],
  },
  resetStaffFactors: {
    ...post,
    path: `/v1/staff/${takahashi}/reset-factors`,
    needs: "session",
    roles: admin,
    stepUp: true,
    idempotency: "optional",
    body: { reason: "スマートフォンの紛失" },
    foreign: [`/v1/staff/${foreignStaff}/reset-factors`, "/v1/staff/takahashi/reset-factors"],
  },
  startStaffPasswordReset: {
    ...post,
    path: `/v1/staff/${takahashi}/start-password-reset`,
    needs: "session",
    roles: admin,
    idempotency: "optional",
    foreign: [`/v1/staff/${foreignStaff}/start-password-reset`, "/v1/staff/takahashi/start-password-reset"],
  },
  endStaffSessions: {
    ...post,
    path: `/v1/staff/${takahashi}/end-sessions`,
    needs: "session",
    roles: admin,
    idempotency: "optional",
    foreign: [`/v1/staff/${foreignStaff}/end-sessions`, "/v1/staff/takahashi/end-sessions"],
  },
  confirmInvitation: {
    ...post,
    path: "/v1/invitations/confirm",
    needs: "nothing",
    body: { token: "x", newPassword: password },
  },
  listCategories: { ...get, path: "/v1/categories", needs: "session", roles: clinic },
  createCategory: {
    ...post,
    path: "/v1/categories",
    needs: "session",
    roles: admin,
    idempotency: "required",
    body: { name: "適合性試験" },
  },
  updateCategory: {
    method: "PATCH",
    path: `/v1/categories/${category}`,
    needs: "session",
    roles: admin,
    ifMatch: true,
    idempotency: "optional",
    body: { name: "曜日" },
    foreign: [`/v1/categories/${foreignCategory}`, "/v1/categories/1"],
  },
  deleteCategory: {
    method: "DELETE",
    path: `/v1/categories/${category}`,
    needs: "session",
    roles: admin,
    stepUp: true,
    ifMatch: true,
    idempotency: "optional",
    foreign: [`/v1/categories/${foreignCategory}`, "/v1/categories/1"],
  },
  orderCategories: {
    method: "PUT",
    path: "/v1/categories/order",
    needs: "session",
    roles: admin,
    idempotency: "optional",
    body: { categoryIds: [category] },
  },
  listGroups: { ...get, path: "/v1/groups", needs: "session", roles: clinic },
  getGroup: {
    ...get,
    path: `/v1/groups/${group}`,
    needs: "session",
    roles: clinic,
    foreign: [`/v1/groups/${foreignGroup}`, "/v1/groups/1"],
  },
  createGroup: {
    ...post,
    path: "/v1/groups",
    needs: "session",
    roles: clinic,
    idempotency: "required",
    body: { name: "適合性試験" },
  },
  updateGroup: {
    method: "PATCH",
    path: `/v1/groups/${group}`,
    needs: "session",
    roles: clinic,
    ifMatch: true,
    idempotency: "optional",
    body: { name: "禁煙" },
    foreign: [`/v1/groups/${foreignGroup}`, "/v1/groups/1"],
  },
  deleteGroup: {
    method: "DELETE",
    path: `/v1/groups/${group}`,
    needs: "session",
    roles: admin,
    stepUp: true,
    ifMatch: true,
    idempotency: "optional",
    foreign: [`/v1/groups/${foreignGroup}`, "/v1/groups/1"],
  },
  changeGroupMembers: {
    ...post,
    path: `/v1/groups/${group}/members/batch`,
    needs: "session",
    roles: clinic,
    idempotency: "optional",
    body: { add: [patient] },
    foreign: [`/v1/groups/${foreignGroup}/members/batch`, "/v1/groups/1/members/batch"],
  },
  searchPatients: { ...post, path: "/v1/patients/search", needs: "session", roles: clinic, body: {} },
  getPatient: {
    ...get,
    path: `/v1/patients/${patient}`,
    needs: "session",
    roles: clinic,
    foreign: [`/v1/patients/${foreignPatient}`, "/v1/patients/0"],
  },
  getPatientGroups: {
    ...get,
    path: `/v1/patients/${patient}/groups`,
    needs: "session",
    roles: clinic,
    foreign: [`/v1/patients/${foreignPatient}/groups`, "/v1/patients/0/groups"],
  },
  putPatientGroups: {
    method: "PUT",
    path: `/v1/patients/${patient}/groups`,
    needs: "session",
    roles: clinic,
    ifMatch: true,
    idempotency: "optional",
    body: { groupIds: [group] },
    foreign: [`/v1/patients/${foreignPatient}/groups`, "/v1/patients/0/groups"],
  },
  listNotices: { ...get, path: "/v1/notices", needs: "session", roles: everyone },
  acknowledgeNotice: {
    ...post,
    path: `/v1/notices/${seedId("notice:welcome")}/acknowledge`,
    needs: "session",
    roles: everyone,
    idempotency: "optional",
    foreign: [`/v1/notices/${seedId("notice:sakura")}/acknowledge`, "/v1/notices/1/acknowledge"],
  },
  listIncidents: { ...get, path: "/v1/incidents", needs: "session", roles: admin },
  searchAuditEvents: {
    ...post,
    path: "/v1/audit-events/search",
    needs: "session",
    roles: admin,
    body: { action: "staff.removed" },
  },
  exportAuditEvents: {
    ...post,
    path: "/v1/audit-events/export",
    needs: "session",
    roles: admin,
    stepUp: true,
    body: { action: "staff.removed" },
  },
  getInstitution: { ...get, path: "/v1/institution", needs: "session", roles: admin },
  updateInstitutionSettings: {
    method: "PATCH",
    path: "/v1/institution/settings",
    needs: "session",
    roles: admin,
    stepUp: true,
    ifMatch: true,
    idempotency: "optional",
    body: { idleTimeoutMin: 20 },
  },
  getMeta: { ...get, path: "/v1/meta", needs: "nothing" },
  getPasswordPolicy: { ...get, path: "/v1/meta/password-policy", needs: "nothing" },
  getPromises: { ...get, path: "/v1/meta/promises", needs: "nothing" },
  getHealth: { ...get, path: "/health", needs: "nothing", clientless: true },
  getOpenApi: { ...get, path: "/openapi.json", needs: "nothing", clientless: true },
  getSecurityTxt: { ...get, path: "/.well-known/security.txt", needs: "nothing", clientless: true },
  getJwks: { ...get, path: "/.well-known/jwks.json", needs: "nothing", clientless: true },
};

/** An id that nobody has. */
export const NOBODY = seedId("nobody");
