import assert from "node:assert/strict";
import { test } from "node:test";
import type { OperationId } from "@welby/contract";
import { createWorld } from "../support/world.ts";

/* Written by hand from the domain's table of permissions, not read from the table under test. */
type Who = "admin" | "staff" | "patient" | "nobody";
const EVERYBODY: readonly Who[] = ["admin", "staff", "patient", "nobody"];
const SIGNED_IN: readonly Who[] = ["admin", "staff", "patient"];
const CLINIC: readonly Who[] = ["admin", "staff"];
const ADMIN: readonly Who[] = ["admin"];

const expected: Record<OperationId, readonly Who[]> = {
  signIn: EVERYBODY,
  verifyMfa: EVERYBODY,
  sendMfaCode: EVERYBODY,
  startMfaPasskey: EVERYBODY,
  startPasskeySignIn: EVERYBODY,
  signInWithPasskey: EVERYBODY,
  refreshToken: EVERYBODY,
  reauthenticate: EVERYBODY,
  signOut: EVERYBODY,
  requestPasswordReset: EVERYBODY,
  confirmPasswordReset: EVERYBODY,
  setInitialPassword: SIGNED_IN,
  listFactors: SIGNED_IN,
  startTotp: SIGNED_IN,
  confirmTotp: SIGNED_IN,
  startSms: SIGNED_IN,
  confirmSms: SIGNED_IN,
  startPasskey: SIGNED_IN,
  addPasskey: SIGNED_IN,
  removeFactor: SIGNED_IN,
  createRecoveryCodes: SIGNED_IN,
  getMe: SIGNED_IN,
  updateMe: SIGNED_IN,
  changePassword: SIGNED_IN,
  requestEmailChange: SIGNED_IN,
  confirmEmailChange: EVERYBODY,
  withdraw: ["patient"],
  requestRegistration: EVERYBODY,
  confirmRegistration: EVERYBODY,
  listSessions: SIGNED_IN,
  endSession: SIGNED_IN,
  listStaff: ADMIN,
  getStaff: ADMIN,
  addStaff: ADMIN,
  changeStaffRole: ADMIN,
  previewStaffRoles: ADMIN,
  changeStaffRoles: ADMIN,
  updateStaff: ADMIN,
  removeStaff: ADMIN,
  suspendStaff: ADMIN,
  resumeStaff: ADMIN,
  resendInvitation: ADMIN,
  resetStaffFactors: ADMIN,
  startStaffPasswordReset: ADMIN,
  endStaffSessions: ADMIN,
  confirmInvitation: EVERYBODY,
  listCategories: CLINIC,
  createCategory: ADMIN,
  updateCategory: ADMIN,
  deleteCategory: ADMIN,
  orderCategories: ADMIN,
  listGroups: CLINIC,
  getGroup: CLINIC,
  createGroup: CLINIC,
  updateGroup: CLINIC,
  deleteGroup: ADMIN,
  changeGroupMembers: CLINIC,
  searchPatients: CLINIC,
  getPatient: CLINIC,
  getPatientGroups: CLINIC,
  putPatientGroups: CLINIC,
  getInstitution: ADMIN,
  updateInstitutionSettings: ADMIN,
  listNotices: SIGNED_IN,
  acknowledgeNotice: SIGNED_IN,
  listIncidents: ADMIN,
  searchAuditEvents: ADMIN,
  exportAuditEvents: ADMIN,
  getMeta: EVERYBODY,
  getPasswordPolicy: EVERYBODY,
  getPromises: EVERYBODY,
  getHealth: EVERYBODY,
  getOpenApi: EVERYBODY,
  getSecurityTxt: EVERYBODY,
  getJwks: EVERYBODY,
};

const world = await createWorld();
const patient = await world.client();
await patient.signIn("sato.kazuko@example.jp", undefined, "patient");
const callers = {
  admin: await world.signedIn("suzuki@minato.example.jp"),
  staff: await world.signedIn("takahashi@minato.example.jp"),
  patient,
  nobody: await world.client(),
};

/** Past authentication and authorization, an empty input is refused for other reasons; those two come first. */
const SHUT_OUT = new Set(["forbidden", "unauthenticated"]);

for (const [id, allowed] of Object.entries(expected) as [OperationId, readonly Who[]][]) {
  for (const who of EVERYBODY) {
    const may = allowed.includes(who);
    test(`RO-1 A-041: ${who} ${may ? "may" : "may not"} call ${id}`, async () => {
      const client = callers[who];
      const { session } = client;
      const { status, body } = await client.send(id, {});
      client.session = session;
      const code = (body as { code?: string } | null)?.code ?? "";
      if (may) assert.ok(!SHUT_OUT.has(code), code);
      else assert.equal(code, who === "nobody" ? "unauthenticated" : "forbidden");
      if (!may) assert.equal(status, who === "nobody" ? 401 : 403);
    });
  }
}

test("A-044: each refusal of a signed-in person is in the audit log, with the operation and the person", async () => {
  await callers.staff.send("listStaff");
  const row = (
    await world.store.transaction((transaction) =>
      transaction.audit.list({ action: "access.refused" }, { orderBy: ["seq"] }),
    )
  ).at(-1);
  assert.equal(row?.result, "refused");
  assert.equal(row?.targetId, "listStaff");
  assert.equal(row?.actorName, "髙橋 由美");
  assert.match(row?.requestId ?? "", /^[0-9a-f-]{36}$/);
});
