import { checkEmail, displayJst, emailKey } from "@welby/text";
import { ApiProblem } from "../domain/api-problem.ts";
import { INITIAL_PASSWORD_MS, newInitialPassword } from "../domain/initial-password.ts";
import { isActiveAdmin } from "../domain/last-admin.ts";
import { realmOf } from "../domain/login-id.ts";
import { kanaSortKey } from "../domain/patient-keys.ts";
import { toNameColumns } from "../domain/person-name.ts";
import type { StaffRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { outboxMail } from "../templates/index.ts";
import { auditRefusal } from "./audit-refusal.ts";
import { pageOf } from "./list-page.ts";
import type { Service } from "./service.ts";
import { membersOf, staffLock, toStaffMembers } from "./staff-member.ts";

/** アカウント一覧, by reading; members without one come last. Removed members are not in it. */
export const listStaff: Service<"listStaff"> = async (call, input) => {
  const { institutionId } = call.actor;
  const all = await call.transaction((transaction) => transaction.staff.list({ institutionId }));
  const shown = (row: StaffRecord) => row.status !== "removed";
  const { rows, nextCursor, total } = await pageOf(call, input, { rows: sortByKana(all), shown });
  const items = await call.transaction((transaction) => toStaffMembers(transaction, rows, all.filter(shown)));
  return { items, nextCursor, total };
};

export const getStaff: Service<"getStaff"> = (call, { staffId }) =>
  call.transaction((transaction) => readMember(transaction, call.actor.institutionId, staffId));

/**
 * Adds a member, whose initial password travels by mail only.
 * @throws {email_in_use} @throws {seat_limit}
 */
export const addStaff: Service<"addStaff"> = async (call, input) => {
  const { random, hasher, clock } = call.ports;
  const { institutionId } = call.actor;
  const email = newAddress(input.email);
  const initialPassword = newInitialPassword(random);
  // Outside the transaction: it takes its time, and the work of a transaction may run twice.
  const passwordHash = await hasher.hash(initialPassword);
  const [staffId, accountId, loginId, mailId] = [random.uuid(), random.uuid(), random.uuid(), random.uuid()];

  const add = async (transaction: Transaction) => {
    await transaction.lock(staffLock(institutionId));
    const now = clock.now();
    const expiresAt = new Date(now.getTime() + INITIAL_PASSWORD_MS);
    const isNew = await transaction.loginIds.insertIfAbsent({
      id: loginId,
      accountId,
      realm: realmOf("staff", institutionId),
      type: "email",
      value: email,
      key: emailKey(email) ?? email,
      // Whoever sets the first password has read the mail.
      verifiedAt: null,
    });
    if (!isNew) throw new ApiProblem("email_in_use");
    const members = await membersOf(transaction, institutionId);
    // The right may have gone while the password was being hashed or this call waited for the lock.
    if (!members.some((member) => member.id === call.actor.staffId && isActiveAdmin(member)))
      throw new ApiProblem("forbidden");
    const seats = (await transaction.institutions.get({ id: institutionId }))?.seats ?? null;
    if (seats !== null && members.length >= seats) throw new ApiProblem("seat_limit");

    await transaction.accounts.insert({
      id: accountId,
      kind: "staff",
      institutionId,
      passwordHash,
      mustChangePassword: true,
      initialPasswordExpiresAt: expiresAt,
      credentialVersion: 1,
      totpSecret: null,
      totpLastStep: null,
      closedAt: null,
      lastSignInAt: null,
      createdAt: now,
    });
    const staff: StaffRecord = {
      id: staffId,
      accountId,
      institutionId,
      ...toNameColumns(input.name),
      email,
      role: input.role,
      occupation: input.occupation ?? null,
      status: "invited",
      version: 1,
      changedBy: call.actor.accountId,
      changedAt: now,
    };
    await transaction.staff.insert(staff);
    await transaction.outbox.insert(
      outboxMail({
        id: mailId,
        to: email,
        institutionId,
        template: "welcome",
        values: {
          name: staff.nameText,
          institution: call.institution.name,
          loginId: email,
          initialPassword,
          signInUrl: call.client.urls.invitation,
          expiresAt: displayJst(expiresAt),
        },
        now,
      }),
    );
    await call.audit(transaction, {
      action: "staff.added",
      result: "ok",
      targetType: "staff",
      targetId: staffId,
      details: { role: input.role },
    });
    return readMember(transaction, institutionId, staffId);
  };
  return auditRefusal(call, "staff.added", () => call.transaction(add));
};

/** @throws {not_found} for a missing, a removed and another institution's member alike */
async function readMember(transaction: Transaction, institutionId: string, staffId: string) {
  const members = await membersOf(transaction, institutionId);
  const rows = members.filter((row) => row.id === staffId);
  const [member] = await toStaffMembers(transaction, rows, members);
  if (!member) throw new ApiProblem("not_found");
  return member;
}

/** The stored form of an address that is new here. @throws {validation_failed} */
function newAddress(typed: string): string {
  const checked = checkEmail(typed, { newEntry: true });
  if (checked.ok) return checked.email;
  throw new ApiProblem("validation_failed", { errors: [{ path: "email", code: checked.problem }] });
}

function sortByKana(rows: readonly StaffRecord[]): StaffRecord[] {
  // U+FFFF sorts behind every reading.
  const key = (row: StaffRecord) => `${kanaSortKey(row.nameKana) ?? "\uFFFF"}\n${row.nameText}\n${row.id}`;
  return rows
    .map((row) => ({ row, key: key(row) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ row }) => row);
}
