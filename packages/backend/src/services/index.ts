import type { OperationId } from "@welby/contract";
import { exportAuditEvents } from "./audit-export.ts";
import { searchAuditEvents } from "./audit-search.ts";
import { listCategories } from "./categories.ts";
import { createCategory, deleteCategory, orderCategories, updateCategory } from "./category-changes.ts";
import { changePassword } from "./change-password.ts";
import { confirmInvitation } from "./confirm-invitation.ts";
import { deleteGroup, updateGroup } from "./group-changes.ts";
import { changeGroupMembers, createGroup, getGroup, listGroups } from "./groups.ts";
import { listFactors, removeFactor } from "./factor-list.ts";
import { withdraw } from "./withdrawal.ts";
import { setInitialPassword } from "./initial-password.ts";
import { listIncidents } from "./incidents.ts";
import { acknowledgeNotice, listNotices } from "./notices.ts";
import { getMe, updateMe } from "./me.ts";
import { updateInstitutionSettings } from "./institution-settings.ts";
import { getInstitution } from "./institution.ts";
import { getHealth, getJwks, getMeta, getOpenApi, getPasswordPolicy } from "./meta.ts";
import { endSession, listSessions } from "./own-sessions.ts";
import { confirmEmailChange, requestEmailChange } from "./email-change.ts";
import { confirmRegistration } from "./registration.ts";
import { requestRegistration } from "./registration-request.ts";
import { confirmPasswordReset } from "./password-reset.ts";
import { getPatient } from "./patient-detail.ts";
import { getPatientGroups, putPatientGroups, searchPatients } from "./patients.ts";
import { reauthenticate } from "./reauthenticate.ts";
import { refreshToken } from "./refresh-token.ts";
import { requestPasswordReset } from "./reset-request.ts";
import { resendInvitation } from "./resend-invitation.ts";
import { changeStaffRole, changeStaffRoles, previewStaffRoles } from "./roles.ts";
import { createRecoveryCodes } from "./recovery-codes.ts";
import { verifyMfa } from "./second-factor.ts";
import { getPromises } from "./promises.ts";
import { getSecurityTxt } from "./security-txt.ts";
import type { Service } from "./service.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";
import { addStaff, getStaff, listStaff } from "./staff.ts";
import { endStaffSessions, resetStaffFactors, startStaffPasswordReset } from "./staff-access.ts";
import { removeStaff, resumeStaff, suspendStaff, updateStaff } from "./staff-life-cycle.ts";
import { startMfaPasskey } from "./mfa-passkey.ts";
import { addPasskey, startPasskey } from "./passkey-setup.ts";
import { signInWithPasskey, startPasskeySignIn } from "./passkey-sign-in.ts";
import { sendMfaCode } from "./mfa-code.ts";
import { confirmSms, startSms } from "./sms-setup.ts";
import { confirmTotp, startTotp } from "./totp-setup.ts";

/** The service of each operation. One that is missing, or that the contract does not name, does not compile. */
export const services: { readonly [Id in OperationId]: Service<Id> } = {
  signIn,
  verifyMfa,
  sendMfaCode,
  startMfaPasskey,
  startPasskeySignIn,
  signInWithPasskey,
  setInitialPassword,
  refreshToken,
  reauthenticate,
  signOut,
  requestPasswordReset,
  confirmPasswordReset,

  listFactors,
  startTotp,
  confirmTotp,
  startSms,
  confirmSms,
  startPasskey,
  addPasskey,
  removeFactor,
  createRecoveryCodes,

  getMe,
  updateMe,
  changePassword,
  requestEmailChange,
  confirmEmailChange,
  withdraw,
  requestRegistration,
  confirmRegistration,
  listSessions,
  endSession,

  listStaff,
  getStaff,
  addStaff,
  changeStaffRole,
  previewStaffRoles,
  changeStaffRoles,
  updateStaff,
  removeStaff,
  suspendStaff,
  resumeStaff,
  resendInvitation,
  resetStaffFactors,
  startStaffPasswordReset,
  endStaffSessions,
  confirmInvitation,

  listGroups,
  getGroup,
  createGroup,
  updateGroup,
  deleteGroup,
  changeGroupMembers,
  listCategories,
  createCategory,
  updateCategory,
  deleteCategory,
  orderCategories,
  searchPatients,
  getPatient,
  getPatientGroups,
  putPatientGroups,

  getInstitution,
  updateInstitutionSettings,

  listNotices,
  acknowledgeNotice,
  listIncidents,
  searchAuditEvents,
  exportAuditEvents,

  getMeta,
  getPasswordPolicy,
  getPromises,
  getHealth,
  getOpenApi,
  getSecurityTxt,
  getJwks,
};
