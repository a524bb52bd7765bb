import { displayJst, emailKey } from "@welby/text";
import { newSecret, sha256 } from "../domain/secret.ts";
import { realmOf } from "../domain/login-id.ts";
import { ipBucket } from "../domain/ip.ts";
import { resetIpRule, resetRefusalRule } from "../domain/throttle.ts";
import type { OutboxRecord } from "../ports/records.ts";
import type { Ports } from "../ports/index.ts";
import type { Transaction } from "../ports/store.ts";
import { outboxMail } from "../templates/index.ts";
import { countFailure } from "./attempts.ts";
import { mailAddress } from "./mail.ts";
import { findPerson } from "./person.ts";
import type { Service } from "./service.ts";

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
  const { clock, random } = call.ports;
  const now = clock.now();
  const request: ResetRequest = {
    realm: realmOf(audience, call.institution.id),
    key: emailKey(email) ?? "",
    clientId: call.client.clientId,
  };
  const bucket = ipBucket(call.ip);
  await call.transaction(async (transaction) => {
    const counters = bucket === null ? [] : [{ key: `reset-ip:${bucket}`, rule: resetIpRule }];
    const refusals = [{ key: `reset-refused:${bucket}`, rule: resetRefusalRule }];
    // Past the limit nothing is sent any more, and the answer does not say so.
    const limited = (await countFailure(transaction, counters, now)) !== null;
    // One refusal a window is worth a row; the log must not grow with every request of a flood.
    if (limited && (await countFailure(transaction, refusals, now)) !== null) return;
    await call.audit(transaction, {
      action: "auth.password_reset_requested",
      result: limited ? "refused" : "ok",
      reason: limited ? "rate_limited" : null,
    });
    if (limited) return;
    await transaction.outbox.insert({
      id: random.uuid(),
      institutionId: call.institution.id,
      channel: "email",
      recipient: "",
      template: RESET_REQUEST,
      subject: "",
      body: JSON.stringify(request),
      status: "queued",
      attempts: 0,
      createdAt: now,
      nextAttemptAt: now,
      sentAt: null,
    });
  });
  return undefined;
};

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
