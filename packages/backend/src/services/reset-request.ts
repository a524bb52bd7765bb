import { displayJst, emailKey } from "@welby/text";
import { newSecret, sha256 } from "../domain/secret.ts";
import { realmOf } from "../domain/login-id.ts";
import type { OutboxRecord } from "../ports/records.ts";
import type { Ports } from "../ports/index.ts";
import type { Transaction } from "../ports/store.ts";
import { outboxMail } from "../templates/index.ts";
import { admitMailRequest, queueMailRequest } from "./mail-request.ts";
import { mailAddress } from "./mail.ts";
import { findPerson } from "./person.ts";
import type { Call, Service } from "./service.ts";

/** Outbox rows of this template are no mail yet: they ask whether one is to be written. */
export const RESET_REQUEST = "password_reset_request";
const LIFETIME_MS = 30 * 60_000;
const HOUR_MS = 3_600_000;
const MAILS_PER_HOUR = 3;

interface ResetRequest {
  readonly realm: string;
  readonly key: string;
  readonly clientId: string;
}

/**
 * Notes down that a reset was asked for. Whether the account exists is looked up later, off the way of the answer:
 * everybody gets the same answer after the same work.
 */
export const requestPasswordReset: Service<"requestPasswordReset"> = async (call, { audience, email }) => {
  const login = { realm: realmOf(audience, call.institution.id), key: emailKey(email) ?? "" };
  await call.transaction(async (transaction) => {
    if (await admitMailRequest(call, transaction, "reset", "auth.password_reset_requested"))
      await queueResetRequest(call, transaction, login);
  });
  return undefined;
};

/** Notes down that a reset mail is wanted for a login id; whether one is written is decided when the outbox is delivered. */
export async function queueResetRequest(
  call: Call,
  transaction: Transaction,
  { realm, key }: Pick<ResetRequest, "realm" | "key">,
): Promise<void> {
  const request: ResetRequest = { realm, key, clientId: call.client.clientId };
  await queueMailRequest(call, transaction, RESET_REQUEST, request);
}

/** Turns a request into a mail, or into nothing; the request itself is deleted, so one is never answered twice. */
export async function answerResetRequest({ store, clock, random }: Ports, row: OutboxRecord): Promise<void> {
  const token = newSecret(random);
  const hash = await sha256(token);
  await store.transaction(async (transaction) => {
    if ((await transaction.outbox.delete({ id: row.id })) !== 1) return;
    const request = JSON.parse(row.body) as ResetRequest;
    const found = await findRecipient(transaction, request, clock.now());
    const client = await transaction.partnerClients.get({ clientId: request.clientId });
    const institution = client && (await transaction.institutions.get({ id: client.institutionId }));
    if (!found || !institution) return;
    const now = clock.now();
    const { account, to } = found;
    // Two requests answered at once would each write a token that the other does not see.
    await transaction.lock(`reset-mail:${account.id}`);
    const recent = {
      accountId: account.id,
      purpose: "password_reset",
      createdAt: { after: new Date(now.getTime() - HOUR_MS) },
    } as const;
    if ((await transaction.oneTimeSecrets.count(recent)) >= MAILS_PER_HOUR) return;
    // Only the newest token works.
    await transaction.oneTimeSecrets.update(
      { accountId: account.id, purpose: "password_reset", usedAt: null },
      { usedAt: now },
    );
    const expiresAt = new Date(now.getTime() + LIFETIME_MS);
    await transaction.oneTimeSecrets.insert({
      id: random.uuid(),
      accountId: account.id,
      purpose: "password_reset",
      hash,
      credentialVersion: account.credentialVersion,
      data: { clientId: client.clientId },
      attempts: 0,
      createdAt: now,
      expiresAt,
      usedAt: null,
    });
    // In the fragment, which no server, log or Referer gets to see; the page address is the client's own, never the request's.
    const url = new URL(client.urls.passwordReset);
    // So that the page can lead on to the right sign-in.
    url.searchParams.set("audience", account.kind);
    url.hash = `token=${token}`;
    const values = { institution: institution.name, url: url.href, expiresAt: displayJst(expiresAt) };
    const mail = {
      id: random.uuid(),
      to,
      institutionId: institution.id,
      template: "password_reset",
      values,
      now,
    } as const;
    await transaction.outbox.insert(outboxMail(mail));
  });
}

async function findRecipient(transaction: Transaction, { realm, key }: ResetRequest, now: Date) {
  const login = await transaction.loginIds.get({ realm, key, type: "email" });
  const account = login && (await transaction.accounts.get({ id: login.accountId }));
  const person = account && (await findPerson(transaction, account));
  if (!login || !account || !person?.active) return undefined;
  // An initial password that still lives proves the mailbox as well as a reset mail would; a dead one is the administrator's matter.
  const initial = account.mustChangePassword;
  if (initial && account.initialPasswordExpiresAt !== null && account.initialPasswordExpiresAt <= now)
    return undefined;
  if (!initial && login.verifiedAt === null) return undefined;
  const to = await mailAddress(transaction, account);
  return to === undefined ? undefined : { account, to };
}
