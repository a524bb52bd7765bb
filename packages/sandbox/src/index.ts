// The sandbox in this process
export { startSandbox, type Sandbox } from "./start.ts";
export { UnusableOptions, type SandboxOptions } from "./options.ts";
export { DataDirectoryInUse } from "./database/directory-lock.ts";
export { readyText } from "./ready-text.ts";

// Its parts, for a service of one's own
export { connectStore, type DatabasePlace } from "./database/connect.ts";
export { createArgon2Hasher, type Argon2HasherOptions } from "./hasher-argon2.ts";
export { jsonLog, type JsonLogOptions, type Log, type LogFields, type LogLevel } from "./log.ts";
