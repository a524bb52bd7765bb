import { displayJst, emailKey } from "@welby/text";
import { ApiProblem } from "../domain/api-problem.ts";
import { newAddress, realmOf } from "../domain/login-id.ts";
import { newSecret, sha256 } from "../domain/secret.ts";
import { emailChangeRule } from "../domain/throttle.ts";
import type { Ports } from "../ports/index.ts";
import type { AccountRecord, OutboxRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { outboxMail } from "../templates/index.ts";
import { countFailure, refuseFor } from "./attempts.ts";
import { mayWriteTo, queueMailRequest } from "./mail-request.ts";
import { queueSecurityMail } from "./mail.ts";
import { findByToken, liveSecret, useUp } from "./mailed-token.ts";
import { findPerson } from "./person.ts";
import type { Call, Service } from "./service.ts";
import { accountLock } from "./sessions.ts";

/** Outbox rows of this template are no mail yet: they ask whether one is to be written. */
export const EMAIL_CHANGE_REQUEST = "email_change_request";
const LIFETIME_MS = 60 * 60_000;

interface EmailChangeRequest {
  readonly accountId: string;
  readonly credentialVersion: number;
  readonly email: string;
  readonly clientId: string;
}

/**
 * Asks for another address. Nothing changes before its mailbox was proved; whether it is taken is looked up later, and the
 * owner of the address of now is told in any case. @throws {validation_failed} @throws {rate_limited}
 */
export const requestEmailChange: Service<"requestEmailChange"> = async (call, input) => {
  const { accountId } = call.actor;
  const email = newAddress(input.email);
  await call.transaction(async (transaction) => {
    const account = await transaction.accounts.get({ id: accountId, closedAt: null });
    if (!account) throw new ApiProblem("session_expired");
    const counter = { key: `email-change:${accountId}`, rule: emailChangeRule };
    refuseFor(await countFailure(transaction, [counter], call.ports.clock.now()));
    const { credentialVersion } = account;
    const request: EmailChangeRequest = {
      accountId,
      credentialVersion,
      email,
      clientId: call.client.clientId,
    };
    await queueMailRequest(call, transaction, EMAIL_CHANGE_REQUEST, request);
    await queueSecurityMail(call, transaction, account, "email_change_requested");
    await call.audit(transaction, {
      action: "account.email_change_requested",
      result: "ok",
      targetType: "account",
      targetId: accountId,
    });
  });
  return undefined;
};

/** Mails the link to the new address, or nothing where it is taken; the request itself is deleted. */
export async function answerEmailChangeRequest(
  { store, clock, random }: Ports,
  row: OutboxRecord,
): Promise<void> {
  const token = newSecret(random);
  const hash = await sha256(token);
  await store.transaction(async (transaction) => {
    if ((await transaction.outbox.delete({ id: row.id })) !== 1) return;
    const { accountId, credentialVersion, email, clientId } = JSON.parse(row.body) as EmailChangeRequest;
    const account = await transaction.accounts.get({ id: accountId, credentialVersion, closedAt: null });
    const client = await transaction.partnerClients.get({ clientId });
    const institution = client && (await transaction.institutions.get({ id: client.institutionId }));
    if (!account || !institution) return;
    const now = clock.now();
    const key = emailKey(email) ?? "";
    if ((await transaction.loginIds.count({ realm: accountRealm(account), key })) > 0) return;
    if (!(await mayWriteTo(transaction, key, now))) return;
    await transaction.lock(accountLock(accountId));
    // Only the newest link works.
    const purpose = "email_change";
    await transaction.oneTimeSecrets.update({ accountId, purpose, usedAt: null }, { usedAt: now });
    const expiresAt = new Date(now.getTime() + LIFETIME_MS);
    await transaction.oneTimeSecrets.insert({
      id: random.uuid(),
      accountId,
      purpose,
      hash,
      credentialVersion,
      data: { clientId, email },
      attempts: 0,
      createdAt: now,
      expiresAt,
      usedAt: null,
    });
    // In the fragment, which no server, log or Referer gets to see. The page that proves a mailbox is one for both purposes.
    const url = new URL(client.urls.registration);
    url.searchParams.set("for", "email_change");
    url.hash = `token=${token}`;
    const values = { institution: institution.name, url: url.href, expiresAt: displayJst(expiresAt) };
    const mail = { id: random.uuid(), to: email, institutionId: institution.id, now };
    await transaction.outbox.insert(outboxMail({ ...mail, template: "email_change", values }));
  });
}

/**
 * Takes the new address over. Links that went to the old mailbox are dead from then on; sessions go on.
 * @throws {token_invalid} @throws {rate_limited}
 */
export const confirmEmailChange: Service<"confirmEmailChange"> = async (call, { token }) => {
  const hash = await sha256(token);
  const action = "account.email_changed";
  const { secret, account } = await findByToken(call, action, (transaction) =>
    findChange(call, transaction, hash),
  );
  await call.transaction(async (transaction) => {
    const now = call.ports.clock.now();
    await transaction.lock(accountLock(account.id));
    const person = await findPerson(transaction, account);
    // Thrown inside, so that a link is not used up by a change that did not happen.
    if (!person?.active || !(await useUp(transaction, secret, now))) throw new ApiProblem("token_invalid");
    await queueSecurityMail(call, transaction, account, "email_changed");
    if (!(await takeOver(call, transaction, account, secret.data["email"] ?? "")))
      throw new ApiProblem("token_invalid");
    await call.audit(transaction, {
      action,
      result: "ok",
      actorId: account.id,
      actorName: person.name,
      actorRole: person.role,
      targetType: "account",
      targetId: account.id,
    });
  });
  return undefined;
};

async function findChange(call: Call, transaction: Transaction, hash: string) {
  const secret = await liveSecret(call, transaction, hash, "email_change");
  const account =
    secret &&
    (await transaction.accounts.get({
      id: secret.accountId,
      credentialVersion: secret.credentialVersion,
      closedAt: null,
    }));
  return account && { secret, account };
}

/** False when the credentials changed meanwhile or somebody else has the address by now. */
async function takeOver(
  { ports }: Call,
  transaction: Transaction,
  account: AccountRecord,
  email: string,
): Promise<boolean> {
  const { id, credentialVersion } = account;
  const now = ports.clock.now();
  const guard = { id, credentialVersion, closedAt: null };
  if ((await transaction.accounts.update(guard, { credentialVersion: credentialVersion + 1 })) !== 1)
    return false;
  await transaction.loginIds.delete({ accountId: id, type: "email" });
  const taken = !(await transaction.loginIds.insertIfAbsent({
    id: ports.random.uuid(),
    accountId: id,
    realm: accountRealm(account),
    type: "email",
    value: email,
    key: emailKey(email) ?? email,
    verifiedAt: now,
  }));
  if (taken) return false;
  for (;;) {
    const staff = await transaction.staff.get({ accountId: id });
    if (!staff) return true;
    const { version } = staff;
    const changes = { email, version: version + 1, changedBy: id, changedAt: now };
    // An administrator may be changing the same row: then its newer version gets the address.
    if ((await transaction.staff.update({ id: staff.id, version }, changes)) === 1) return true;
  }
}

const accountRealm = ({ kind, institutionId }: AccountRecord) => realmOf(kind, institutionId ?? "");
