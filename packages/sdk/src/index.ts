// Client
export { createClient } from "./client.ts";
export type {
  AuthResource,
  CallOptions,
  CategoriesResource,
  ClientEvents,
  ClientOptions,
  GroupsResource,
  Logger,
  PatientsResource,
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
  GroupCategory,
  Me,
  Meta,
  PasswordPolicy,
  PatientGroup,
  PatientGroups,
  PatientRow,
  PersonName,
  RoleChangesPreview,
  RowAction,
  StaffMember,
} from "@welby/contract/schemas";
