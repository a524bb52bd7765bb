import * as z from "zod/mini";
import * as schemas from "./schemas/index.ts";

/** Shared schemas by the name that they have in the OpenAPI document. */
const components = {
  AccountId: schemas.accountId,
  AuditEventId: schemas.auditEventId,
  IncidentId: schemas.incidentId,
  NoticeId: schemas.noticeId,
  CategoryId: schemas.categoryId,
  FactorId: schemas.factorId,
  GroupId: schemas.groupId,
  InstitutionId: schemas.institutionId,
  PatientId: schemas.patientId,
  SessionId: schemas.sessionId,
  StaffId: schemas.staffId,

  NameInput: schemas.nameInput,
  PersonName: schemas.personName,

  SessionGrant: schemas.sessionGrant,
  SignInResult: schemas.signInResult,
  Me: schemas.me,
  OwnSession: schemas.ownSession,
  OwnSessions: schemas.ownSessions,
  PasswordChange: schemas.passwordChange,
  ProfileInput: schemas.profileInput,
  WithdrawalInput: schemas.withdrawalInput,
  RegistrationInput: schemas.registrationInput,

  Factor: schemas.factor,
  Factors: schemas.factors,
  PasskeyAssertion: schemas.passkeyAssertion,
  PasskeyCreation: schemas.passkeyCreation,
  PasskeyRegistration: schemas.passkeyRegistration,
  PasskeyRequest: schemas.passkeyRequest,
  RecoveryCodes: schemas.recoveryCodes,
  TotpSetup: schemas.totpSetup,

  RowAction: schemas.rowAction,
  StaffInput: schemas.staffInput,
  StaffMember: schemas.staffMember,
  StaffPage: schemas.staffPage,
  EndedSessions: schemas.endedSessions,
  FactorResetInput: schemas.factorResetInput,
  InvitationMode: schemas.invitationMode,
  ResendInput: schemas.resendInput,
  StaffChanges: schemas.staffChanges,
  StatusInput: schemas.statusInput,
  RoleInput: schemas.roleInput,
  RoleChangesInput: schemas.roleChangesInput,
  RoleChangesPreview: schemas.roleChangesPreview,
  RoleChangesResult: schemas.roleChangesResult,

  CategoryAction: schemas.categoryAction,
  CategoryInput: schemas.categoryInput,
  CategoryOrder: schemas.categoryOrder,
  CategoryOrderInput: schemas.categoryOrderInput,
  CategoryPage: schemas.categoryPage,
  GroupAction: schemas.groupAction,
  GroupCategory: schemas.groupCategory,
  GroupChanges: schemas.groupChanges,
  GroupInput: schemas.groupInput,
  GroupPage: schemas.groupPage,
  MembersInput: schemas.membersInput,
  MembersResult: schemas.membersResult,
  PatientGroup: schemas.patientGroup,

  PatientDetail: schemas.patientDetail,
  PatientGroups: schemas.patientGroups,
  PatientGroupsInput: schemas.patientGroupsInput,
  PatientPage: schemas.patientPage,
  PatientRow: schemas.patientRow,
  PatientSearch: schemas.patientSearch,

  Institution: schemas.institution,
  InstitutionSettingsInput: schemas.institutionSettingsInput,

  Incident: schemas.incident,
  IncidentDelivery: schemas.incidentDelivery,
  IncidentPage: schemas.incidentPage,

  Notice: schemas.notice,
  NoticePage: schemas.noticePage,

  AuditEvent: schemas.auditEvent,
  AuditExport: schemas.auditExport,
  AuditPage: schemas.auditPage,
  AuditSearch: schemas.auditSearch,

  Health: schemas.health,
  Meta: schemas.meta,
  PasswordPolicy: schemas.passwordPolicy,
  Promises: schemas.promises,
  PromiseKeeper: schemas.keeper,

  Conflict: schemas.conflict,
  FieldError: schemas.fieldError,
  Problem: schemas.problem,
};

/**
 * Gives the shared schemas their names, by which zod-openapi refers to them. Not by its own `components`: what stands
 * there counts as used in requests, and every schema of an answer would appear twice.
 */
export function nameComponents(): void {
  for (const [id, schema] of Object.entries(components)) {
    if (z.globalRegistry.get(schema)?.id !== id) z.globalRegistry.add(schema, { id });
  }
}
