import type { OperationId } from "@welby/contract";
import { groupId, patientId, seedId, staffId } from "../../seed/index.ts";

export type SeededRole = "admin" | "staff" | "patient";

/**
 * What the white paper's API page demands of each operation, written a second time and by hand: the contract table is under
 * test here, so it cannot say itself what is right.
 */
export interface SecondRow {
  readonly method: "GET" | "POST" | "PUT";
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
  /** The path with an id of another hospital, and with one that is none. */
  readonly foreign?: readonly [path: string, malformed: string];
}

const everyone: readonly SeededRole[] = ["admin", "staff", "patient"];
const clinic: readonly SeededRole[] = ["admin", "staff"];
const admin: readonly SeededRole[] = ["admin"];

const takahashi = staffId("takahashi@minato.example.jp");
const foreignStaff = staffId("kobayashi@sakura.example.jp");
const patient = patientId("yoshida");
const foreignPatient = patientId("sakura-1");
const group = groupId("minato", "禁煙外来");
const foreignGroup = groupId("sakura", "訪問診療");
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
  getMe: { ...get, path: "/v1/me", needs: "session", roles: everyone },
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
  listCategories: { ...get, path: "/v1/categories", needs: "session", roles: clinic },
  listGroups: { ...get, path: "/v1/groups", needs: "session", roles: clinic },
  createGroup: {
    ...post,
    path: "/v1/groups",
    needs: "session",
    roles: clinic,
    idempotency: "required",
    body: { name: "適合性試験" },
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
  getMeta: { ...get, path: "/v1/meta", needs: "nothing" },
  getPasswordPolicy: { ...get, path: "/v1/meta/password-policy", needs: "nothing" },
  getHealth: { ...get, path: "/health", needs: "nothing", clientless: true },
  getOpenApi: { ...get, path: "/openapi.json", needs: "nothing", clientless: true },
  getJwks: { ...get, path: "/.well-known/jwks.json", needs: "nothing", clientless: true },
};

/** An id that nobody has. */
export const NOBODY = seedId("nobody");
