// The API as a function
export { createBackend } from "./app.ts";
export type { Backend, BackendOptions } from "./app.ts";
export { describeError } from "./log.ts";
export type { Log } from "./log.ts";

// Keys kept by the store
export { createStoredKeys } from "./keys/stored-keys.ts";

// One-time codes, for whoever plays the authenticator app
export { totpCode, totpStep } from "./domain/totp.ts";
