/** The API as data. Browser code imports the zod-free subpaths (`/errors`, `/permissions`, `/policy`) or types only. */
export { defineOperation, pathParameters } from "./operation.ts";
export type {
  Authentication,
  ClientRow,
  InputOf,
  OperationRow,
  ParsedInputOf,
  ResultOf,
} from "./operation.ts";
export { operations } from "./operations/index.ts";
export type { Operations } from "./operations/index.ts";
export { errors, errorText, isErrorCode } from "./errors.ts";
export type { ErrorCode, ErrorEntry, ErrorText, Locale } from "./errors.ts";
export { mayCall, permissions } from "./permissions.ts";
export type { Caller, OperationId, Role } from "./permissions.ts";
export { brokenRules, checkPassword, passwordForm, passwordPresets } from "./policy.ts";
export type { PasswordCheck, PasswordPreset, PasswordRule, PasswordRules } from "./policy.ts";
export type * from "./schemas/index.ts";
