import type { Service } from "./service.ts";
import { deleteFactors } from "./factors.ts";
import { queueSecurityMail } from "./mail.ts";
import { queueResetRequest } from "./reset-request.ts";
import { endSessions } from "./sessions.ts";
import { changeMember } from "./staff-change.ts";

/**
 * Takes away a member's second factors after a loss. All sessions end, as the lost device may hold one, and the owner is told (MF-8).
 * @throws {self_change_refused}
 */
export const resetStaffFactors: Service<"resetStaffFactors"> = (call, { staffId, reason }) =>
  changeMember(
    call,
    { action: "reset_factors", audit: "staff.factors_reset", staffId },
    async (transaction, { accountId }) => {
      const now = call.ports.clock.now();
      const account = await transaction.accounts.get({ id: accountId });
      const factors = await deleteFactors(transaction, { id: accountId });
      // A challenge under way was made for the factors of before.
      await transaction.oneTimeSecrets.update({ accountId, purpose: "mfa", usedAt: null }, { usedAt: now });
      const ended = await endSessions(transaction, accountId, "factors_reset", now);
      if (account) await queueSecurityMail(call, transaction, account, "factors_reset");
      await call.audit(transaction, {
        action: "staff.factors_reset",
        result: "ok",
        targetType: "staff",
        targetId: staffId,
        reason,
        details: { factors, ended },
      });
      return undefined;
    },
  );

/**
 * Has a reset mail sent to the stored address, by the same way and within the same limits as if the member had asked for it.
 * @throws {wrong_status}
 */
export const startStaffPasswordReset: Service<"startStaffPasswordReset"> = (call, { staffId }) =>
  changeMember(
    call,
    { action: "start_password_reset", audit: "staff.password_reset_started", staffId },
    async (transaction, { accountId }) => {
      const login = await transaction.loginIds.get({ accountId, type: "email" });
      if (login) await queueResetRequest(call, transaction, login);
      await call.audit(transaction, {
        action: "staff.password_reset_started",
        result: "ok",
        targetType: "staff",
        targetId: staffId,
      });
      return undefined;
    },
  );

/** Signs a member out on all devices; whoever knows the password can sign in again. */
export const endStaffSessions: Service<"endStaffSessions"> = (call, { staffId }) =>
  changeMember(
    call,
    { action: "end_sessions", audit: "staff.sessions_ended", staffId },
    async (transaction, { accountId }) => {
      const ended = await endSessions(transaction, accountId, "ended_by_admin", call.ports.clock.now());
      await call.audit(transaction, {
        action: "staff.sessions_ended",
        result: "ok",
        targetType: "staff",
        targetId: staffId,
        details: { ended },
      });
      return { ended };
    },
  );
