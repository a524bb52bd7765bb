import { ApiProblem } from "../domain/api-problem.ts";
import { invitationMailRule } from "../domain/throttle.ts";
import { countFailure, refuseFor } from "./attempts.ts";
import { cancelSecrets } from "./close-account.ts";
import { invitationExpiry, newInvitation, sendInvitation } from "./invitation.ts";
import type { Service } from "./service.ts";
import { endSessions } from "./sessions.ts";
import { changeMember } from "./staff-change.ts";
import { readMember } from "./staff-member.ts";

/**
 * Invites anew, in the name of whoever calls: the former initial password or link is dead, the role stays as it is.
 * @throws {wrong_status} for a member who is not invited (any more) @throws {rate_limited} @throws {overloaded}
 */
export const resendInvitation: Service<"resendInvitation"> = async (
  call,
  { staffId, invitation: wanted },
) => {
  const { store, clock } = call.ports;
  const { institutionId } = call.actor;
  const before = await store.transaction((transaction) =>
    transaction.staff.get({ id: staffId, institutionId }),
  );
  const invitation = await newInvitation(call.ports, wanted ?? before?.invitation ?? "initial_password");
  return changeMember(
    call,
    { action: "resend_invitation", audit: "staff.invitation_sent", staffId },
    async (transaction, member) => {
      const now = clock.now();
      // A mailbox is not to be flooded by a button that is pressed again and again.
      const counter = { key: `invitation-mail:${member.accountId}`, rule: invitationMailRule };
      refuseFor(await countFailure(transaction, [counter], now));
      const account = await transaction.accounts.get({ id: member.accountId });
      if (!account) throw new ApiProblem("not_found");
      const credentialVersion = await cancelSecrets(transaction, account, now);
      await transaction.accounts.update(
        { id: account.id },
        {
          passwordHash: invitation.passwordHash,
          mustChangePassword: true,
          initialPasswordExpiresAt: invitationExpiry(now),
        },
      );
      await endSessions(transaction, account.id, "invited_anew", now);
      // The version stays: nothing that anybody edits has changed.
      const sent = { invitation: invitation.mode, invitedBy: call.actor.accountId };
      await transaction.staff.update({ id: staffId }, sent);
      await sendInvitation(call, transaction, { staff: member, invitation, credentialVersion, now });
      await call.audit(transaction, {
        action: "staff.invitation_sent",
        result: "ok",
        targetType: "staff",
        targetId: staffId,
        details: { invitation: invitation.mode, role: member.role },
      });
      return readMember(call, transaction, staffId);
    },
  );
};
