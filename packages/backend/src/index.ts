// The API as a function
export { createBackend } from "./app.ts";
export type { Backend, BackendOptions } from "./app.ts";
export type { ScheduledWork } from "./services/scheduled-work.ts";
export { sealAudit } from "./services/audit-sealer.ts";
export { verifyAudit } from "./services/audit-verification.ts";
export type { AuditHead } from "./services/audit-sealer.ts";
export type { AuditProblem, AuditVerification } from "./services/audit-verification.ts";
export { describeError } from "./log.ts";
export type { Log } from "./log.ts";

// What the operator does
export { publishNotice } from "./services/publish-notice.ts";
export type { NoticeInput, PublishedNotice } from "./services/publish-notice.ts";
export { openIncident } from "./services/open-incident.ts";
export type { IncidentInput } from "./services/open-incident.ts";
export { UnusableText } from "./domain/plain-text.ts";

// Keys kept by the store
export { createStoredKeys } from "./keys/stored-keys.ts";
export { rotateKeys } from "./keys/rotate-keys.ts";

// One-time codes, for whoever plays the authenticator app
export { totpCode, totpStep } from "./domain/totp.ts";
