/** Errors that the client throws. */
export { isWelbyError, WelbyConfigurationError, WelbyError } from "./welby-error.ts";
export type { WelbyErrorFields } from "./welby-error.ts";
export { WelbyApiError, WelbyConnectionError } from "./classes.ts";
export type { ErrorCode } from "@welby/contract/errors";
