import type { InvitationMode } from "@welby/contract/schemas";
import { displayJst } from "@welby/text";
import { INITIAL_PASSWORD_MS, newInitialPassword } from "../domain/initial-password.ts";
import { isActiveAdmin } from "../domain/last-admin.ts";
import { newSecret, sha256 } from "../domain/secret.ts";
import type { Ports } from "../ports/index.ts";
import type { StaffRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { outboxMail } from "../templates/index.ts";
import type { ClinicCall } from "./service.ts";

/** What a new member gets by mail, and what is kept of it. */
export interface Invitation {
  readonly mode: InvitationMode;
  /** The initial password or the token of the link; only the mail may hold it. */
  readonly secret: string;
  readonly secretHash: string;
  /** Of the initial password; with a link, of a password that nobody knows. */
  readonly passwordHash: string;
}

/** Makes an invitation. Hashing takes its time, so this comes before the transaction. @throws {overloaded} */
export async function newInvitation({ random, hasher }: Ports, mode: InvitationMode): Promise<Invitation> {
  const secret = mode === "link" ? newSecret(random) : newInitialPassword(random);
  const passwordHash = await hasher.hash(mode === "link" ? newSecret(random) : secret);
  return { mode, secret, secretHash: await sha256(secret), passwordHash };
}

/** When an invitation that is sent now dies. */
export const invitationExpiry = (now: Date) => new Date(now.getTime() + INITIAL_PASSWORD_MS);

/** Mails an invitation in the transaction that lets it in. */
export async function sendInvitation(
  call: ClinicCall,
  transaction: Transaction,
  {
    staff,
    invitation,
    credentialVersion,
    now,
  }: {
    readonly staff: StaffRecord;
    readonly invitation: Invitation;
    readonly credentialVersion: number;
    readonly now: Date;
  },
): Promise<void> {
  const { random } = call.ports;
  const { clientId, urls } = call.client;
  const expiresAt = invitationExpiry(now);
  const mail = { id: random.uuid(), to: staff.email, institutionId: staff.institutionId, now };
  const shared = {
    name: staff.nameText,
    institution: call.institution.name,
    loginId: staff.email,
    expiresAt: displayJst(expiresAt),
  };
  if (invitation.mode === "initial_password") {
    const values = { ...shared, initialPassword: invitation.secret, signInUrl: urls.invitation };
    await transaction.outbox.insert(outboxMail({ ...mail, template: "welcome", values }));
    return;
  }
  // Bound to the account, and so to its one mailbox, its institution and the role that its row has on the day.
  await transaction.oneTimeSecrets.insert({
    id: random.uuid(),
    accountId: staff.accountId,
    purpose: "invitation",
    hash: invitation.secretHash,
    credentialVersion,
    data: { clientId },
    attempts: 0,
    createdAt: now,
    expiresAt,
    usedAt: null,
  });
  // In the fragment, which no server, log or Referer gets to see; the page address is the client's own, never the request's.
  const url = new URL(urls.invitation);
  url.hash = `token=${invitation.secret}`;
  const values = { ...shared, url: url.href };
  await transaction.outbox.insert(outboxMail({ ...mail, template: "invitation", values }));
}

/**
 * Whether an account may get its first own password: an invitation is worth as much as whoever sent it, so it dies with
 * that administrator's right (IP-6), whatever way leads to the password. Another administrator can send it anew.
 */
export async function invitationStands(transaction: Transaction, accountId: string): Promise<boolean> {
  const invited = await transaction.staff.get({ accountId, status: "invited" });
  if (!invited || invited.invitedBy === null) return true;
  const { invitedBy, institutionId } = invited;
  const inviter = await transaction.staff.get({ accountId: invitedBy, institutionId });
  return inviter !== undefined && isActiveAdmin(inviter);
}
