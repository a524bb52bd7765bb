import { emailKey } from "@welby/text";
import { ApiProblem } from "../domain/api-problem.ts";
import { newAddress, realmOf } from "../domain/login-id.ts";
import { kanaSortKey } from "../domain/patient-keys.ts";
import { toNameColumns } from "../domain/person-name.ts";
import type { StaffRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { auditRefusal } from "./audit-refusal.ts";
import { invitationExpiry, newInvitation, sendInvitation } from "./invitation.ts";
import { pageOf } from "./list-page.ts";
import type { Service } from "./service.ts";
import { assertStillAdmin, membersOf, readMember, staffLock, toStaffMembers } from "./staff-member.ts";
import { assertStepUp } from "./step-up.ts";

/** アカウント一覧, by reading; members without one come last. Removed members are not in it. */
export const listStaff: Service<"listStaff"> = async (call, input) => {
  const { institutionId } = call.actor;
  const all = await call.transaction((transaction) => transaction.staff.list({ institutionId }));
  const shown = (row: StaffRecord) => row.status !== "removed";
  const { rows, nextCursor, total } = await pageOf(call, input, { rows: sortByKana(all), shown });
  const items = await call.transaction((transaction) =>
    toStaffMembers(call, transaction, rows, all.filter(shown)),
  );
  return { items, nextCursor, total };
};

export const getStaff: Service<"getStaff"> = (call, { staffId }) =>
  call.transaction((transaction) => readMember(call, transaction, staffId));

/**
 * Adds a member, whose initial password or link travels by mail only.
 * @throws {email_in_use} @throws {seat_limit} @throws {step_up_required} for an administrator
 */
export const addStaff: Service<"addStaff"> = async (call, input) => {
  const { random, clock } = call.ports;
  const { institutionId } = call.actor;
  // A new administrator is a right given away, like a change of roles.
  if (input.role === "admin") assertStepUp(call);
  const email = newAddress(input.email);
  const invitation = await newInvitation(call.ports, input.invitation);
  // Outside the transaction: its work may run twice.
  const [staffId, accountId, loginId] = [random.uuid(), random.uuid(), random.uuid()];

  const add = async (transaction: Transaction) => {
    await transaction.lock(staffLock(institutionId));
    const now = clock.now();
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
    assertStillAdmin(call, members);
    const seats = (await transaction.institutions.get({ id: institutionId }))?.seats ?? null;
    if (seats !== null && members.length >= seats) throw new ApiProblem("seat_limit");

    await transaction.accounts.insert({
      id: accountId,
      kind: "staff",
      institutionId,
      passwordHash: invitation.passwordHash,
      mustChangePassword: true,
      initialPasswordExpiresAt: invitationExpiry(now),
      credentialVersion: 1,
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
      invitation: invitation.mode,
      invitedBy: call.actor.accountId,
      version: 1,
      changedBy: call.actor.accountId,
      changedAt: now,
    };
    await transaction.staff.insert(staff);
    await sendInvitation(call, transaction, { staff, invitation, credentialVersion: 1, now });
    await call.audit(transaction, {
      action: "staff.added",
      result: "ok",
      targetType: "staff",
      targetId: staffId,
      details: { role: input.role, invitation: invitation.mode },
    });
    return readMember(call, transaction, staffId);
  };
  return auditRefusal(call, "staff.added", () => call.transaction(add));
};

function sortByKana(rows: readonly StaffRecord[]): StaffRecord[] {
  // U+FFFF sorts behind every reading.
  const key = (row: StaffRecord) => `${kanaSortKey(row.nameKana) ?? "\uFFFF"}\n${row.nameText}\n${row.id}`;
  return rows
    .map((row) => ({ row, key: key(row) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ row }) => row);
}
