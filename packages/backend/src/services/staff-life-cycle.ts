import type { StaffMember } from "@welby/contract/schemas";
import { toNameColumns } from "../domain/person-name.ts";
import type { StaffRecord } from "../ports/records.ts";
import { cancelSecrets, closeAccount } from "./close-account.ts";
import type { ClinicCall, Service } from "./service.ts";
import { endSessions } from "./sessions.ts";
import { changeMember, writeMember } from "./staff-change.ts";
import { readMember } from "./staff-member.ts";
import { queueWebhooks } from "./webhooks.ts";

/** Name and occupation. What is the same already moves no version. @throws {version_conflict} */
export const updateStaff: Service<"updateStaff"> = (call, { staffId, version, name, occupation }) =>
  changeMember(
    call,
    { action: "update", audit: "staff.updated", staffId, version },
    async (transaction, member) => {
      const wanted: Partial<StaffRecord> = {
        ...(name && toNameColumns(name)),
        ...(occupation !== undefined && { occupation }),
      };
      const changed = (Object.keys(wanted) as (keyof StaffRecord)[]).filter(
        (column) => wanted[column] !== member[column],
      );
      if (changed.length > 0) {
        await writeMember(call, transaction, member, wanted);
        const fields = new Set(changed.map((column) => (column === "occupation" ? column : "name")));
        await call.audit(transaction, {
          action: "staff.updated",
          result: "ok",
          targetType: "staff",
          targetId: staffId,
          details: { changed: [...fields] },
        });
      }
      return readMember(call, transaction, staffId);
    },
  );

/**
 * 利用停止: sessions and links are dead before the answer is sent.
 * @throws {wrong_status} @throws {last_admin} @throws {self_change_refused} @throws {version_conflict}
 */
export const suspendStaff: Service<"suspendStaff"> = (call, input) => setStatus(call, input, "suspended");

/** 再開: a new sign-in lets the member in; nothing of before comes back. @throws {wrong_status} @throws {version_conflict} */
export const resumeStaff: Service<"resumeStaff"> = (call, input) => setStatus(call, input, "active");

/**
 * 削除(スタッフ解除): the account closes before the answer is sent and its address is free again; the name stays in the log.
 * @throws {last_admin} @throws {self_change_refused} @throws {version_conflict}
 */
export const removeStaff: Service<"removeStaff"> = (call, { staffId, version }) =>
  changeMember(
    call,
    { action: "remove", audit: "staff.removed", staffId, version },
    async (transaction, member) => {
      const account = await transaction.accounts.get({ id: member.accountId });
      if (account) await closeAccount(transaction, account, "removed", call.ports.clock.now());
      await writeMember(call, transaction, member, { status: "removed" });
      await call.audit(transaction, {
        action: "staff.removed",
        result: "ok",
        targetType: "staff",
        targetId: staffId,
        details: { name: member.nameText, role: member.role, status: member.status },
      });
      const event = { type: "staff.removed", data: { staffId } } as const;
      await queueWebhooks(call.ports, transaction, call.actor.institutionId, event);
      return undefined;
    },
  );

function setStatus(
  call: ClinicCall,
  input: { staffId: string; version: number; reason?: string | undefined },
  status: "suspended" | "active",
): Promise<StaffMember> {
  const { staffId, version, reason = null } = input;
  const audit = status === "suspended" ? "staff.suspended" : "staff.resumed";
  const action = status === "suspended" ? "suspend" : "resume";
  return changeMember(call, { action, audit, staffId, version }, async (transaction, member) => {
    if (status === "suspended") {
      const now = call.ports.clock.now();
      await endSessions(transaction, member.accountId, "suspended", now);
      const account = await transaction.accounts.get({ id: member.accountId });
      if (account) await cancelSecrets(transaction, account, now);
    }
    await writeMember(call, transaction, member, { status });
    await call.audit(transaction, {
      action: audit,
      result: "ok",
      targetType: "staff",
      targetId: staffId,
      reason,
    });
    return readMember(call, transaction, staffId);
  });
}
