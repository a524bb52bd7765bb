/**
 * The rows that a store keeps, one type a table. Instants are `Date`s, calendar dates are `YYYY-MM-DD` strings,
 * ids are UUIDs, secrets stand here only as hashes. A column that may be empty is `null`, never missing.
 */
import type { PasswordPreset } from "@welby/contract";

export interface InstitutionRecord {
  id: string;
  name: string;
  nameKana: string;
  medicalInstitutionCode: string | null;
  patientNumber: { pad: boolean; length: number | null; charset: "digits" | "alphanumeric" };
  idleTimeoutMin: number;
  passwordPreset: PasswordPreset;
  mfaRequired: boolean;
  /** Accounts in the contract; null means no limit. */
  seats: number | null;
}

export interface PartnerClientRecord {
  clientId: string;
  institutionId: string;
  name: string;
  allowedOrigins: string[];
  tokenBinding: "dpop" | "bearer";
  rpId: string | null;
  urls: { passwordReset: string; invitation: string; registration: string };
}

export interface AccountRecord {
  id: string;
  kind: "staff" | "patient";
  /** The institution of a staff account; null for a patient. */
  institutionId: string | null;
  /** argon2id PHC string. */
  passwordHash: string;
  mustChangePassword: boolean;
  /** Set while the initial password lives; past it the initial password is refused. */
  initialPasswordExpiresAt: Date | null;
  /** Rises with each credential change; reset tokens are bound to it. */
  credentialVersion: number;
  totpSecret: string | null;
  totpLastStep: number | null;
  closedAt: Date | null;
  lastSignInAt: Date | null;
  createdAt: Date;
}

/** An address or number that an account signs in with; `key` is unique within a realm (`staff:<institution>` or `patient`). */
export interface LoginIdRecord {
  id: string;
  accountId: string;
  realm: string;
  type: "email" | "phone";
  /** As stored and as mail is sent to. */
  value: string;
  /** Compare key. */
  key: string;
  verifiedAt: Date | null;
}

export interface StaffRecord {
  id: string;
  accountId: string;
  institutionId: string;
  nameText: string;
  nameKana: string | null;
  family: string | null;
  given: string | null;
  familyKana: string | null;
  givenKana: string | null;
  email: string;
  role: "admin" | "staff";
  occupation: string | null;
  status: "invited" | "active" | "suspended" | "removed";
  version: number;
  changedBy: string | null;
  changedAt: Date;
}

export interface PatientRecord {
  id: string;
  accountId: string | null;
  nameText: string;
  nameKana: string | null;
  family: string | null;
  given: string | null;
  familyKana: string | null;
  givenKana: string | null;
  birthDate: string | null;
  sex: "female" | "male" | "other" | "unknown";
}

/** A patient in an institution, with what searching there needs. */
export interface PatientLinkRecord {
  id: string;
  patientId: string;
  institutionId: string;
  patientNumber: string | null;
  /** Normalised and padded; unique per institution. */
  patientNumberKey: string | null;
  status: "requested" | "linked" | "revoked" | "unlinked";
  /** Rises with every change of the patient's groups here. */
  version: number;
  changedBy: string | null;
  changedAt: Date | null;
  /** Search keys (`searchKey` of @welby/text) of name and reading, joined by a newline. */
  searchKey: string;
  /** Reading for the 五十音 order (`kanaSortKey`); null when the reading is missing or no kana, and then last, in the row 他. */
  kanaSort: string | null;
  kanaRow: "あ" | "か" | "さ" | "た" | "な" | "は" | "ま" | "や" | "ら" | "わ" | "他";
  birthDate: string | null;
}

export interface GroupRecord {
  id: string;
  institutionId: string;
  categoryId: string | null;
  name: string;
  nameKey: string;
  sortOrder: number;
  version: number;
  deletedAt: Date | null;
}

export interface CategoryRecord {
  id: string;
  institutionId: string;
  name: string;
  nameKey: string;
  sortOrder: number;
  version: number;
}

/** History is kept: an ended membership has `removedAt`. At most one open row per group and patient. */
export interface MembershipRecord {
  id: string;
  institutionId: string;
  groupId: string;
  patientId: string;
  addedBy: string;
  addedAt: Date;
  removedBy: string | null;
  removedAt: Date | null;
}

export interface SessionRecord {
  id: string;
  accountId: string;
  clientId: string;
  /** Null for a bearer client. RFC 7638 thumbprint of the proof key. */
  keyThumbprint: string | null;
  deviceLabel: string;
  authenticatedAt: Date;
  amr: string[];
  createdAt: Date;
  lastSeenAt: Date;
  absoluteExpiresAt: Date;
  /** Opens nothing but the password change and the sign-out. */
  restricted: boolean;
  endedAt: Date | null;
  endReason: string | null;
}

/** One link of a rotation lineage; the newest unused one is valid. */
export interface RefreshTokenRecord {
  id: string;
  sessionId: string;
  /** SHA-256, base64url. */
  hash: string;
  createdAt: Date;
  usedAt: Date | null;
  /** The token that replaced this one. A retry within the grace derives the same successor again. */
  successorId: string | null;
}

/** A one-time secret (reset token, second-factor challenge), bound to account, purpose and credential version. */
export interface OneTimeSecretRecord {
  id: string;
  accountId: string;
  purpose: "password_reset" | "mfa";
  /** SHA-256, base64url. */
  hash: string;
  credentialVersion: number;
  /** Facts that the next step needs, e.g. client id and proof key of the sign-in. No secrets. */
  data: Record<string, string>;
  attempts: number;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
}

/** Failures counted under a key such as `account:staff:…`, `ip:…`, `totp:…`. */
export interface ThrottleRecord {
  key: string;
  failures: number;
  windowStartedAt: Date;
  blockedUntil: Date | null;
}

/** A key that signed in before: it is not slowed down by somebody else's wrong guesses. */
export interface KnownDeviceRecord {
  id: string;
  accountId: string;
  keyThumbprint: string;
  lastSeenAt: Date;
}

export interface ProofReplayRecord {
  /** SHA-256 of key thumbprint and jti. */
  id: string;
  expiresAt: Date;
}

export interface IdempotencyRecord {
  /** SHA-256 of actor, operation and key. */
  id: string;
  requestHash: string;
  status: number;
  headers: Record<string, string>;
  body: unknown;
  createdAt: Date;
}

export interface AuditRecord {
  id: string;
  /** Given by the store, rising within it. */
  seq: number;
  at: Date;
  institutionId: string | null;
  actorId: string | null;
  actorName: string | null;
  actorRole: string | null;
  action: string;
  targetType: string | null;
  targetId: string | null;
  result: "ok" | "refused" | "failed";
  reason: string | null;
  details: Record<string, unknown>;
  ip: string | null;
  userAgentHash: string | null;
  sessionId: string | null;
  requestId: string;
}

export interface OutboxRecord {
  id: string;
  seq: number;
  institutionId: string | null;
  channel: "email" | "sms";
  recipient: string;
  template: string;
  subject: string;
  body: string;
  status: "queued" | "sent" | "failed";
  attempts: number;
  createdAt: Date;
  nextAttemptAt: Date;
  sentAt: Date | null;
}

/** A key pair of the service (ES256 signing, nonce MAC), as JWK. */
export interface KeyRecord {
  id: string;
  use: "sign" | "nonce" | "refresh";
  jwk: Record<string, unknown>;
  createdAt: Date;
  retiredAt: Date | null;
}

/** Every table by name. */
export interface Records {
  institutions: InstitutionRecord;
  partnerClients: PartnerClientRecord;
  accounts: AccountRecord;
  loginIds: LoginIdRecord;
  staff: StaffRecord;
  patients: PatientRecord;
  patientLinks: PatientLinkRecord;
  groups: GroupRecord;
  categories: CategoryRecord;
  memberships: MembershipRecord;
  sessions: SessionRecord;
  refreshTokens: RefreshTokenRecord;
  oneTimeSecrets: OneTimeSecretRecord;
  throttles: ThrottleRecord;
  knownDevices: KnownDeviceRecord;
  proofReplays: ProofReplayRecord;
  idempotency: IdempotencyRecord;
  audit: AuditRecord;
  outbox: OutboxRecord;
  keys: KeyRecord;
}

export type TableName = keyof Records;
