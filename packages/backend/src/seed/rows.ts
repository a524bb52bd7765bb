import { compareKey, emailKey } from "@welby/text";
import { patientKeys } from "../domain/patient-keys.ts";
import { realmOf } from "../domain/login-id.ts";
import type { AccountRecord, AuditRecord, LoginIdRecord, Records, StaffRecord } from "../ports/records.ts";
import { plausiblePatients } from "./generator.ts";
import { demoGroups } from "./groups.ts";
import { seedId, seededNumbers } from "./ids.ts";
import { institutions, type DemoInstitution } from "./institutions.ts";
import { demoPatients } from "./patients.ts";
import { demoTotp } from "./sign-ins.ts";
import { demoStaff } from "./staff.ts";

const GENERATED = 32;
const DAY_MS = 24 * 60 * 60 * 1000;
const INITIAL_PASSWORD_MS = 72 * 60 * 60 * 1000;

/** Everything that the demo starts with, as rows. */
export interface DemoRows {
  accounts: AccountRecord[];
  factors: Records["factors"][];
  loginIds: LoginIdRecord[];
  staff: StaffRecord[];
  patients: Records["patients"][];
  patientLinks: Records["patientLinks"][];
  categories: Records["categories"][];
  groups: Records["groups"][];
  memberships: Records["memberships"][];
  audit: Omit<AuditRecord, "seq">[];
}

export interface DemoHashes {
  /** Of the one password that all demo accounts share. */
  readonly password: string;
  /** Of the invited member's initial password, which nobody knows. */
  readonly initial: string;
}

export const staffId = (email: string) => seedId(`staff:${email}`);
export const patientId = (id: string) => seedId(`patient:${id}`);
export const groupId = (institution: DemoInstitution, name: string) => seedId(`group:${institution}:${name}`);

/** @param now the moment of seeding; the past of the demo is counted back from it */
export function demoRows(now: Date, hashes: DemoHashes): DemoRows {
  const rows: DemoRows = {
    accounts: [],
    factors: [],
    loginIds: [],
    staff: [],
    patients: [],
    patientLinks: [],
    categories: [],
    groups: [],
    memberships: [],
    audit: [],
  };
  addStaff(rows, now, hashes);
  addGroups(rows);
  addPatients(rows, now, hashes);
  addMemberships(rows, now);
  return rows;
}

function account(
  id: string,
  kind: "staff" | "patient",
  createdAt: Date,
  passwordHash: string,
): AccountRecord {
  return {
    id,
    kind,
    institutionId: null,
    passwordHash,
    mustChangePassword: false,
    initialPasswordExpiresAt: null,
    credentialVersion: 1,
    closedAt: null,
    lastSignInAt: null,
    createdAt,
  };
}

function addStaff(rows: DemoRows, now: Date, hashes: DemoHashes): void {
  const joined = new Date(now.getTime() - 400 * DAY_MS);
  for (const one of demoStaff) {
    const institutionId = institutions[one.institution].id;
    const accountId = seedId(`account:${one.email}`);
    const invited = one.status === "invited";
    rows.accounts.push({
      ...account(accountId, "staff", invited ? now : joined, invited ? hashes.initial : hashes.password),
      institutionId,
      mustChangePassword: invited,
      initialPasswordExpiresAt: invited ? new Date(now.getTime() + INITIAL_PASSWORD_MS) : null,
      closedAt: one.status === "removed" ? now : null,
    });
    if (one.totp) rows.factors.push(authenticatorApp(accountId, joined));
    // A removed member's address is free again.
    if (one.status !== "removed") {
      rows.loginIds.push({
        id: seedId(`login:${one.email}`),
        accountId,
        realm: realmOf("staff", institutionId),
        type: "email",
        value: one.email,
        key: emailKey(one.email) ?? one.email,
        verifiedAt: invited ? null : joined,
      });
    }
    const [family, given] = one.name;
    const [familyKana, givenKana] = one.kana;
    rows.staff.push({
      id: staffId(one.email),
      accountId,
      institutionId,
      nameText: `${family} ${given}`,
      nameKana: `${familyKana} ${givenKana}`,
      family,
      given,
      familyKana,
      givenKana,
      email: one.email,
      role: one.role,
      occupation: one.occupation,
      status: one.status,
      invitation: invited ? "initial_password" : null,
      invitedBy: null,
      version: 1,
      changedBy: null,
      changedAt: invited ? now : joined,
    });
    if (one.status === "removed") rows.audit.push(removal(one.email, `${family} ${given}`, now));
  }
}

function authenticatorApp(accountId: string, confirmedAt: Date): Records["factors"] {
  return {
    id: seedId(`factor:${accountId}`),
    accountId,
    kind: "totp",
    label: "認証アプリ",
    totpSecret: demoTotp.secret,
    totpLastStep: null,
    phone: null,
    credentialId: null,
    publicKey: null,
    signCount: null,
    backupEligible: null,
    backedUp: null,
    transports: [],
    createdAt: confirmedAt,
    confirmedAt,
    lastUsedAt: null,
  };
}

/** The removed member's name lives on in the log. */
function removal(email: string, name: string, now: Date): Omit<AuditRecord, "seq"> {
  return {
    id: seedId(`audit:removed:${email}`),
    at: new Date(now.getTime() - 30 * DAY_MS),
    institutionId: institutions.minato.id,
    actorId: seedId("account:suzuki@minato.example.jp"),
    actorName: "鈴木 健一",
    actorRole: "admin",
    action: "staff.removed",
    targetType: "staff",
    targetId: staffId(email),
    result: "ok",
    reason: "退職のため",
    details: { name },
    ip: null,
    userAgentHash: null,
    sessionId: null,
    requestId: seedId(`request:removed:${email}`),
  };
}

function addGroups(rows: DemoRows): void {
  for (const institution of Object.keys(demoGroups) as DemoInstitution[]) {
    const institutionId = institutions[institution].id;
    let sortOrder = 0;
    demoGroups[institution].forEach(([category, names], position) => {
      const categoryId = category === null ? null : seedId(`category:${institution}:${category}`);
      if (category !== null && categoryId !== null) {
        rows.categories.push({
          id: categoryId,
          institutionId,
          name: category,
          nameKey: compareKey(category),
          sortOrder: position + 1,
          version: 1,
          changedBy: null,
          changedAt: null,
          deletedAt: null,
        });
      }
      for (const name of names) {
        sortOrder++;
        rows.groups.push({
          id: groupId(institution, name),
          institutionId,
          categoryId,
          name,
          nameKey: compareKey(name),
          sortOrder,
          version: 1,
          changedBy: null,
          changedAt: null,
          deletedAt: null,
        });
      }
    });
  }
}

function addPatients(rows: DemoRows, now: Date, hashes: DemoHashes): void {
  for (const one of demoPatients) {
    const [family, given] = one.name;
    const splits = given !== undefined;
    const id = patientId(one.id);
    const accountId = one.login ? seedId(`account:${one.login.value}`) : null;
    const patient: Records["patients"] = {
      id,
      accountId,
      nameText: one.name.join(" "),
      nameKana: one.kana?.join(" ") ?? null,
      family: splits ? (family ?? null) : null,
      given: given ?? null,
      familyKana: splits ? (one.kana?.[0] ?? null) : null,
      givenKana: splits ? (one.kana?.[1] ?? null) : null,
      birthDate: one.birthDate,
      sex: one.sex,
      version: 1,
      changedAt: null,
      purgeAfter: null,
      legalHold: null,
    };
    rows.patients.push(patient);
    if (one.login && accountId) {
      const { type, value } = one.login;
      rows.accounts.push(account(accountId, "patient", now, hashes.password));
      rows.loginIds.push({
        id: seedId(`login:${value}`),
        accountId,
        realm: "patient",
        type,
        value,
        key: emailKey(value) ?? value,
        verifiedAt: now,
      });
    }
    for (const [institution, number] of Object.entries(one.links) as [DemoInstitution, string | null][]) {
      rows.patientLinks.push({
        id: seedId(`link:${institution}:${one.id}`),
        patientId: id,
        institutionId: institutions[institution].id,
        status: one.status ?? "linked",
        version: 1,
        changedBy: null,
        changedAt: null,
        ...patientKeys(patient, number, institutions[institution].patientNumber),
      });
    }
  }
  for (const { patient, link } of plausiblePatients(institutions.minato, {
    seed: 20260401,
    count: GENERATED,
  })) {
    rows.patients.push(patient);
    rows.patientLinks.push(link);
  }
}

function addMemberships(rows: DemoRows, now: Date): void {
  const institutionId = institutions.minato.id;
  const add = (name: string, patient: string) =>
    rows.memberships.push({
      id: seedId(`membership:${name}:${patient}`),
      institutionId,
      groupId: groupId("minato", name),
      patientId: patient,
      addedBy: seedId("account:suzuki@minato.example.jp"),
      addedAt: new Date(now.getTime() - 100 * DAY_MS),
      removedBy: null,
      removedAt: null,
    });
  for (const one of demoPatients) for (const name of one.groups ?? []) add(name, patientId(one.id));
  const next = seededNumbers(7);
  const common = [
    "高血圧",
    "2型糖尿病",
    "脂質異常症",
    "特定保健指導",
    "火曜午後",
    "金曜午前",
    "要フォロー",
    "ＣＫＤ",
  ];
  for (const { patient } of plausiblePatients(institutions.minato, { seed: 20260401, count: GENERATED })) {
    for (const name of common) if (next() < 0.22) add(name, patient.id);
  }
}
