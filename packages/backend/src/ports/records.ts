/**
 * The rows that a store keeps, one type a table. Instants are `Date`s, calendar dates are `YYYY-MM-DD` strings,
 * ids are UUIDs, secrets stand here only as hashes. A column that may be empty is `null`, never missing.
 */
import type { PasswordPreset } from "@welby/contract";
import type { WebhookEventType } from "@welby/contract/events";
import type { Amr } from "../domain/amr.ts";

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
  /** Addresses that an incident is told to (clause 15); none means every administrator. */
  incidentContacts: readonly string[];
  /** The last day of the contract; null where none was agreed. */
  contractEndsOn: string | null;
  retention: {
    /** Days for which the data of a patient who withdrew are kept. */
    patientDays: number;
    /** Years for which the audit log is kept. */
    auditYears: number;
  };
  /** Rises with every change of the settings. */
  version: number;
  changedBy: string | null;
  changedAt: Date | null;
}

export interface PartnerClientRecord {
  clientId: string;
  institutionId: string;
  name: string;
  allowedOrigins: string[];
  tokenBinding: "dpop" | "bearer";
  rpId: string | null;
  urls: { passwordReset: string; invitation: string; registration: string };
  webhookEndpoints: WebhookEndpoint[];
}

/** Where a partner's server is told of events. Two entries with one `url` are one endpoint whose secret is being replaced. */
export interface WebhookEndpoint {
  readonly url: string;
  /** `whsec_` and base64 of 24 to 64 bytes. Kept as it is, because it signs. */
  readonly secret: string;
  readonly events: readonly WebhookEventType[];
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
  closedAt: Date | null;
  lastSignInAt: Date | null;
  createdAt: Date;
}

/** A second factor of an account. While `confirmedAt` is null it was not proved yet and counts for nothing. */
export interface FactorRecord {
  id: string;
  accountId: string;
  kind: "totp" | "sms" | "passkey";
  /** What its owner calls it. */
  label: string;
  /** Base32; of an authenticator app only, like the last time step used. */
  totpSecret: string | null;
  totpLastStep: number | null;
  /** E.164; of SMS only. */
  phone: string | null;
  /** Base64url; of a passkey only, like all that follow. */
  credentialId: string | null;
  /** COSE, base64url. */
  publicKey: string | null;
  signCount: number | null;
  /** Whether the passkey may leave its device (BE) and has done so (BS). */
  backupEligible: boolean | null;
  backedUp: boolean | null;
  transports: string[];
  createdAt: Date;
  confirmedAt: Date | null;
  lastUsedAt: Date | null;
}

/** One of ten codes for the day on which every device is lost. Read by its selector, so that one hash is computed for a try. */
export interface RecoveryCodeRecord {
  id: string;
  accountId: string;
  selector: string;
  /** argon2id PHC string of the whole code. */
  hash: string;
  createdAt: Date;
  usedAt: Date | null;
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
  /** How the invitation goes out; null for a member who never needed one. */
  invitation: "initial_password" | "link" | null;
  /** Account id of the administrator whose invitation it is; null for one that the operator made. */
  invitedBy: string | null;
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
  /** Rises with each change by its owner. */
  version: number;
  changedAt: Date | null;
  /** When the data of somebody who withdrew are to be purged; null while the account is open. */
  purgeAfter: Date | null;
  /** Why the data must be kept whatever their time (a legal hold); null for the usual. */
  legalHold: string | null;
}

/** What somebody agreed to, and when. Kept as proof also when everything else about the person is gone. */
export interface ConsentRecord {
  id: string;
  accountId: string;
  institutionId: string;
  clientId: string;
  kind: "terms";
  /** The version as the page showed it. */
  version: string;
  acceptedAt: Date;
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
  changedBy: string | null;
  changedAt: Date | null;
  deletedAt: Date | null;
}

export interface CategoryRecord {
  id: string;
  institutionId: string;
  name: string;
  nameKey: string;
  sortOrder: number;
  version: number;
  changedBy: string | null;
  changedAt: Date | null;
  deletedAt: Date | null;
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
  amr: Amr[];
  createdAt: Date;
  lastSeenAt: Date;
  absoluteExpiresAt: Date;
  /** What has to be done before the session opens anything else; null for a full one. */
  restriction: "password_change" | "mfa_enrollment" | null;
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
  /** For a registration, which has no account yet, the SHA-256 of the address that it is for. */
  accountId: string;
  purpose:
    | "password_reset"
    | "invitation"
    | "email_change"
    | "registration"
    | "mfa"
    | "sms_code"
    | "passkey_registration";
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

/** The seal of one event of the audit log. Events of one institution make one chain, each seal covering the one before. */
export interface AuditSealRecord {
  /** Of the event. */
  id: string;
  /** The institution's id, or `service` for events without one. */
  chain: string;
  /** Counts from 1 within the chain. */
  position: number;
  /** `seq` of the event. */
  eventSeq: number;
  previousHash: string | null;
  /** HMAC-SHA-256, base64url. */
  hash: string;
  sealedAt: Date;
}

/** Where a chain begins and where it ends. Sealed itself, so that cutting off either end shows. */
export interface AuditChainRecord {
  chain: string;
  /** The last event that was purged; 0 and null while all are there. */
  anchorPosition: number;
  anchorHash: string | null;
  headPosition: number;
  headSeq: number;
  headHash: string;
  mac: string;
}

/** Something that the operator tells. Plain text; who sees it depends on institution and audience. */
export interface NoticeRecord {
  id: string;
  /** Null for a notice to all of them. */
  institutionId: string | null;
  audience: "everyone" | "staff" | "admin";
  kind: "maintenance" | "emergency" | "change" | "incident";
  severity: "info" | "warning" | "critical";
  title: string;
  body: string;
  publishedAt: Date;
  validUntil: Date | null;
  mustAcknowledge: boolean;
}

export interface NoticeReadRecord {
  id: string;
  noticeId: string;
  accountId: string;
  readAt: Date;
}

/** A security incident that an institution has to be told of within a day. Texts are plain text. */
export interface IncidentRecord {
  id: string;
  institutionId: string;
  kind: "data_loss" | "outage" | "unauthorized_access" | "leak" | "other";
  status: "open" | "notified" | "late";
  occurredAt: Date;
  detectedAt: Date;
  dueAt: Date;
  /** When the last contact was told. */
  notifiedAt: Date | null;
  what: string;
  effect: string;
  measures: string;
  contact: string;
  nextUpdateAt: Date | null;
  /** Personal data leaked, were lost or damaged, or may have been. */
  personalData: boolean;
  /** Somebody may have acted with a wrongful purpose. */
  malicious: boolean;
  /** Hours after which an alarm was raised because somebody was not told yet. */
  alarms: number[];
}

/** The proof that one contact was told. */
export interface IncidentDeliveryRecord {
  id: string;
  incidentId: string;
  institutionId: string;
  channel: "email";
  recipient: string;
  /** The row of the outbox that carries it now. */
  messageId: string;
  /** Of messages that were given up before this one. */
  attempts: number;
  sentAt: Date | null;
}

export interface OutboxRecord {
  id: string;
  seq: number;
  institutionId: string | null;
  channel: "email" | "sms" | "webhook";
  /** An address, a number in E.164, or the URL of an endpoint. */
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
  use: "sign" | "nonce" | "refresh" | "audit";
  jwk: Record<string, unknown>;
  createdAt: Date;
  retiredAt: Date | null;
}

/** Who of several instances does a piece of scheduled work, and until when nobody else begins it. */
export interface LeaseRecord {
  name: string;
  holder: string;
  expiresAt: Date;
}

/** Every table by name. */
export interface Records {
  institutions: InstitutionRecord;
  partnerClients: PartnerClientRecord;
  accounts: AccountRecord;
  factors: FactorRecord;
  recoveryCodes: RecoveryCodeRecord;
  loginIds: LoginIdRecord;
  staff: StaffRecord;
  patients: PatientRecord;
  consents: ConsentRecord;
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
  auditSeals: AuditSealRecord;
  auditChains: AuditChainRecord;
  notices: NoticeRecord;
  noticeReads: NoticeReadRecord;
  incidents: IncidentRecord;
  incidentDeliveries: IncidentDeliveryRecord;
  outbox: OutboxRecord;
  keys: KeyRecord;
  leases: LeaseRecord;
}

export type TableName = keyof Records;
