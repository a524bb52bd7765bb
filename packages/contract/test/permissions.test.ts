import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  mayCall,
  operations,
  permissions,
  type Caller,
  type OperationId,
  type OperationRow,
} from "@welby/contract";

// Written out by hand, so that a slip in the contract's own table shows.
// a = admin, s = staff, p = patient, - = nobody signed in
const EXPECTED: Record<string, string> = {
  signIn: "asp-",
  verifyMfa: "asp-",
  sendMfaCode: "asp-",
  startMfaPasskey: "asp-",
  startPasskeySignIn: "asp-",
  signInWithPasskey: "asp-",
  refreshToken: "asp-",
  reauthenticate: "asp-",
  signOut: "asp-",
  requestPasswordReset: "asp-",
  confirmPasswordReset: "asp-",
  setInitialPassword: "asp",

  listFactors: "asp",
  startTotp: "asp",
  confirmTotp: "asp",
  startSms: "asp",
  confirmSms: "asp",
  startPasskey: "asp",
  addPasskey: "asp",
  removeFactor: "asp",
  createRecoveryCodes: "asp",

  getMe: "asp",
  updateMe: "asp",
  changePassword: "asp",
  requestEmailChange: "asp",
  confirmEmailChange: "asp-",
  withdraw: "p",
  requestRegistration: "asp-",
  confirmRegistration: "asp-",
  listSessions: "asp",
  endSession: "asp",

  listStaff: "a",
  getStaff: "a",
  addStaff: "a",
  changeStaffRole: "a",
  previewStaffRoles: "a",
  changeStaffRoles: "a",
  updateStaff: "a",
  removeStaff: "a",
  suspendStaff: "a",
  resumeStaff: "a",
  resendInvitation: "a",
  resetStaffFactors: "a",
  startStaffPasswordReset: "a",
  endStaffSessions: "a",
  confirmInvitation: "asp-",

  listCategories: "as",
  createCategory: "a",
  updateCategory: "a",
  deleteCategory: "a",
  orderCategories: "a",
  listGroups: "as",
  getGroup: "as",
  createGroup: "as",
  updateGroup: "as",
  deleteGroup: "a",
  changeGroupMembers: "as",
  searchPatients: "as",
  getPatient: "as",
  getPatientGroups: "as",
  putPatientGroups: "as",

  getInstitution: "a",
  updateInstitutionSettings: "a",

  listNotices: "asp",
  acknowledgeNotice: "asp",
  listIncidents: "a",
  searchAuditEvents: "a",
  exportAuditEvents: "a",

  getMeta: "asp-",
  getPasswordPolicy: "asp-",
  getPromises: "asp-",
  getHealth: "asp-",
  getOpenApi: "asp-",
  getSecurityTxt: "asp-",
  getJwks: "asp-",
};
const CALLERS: Record<string, Caller> = { a: "admin", s: "staff", p: "patient", "-": "public" };

describe("A-041 the permission table", () => {
  test("RO-7 names every operation and no other", () => {
    assert.deepEqual(Object.keys(permissions).sort(), Object.keys(EXPECTED).sort());
    assert.deepEqual(Object.keys(operations).sort(), Object.keys(EXPECTED).sort());
  });

  for (const [id, callers] of Object.entries(EXPECTED)) {
    for (const [letter, caller] of Object.entries(CALLERS)) {
      const allowed = callers.includes(letter);
      test(`${caller} ${allowed ? "may" : "may not"} call ${id}`, () => {
        assert.equal(mayCall(id as OperationId, caller), allowed);
      });
    }
  }

  test("whatever is open to everybody needs no access token, and the rest needs one", () => {
    for (const operation of Object.values(operations) as OperationRow[]) {
      const open = (EXPECTED[operation.id] ?? "").includes("-");
      assert.equal(operation.authentication !== "access", open, operation.id);
    }
  });
});
