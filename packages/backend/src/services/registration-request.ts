import { displayJst, emailKey } from "@welby/text";
import { newAddress } from "../domain/login-id.ts";
import { newSecret, sha256 } from "../domain/secret.ts";
import type { Ports } from "../ports/index.ts";
import type { OutboxRecord, PartnerClientRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { outboxMail } from "../templates/index.ts";
import { admitMailRequest, mayWriteTo, queueMailRequest } from "./mail-request.ts";
import type { Service } from "./service.ts";

/** Outbox rows of this template are no mail yet: they ask whether one is to be written. */
export const REGISTRATION_REQUEST = "registration_request";
const LIFETIME_MS = 24 * 3_600_000;

interface RegistrationRequest {
  readonly email: string;
  readonly clientId: string;
}

/**
 * Notes down that somebody wants to register. Whether the address has an account is looked up later, off the way of the
 * answer: everybody gets the same answer after the same work. @throws {validation_failed}
 */
export const requestRegistration: Service<"requestRegistration"> = async (call, input) => {
  const request: RegistrationRequest = { email: newAddress(input.email), clientId: call.client.clientId };
  await call.transaction(async (transaction) => {
    if (await admitMailRequest(call, transaction, "registration", "patient.registration_requested"))
      await queueMailRequest(call, transaction, REGISTRATION_REQUEST, request);
  });
  return undefined;
};

/** In place of the account that a registration does not have yet: what all its links have in common. */
export function registrationSubject(email: string): Promise<string> {
  return sha256(`registration:${emailKey(email)}`);
}

/** Mails the link to an address without an account, a hint to one that has one; the request itself is deleted. */
export async function answerRegistrationRequest(ports: Ports, row: OutboxRecord): Promise<void> {
  const { email, clientId } = JSON.parse(row.body) as RegistrationRequest;
  const key = emailKey(email) ?? "";
  const token = newSecret(ports.random);
  const [hash, subject] = [await sha256(token), await registrationSubject(email)];
  await ports.store.transaction(async (transaction) => {
    if ((await transaction.outbox.delete({ id: row.id })) !== 1) return;
    const now = ports.clock.now();
    const client = await transaction.partnerClients.get({ clientId });
    const institution = client && (await transaction.institutions.get({ id: client.institutionId }));
    if (!institution || !(await mayWriteTo(transaction, key, now))) return;
    const mail = { id: ports.random.uuid(), institutionId: institution.id, now };
    const login = await transaction.loginIds.get({ realm: "patient", key });
    if (login) {
      const values = { institution: institution.name, resetUrl: resetPage(client) };
      // To the stored address, never to the submitted one.
      await transaction.outbox.insert(
        outboxMail({ ...mail, to: login.value, template: "already_registered", values }),
      );
      return;
    }
    const expiresAt = new Date(now.getTime() + LIFETIME_MS);
    await replaceLink(transaction, subject, now);
    await transaction.oneTimeSecrets.insert({
      id: ports.random.uuid(),
      accountId: subject,
      purpose: "registration",
      hash,
      credentialVersion: 0,
      data: { clientId, email },
      attempts: 0,
      createdAt: now,
      expiresAt,
      usedAt: null,
    });
    // In the fragment, which no server, log or Referer gets to see; the page address is the client's own, never the request's.
    const url = new URL(client.urls.registration);
    url.hash = `token=${token}`;
    const values = { institution: institution.name, url: url.href, expiresAt: displayJst(expiresAt) };
    await transaction.outbox.insert(outboxMail({ ...mail, to: email, template: "registration", values }));
  });
}

/** Only the newest link works. */
async function replaceLink(transaction: Transaction, subject: string, now: Date): Promise<void> {
  await transaction.lock(`registration:${subject}`);
  const former = { accountId: subject, purpose: "registration", usedAt: null } as const;
  await transaction.oneTimeSecrets.update(former, { usedAt: now });
}

function resetPage({ urls }: PartnerClientRecord): string {
  const url = new URL(urls.passwordReset);
  url.searchParams.set("audience", "patient");
  return url.href;
}
