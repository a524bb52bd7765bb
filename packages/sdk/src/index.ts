// Client
export { createClient } from "./client.ts";
export type {
  AuthResource,
  AuditResource,
  CallOptions,
  CategoriesResource,
  ClientEvents,
  ClientOptions,
  FactorsResource,
  GroupsResource,
  InstitutionResource,
  InvitationsResource,
  Logger,
  MeResource,
  MfaAnswer,
  IncidentsResource,
  NoticesResource,
  PatientsResource,
  RegistrationsResource,
  SessionReason,
  SessionState,
  SessionView,
  SignInStep,
  StaffResource,
  WelbyClient,
} from "./types.ts";
export type { Page, Paginated } from "./paginated.ts";

// Errors
export { isWelbyError, WelbyConfigurationError, WelbyError } from "./errors/welby-error.ts";
export { WelbyApiError, WelbyConnectionError } from "./errors/classes.ts";
export type { WelbyErrorFields } from "./errors/welby-error.ts";
export type { ErrorCode } from "@welby/contract/errors";

// Parts to replace
export type { SessionStore, StoredSession } from "./stores/store.ts";
export type { Transport, TransportRequest, TransportResponse } from "./transport/transport.ts";

// Data
export type {
  Audience,
  AuditEvent,
  Factor,
  Factors,
  GroupCategory,
  Incident,
  Institution,
  Me,
  Meta,
  Notice,
  OwnSession,
  PasskeyAssertion,
  PasskeyCreation,
  PasskeyRegistration,
  PasskeyRequest,
  PasskeySignInStart,
  PasswordPolicy,
  PatientDetail,
  PatientGroup,
  PatientGroups,
  PatientRow,
  PersonName,
  Promises,
  RoleChangesPreview,
  RowAction,
  StaffMember,
  TotpSetup,
} from "@welby/contract/schemas";
