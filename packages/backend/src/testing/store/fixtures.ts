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
    totpSecret: null,
    totpLastStep: null,
    closedAt: null,
    lastSignInAt: null,
    createdAt: now,
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

export function throttle(changes: Partial<Records["throttles"]> = {}): Records["throttles"] {
  return { key: `ip:${uuid()}`, failures: 0, windowStartedAt: now, blockedUntil: null, ...changes };
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
