import type { Records } from "../../ports/records.ts";
import { patientKeys } from "../../domain/patient-keys.ts";

/** Complete rows with new ids; every test works in an institution of its own, so one store serves all of them. */
export const uuid = () => crypto.randomUUID();
export const at = (text: string) => new Date(text);
const now = at("2026-11-23T00:05:00.123Z");

export function institution(changes: Partial<Records["institutions"]> = {}): Records["institutions"] {
  return {
    id: uuid(),
    name: "試験病院",
    nameKana: "シケンビョウイン",
    medicalInstitutionCode: null,
    patientNumber: { pad: true, length: 8, charset: "digits" },
    idleTimeoutMin: 15,
    passwordPreset: "default",
    mfaRequired: true,
    seats: null,
    incidentContacts: ["anzen@example.jp"],
    contractEndsOn: "2028-03-31",
    retention: { patientDays: 365, auditYears: 5 },
    version: 1,
    changedBy: null,
    changedAt: null,
    ...changes,
  };
}

export function account(changes: Partial<Records["accounts"]> = {}): Records["accounts"] {
  return {
    id: uuid(),
    kind: "staff",
    institutionId: uuid(),
    passwordHash: "$test$",
    mustChangePassword: false,
    initialPasswordExpiresAt: null,
    credentialVersion: 1,
    closedAt: null,
    lastSignInAt: null,
    createdAt: now,
    ...changes,
  };
}

/** A confirmed authenticator app. */
export function factor(changes: Partial<Records["factors"]> = {}): Records["factors"] {
  return {
    id: uuid(),
    accountId: uuid(),
    kind: "totp",
    label: "",
    totpSecret: null,
    totpLastStep: null,
    phone: null,
    credentialId: null,
    publicKey: null,
    signCount: null,
    backupEligible: null,
    backedUp: null,
    transports: [],
    createdAt: now,
    confirmedAt: now,
    lastUsedAt: null,
    ...changes,
  };
}

export function recoveryCode(changes: Partial<Records["recoveryCodes"]> = {}): Records["recoveryCodes"] {
  return {
    id: uuid(),
    accountId: uuid(),
    selector: "abcd",
    hash: "$test$",
    createdAt: now,
    usedAt: null,
    ...changes,
  };
}

export function loginId(changes: Partial<Records["loginIds"]> = {}): Records["loginIds"] {
  return {
    id: uuid(),
    accountId: uuid(),
    realm: `staff:${uuid()}`,
    type: "email",
    value: "a@example.jp",
    key: "a@example.jp",
    verifiedAt: null,
    ...changes,
  };
}

export function staff(changes: Partial<Records["staff"]> = {}): Records["staff"] {
  return {
    id: uuid(),
    accountId: uuid(),
    institutionId: uuid(),
    nameText: "試験 花子",
    nameKana: null,
    family: null,
    given: null,
    familyKana: null,
    givenKana: null,
    email: "a@example.jp",
    role: "staff",
    occupation: null,
    status: "active",
    invitation: null,
    invitedBy: null,
    version: 1,
    changedBy: null,
    changedAt: now,
    ...changes,
  };
}

export function group(
  institutionId: string,
  name: string,
  changes: Partial<Records["groups"]> = {},
): Records["groups"] {
  return {
    id: uuid(),
    institutionId,
    categoryId: null,
    name,
    nameKey: name.toLowerCase(),
    sortOrder: 0,
    version: 1,
    changedBy: null,
    changedAt: null,
    deletedAt: null,
    ...changes,
  };
}

export function category(
  institutionId: string,
  name: string,
  changes: Partial<Records["categories"]> = {},
): Records["categories"] {
  return {
    id: uuid(),
    institutionId,
    name,
    nameKey: name.toLowerCase(),
    sortOrder: 0,
    version: 1,
    changedBy: null,
    changedAt: null,
    deletedAt: null,
    ...changes,
  };
}

export function membership(
  institutionId: string,
  groupId: string,
  patientId: string,
  changes: Partial<Records["memberships"]> = {},
): Records["memberships"] {
  return {
    id: uuid(),
    institutionId,
    groupId,
    patientId,
    addedBy: uuid(),
    addedAt: now,
    removedBy: null,
    removedAt: null,
    ...changes,
  };
}

export function secret(changes: Partial<Records["oneTimeSecrets"]> = {}): Records["oneTimeSecrets"] {
  return {
    id: uuid(),
    accountId: uuid(),
    purpose: "password_reset",
    hash: uuid(),
    credentialVersion: 1,
    data: {},
    attempts: 0,
    createdAt: now,
    expiresAt: at("2026-11-23T00:35:00.123Z"),
    usedAt: null,
    ...changes,
  };
}

export function idempotency(body: unknown): Records["idempotency"] {
  return { id: uuid(), requestHash: "hash", status: 201, headers: { etag: '"1"' }, body, createdAt: now };
}

export function audit(
  institutionId: string,
  changes: Partial<Records["audit"]> = {},
): Omit<Records["audit"], "seq"> {
  return {
    id: uuid(),
    at: now,
    institutionId,
    actorId: uuid(),
    actorName: "試験 花子",
    actorRole: "admin",
    action: "test.done",
    targetType: null,
    targetId: null,
    result: "ok",
    reason: null,
    details: {},
    ip: null,
    userAgentHash: null,
    sessionId: null,
    requestId: uuid(),
    ...changes,
  };
}

export function auditSeal(changes: Partial<Records["auditSeals"]> = {}): Records["auditSeals"] {
  return {
    id: uuid(),
    chain: uuid(),
    position: 1,
    eventSeq: 1,
    previousHash: null,
    hash: "hash",
    sealedAt: now,
    ...changes,
  };
}

export function auditChain(changes: Partial<Records["auditChains"]> = {}): Records["auditChains"] {
  return {
    chain: uuid(),
    anchorPosition: 0,
    anchorHash: null,
    headPosition: 1,
    headSeq: 1,
    headHash: "hash",
    mac: "mac",
    ...changes,
  };
}

export function notice(changes: Partial<Records["notices"]> = {}): Records["notices"] {
  return {
    id: uuid(),
    institutionId: null,
    audience: "everyone",
    kind: "maintenance",
    severity: "info",
    title: "定期メンテナンス",
    body: "日曜日の 2:00 から停止します。\nご協力をお願いします。",
    publishedAt: now,
    validUntil: null,
    mustAcknowledge: false,
    ...changes,
  };
}

export function noticeRead(changes: Partial<Records["noticeReads"]> = {}): Records["noticeReads"] {
  return { id: uuid(), noticeId: uuid(), accountId: uuid(), readAt: now, ...changes };
}

export function incident(changes: Partial<Records["incidents"]> = {}): Records["incidents"] {
  return {
    id: uuid(),
    institutionId: uuid(),
    kind: "outage",
    status: "open",
    occurredAt: now,
    detectedAt: now,
    dueAt: at("2026-11-24T00:05:00.123Z"),
    notifiedAt: null,
    what: "停止しました。",
    effect: "記録できません。",
    measures: "復旧しています。",
    contact: "support@example.jp",
    nextUpdateAt: null,
    personalData: false,
    malicious: false,
    alarms: [],
    ...changes,
  };
}

export function incidentDelivery(
  changes: Partial<Records["incidentDeliveries"]> = {},
): Records["incidentDeliveries"] {
  return {
    id: uuid(),
    incidentId: uuid(),
    institutionId: uuid(),
    channel: "email",
    recipient: "a@example.jp",
    messageId: uuid(),
    attempts: 0,
    sentAt: null,
    ...changes,
  };
}

export function throttle(changes: Partial<Records["throttles"]> = {}): Records["throttles"] {
  return { key: `ip:${uuid()}`, failures: 0, windowStartedAt: now, blockedUntil: null, ...changes };
}

export function consent(changes: Partial<Records["consents"]> = {}): Records["consents"] {
  return {
    id: uuid(),
    accountId: uuid(),
    institutionId: uuid(),
    clientId: "test-portal",
    kind: "terms",
    version: "2026-04-01",
    acceptedAt: now,
    ...changes,
  };
}

export interface PersonFixture {
  name: string;
  kana?: string;
  number?: string;
  birthDate?: string;
  status?: Records["patientLinks"]["status"];
}

/** A patient and the link to an institution. */
export function person(
  institutionId: string,
  { name, kana, number, birthDate, status = "linked" }: PersonFixture,
) {
  const patient: Records["patients"] = {
    id: uuid(),
    accountId: null,
    nameText: name,
    nameKana: kana ?? null,
    family: null,
    given: null,
    familyKana: null,
    givenKana: null,
    birthDate: birthDate ?? null,
    sex: "unknown",
    version: 1,
    changedAt: null,
    purgeAfter: null,
    legalHold: null,
  };
  const link: Records["patientLinks"] = {
    id: uuid(),
    patientId: patient.id,
    institutionId,
    status,
    version: 1,
    changedBy: null,
    changedAt: null,
    ...patientKeys(patient, number ?? null, { pad: true, length: 8, charset: "digits" }),
  };
  return { patient, link };
}
