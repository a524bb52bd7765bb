import { ipBucket } from "../domain/ip.ts";
import { sha256 } from "../domain/secret.ts";
import { codeForm, newSmsCode } from "../domain/sms-code.ts";
import {
  smsAccountRule,
  smsInstitutionRule,
  smsIpRule,
  smsNumberRule,
  smsPauseRule,
  smsSetUpRule,
} from "../domain/throttle.ts";
import type { AccountRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { outboxSms } from "../templates/index.ts";
import { countFailure, waitBefore, type Counter } from "./attempts.ts";
import type { Call } from "./service.ts";

const CODE_MS = 5 * 60_000;
const MAX_TRIES = 5;

/** Whom a code is for: the account, its number, and what it answers (a challenge, or the factor being set up). */
export interface CodeFor {
  readonly account: AccountRecord;
  readonly phone: string;
  readonly bound: string;
  /** The number is not known to be the account's yet. */
  readonly setUp?: true;
}

/**
 * Sends a new code and forgets the former one; the seconds to wait instead, where the number, the address or the
 * institution has had its share.
 */
export async function queueCode(
  call: Call,
  transaction: Transaction,
  { account, phone, bound, setUp }: CodeFor,
): Promise<number | null> {
  const { clock, random } = call.ports;
  const now = clock.now();
  const counters = await sendCounters(call, { account, phone, setUp });
  const wait =
    (await waitBefore(transaction, counters, now)) ?? (await countFailure(transaction, counters, now));
  if (wait !== null) return wait;
  const code = newSmsCode(random);
  const id = random.uuid();
  await transaction.oneTimeSecrets.delete({ accountId: account.id, purpose: "sms_code" });
  await transaction.oneTimeSecrets.insert({
    id,
    accountId: account.id,
    purpose: "sms_code",
    hash: await hashOf(id, bound, code),
    credentialVersion: account.credentialVersion,
    data: { clientId: call.client.clientId },
    attempts: 0,
    createdAt: now,
    expiresAt: new Date(now.getTime() + CODE_MS),
    usedAt: null,
  });
  await transaction.outbox.insert(
    outboxSms({
      id: random.uuid(),
      to: phone,
      institutionId: call.institution.id,
      code,
      host: call.client.rpId,
      now,
    }),
  );
  return null;
}

/**
 * Whether a typed code is the one that was sent for this. Call it under the account's lock; a right one is to be used up
 * by the function in the answer, and the fifth wrong one kills the code.
 */
export async function matchCode(
  call: Call,
  transaction: Transaction,
  { account, bound, typed }: Pick<CodeFor, "account" | "bound"> & { readonly typed: string },
): Promise<(() => Promise<unknown>) | undefined> {
  const now = call.ports.clock.now();
  const row = await transaction.oneTimeSecrets.get({
    accountId: account.id,
    purpose: "sms_code",
    credentialVersion: account.credentialVersion,
    usedAt: null,
    expiresAt: { after: now },
  });
  if (!row || row.data["clientId"] !== call.client.clientId) return undefined;
  if (row.hash === (await hashOf(row.id, bound, codeForm(typed))))
    return () => transaction.oneTimeSecrets.update({ id: row.id }, { usedAt: now });
  const attempts = row.attempts + 1;
  await transaction.oneTimeSecrets.update(
    { id: row.id },
    { attempts, usedAt: attempts >= MAX_TRIES ? now : null },
  );
  return undefined;
}

/** Of a challenge that is kept nowhere in the clear, so that nobody finds six digits by trying them against the table. */
function hashOf(id: string, bound: string, code: string): Promise<string> {
  return sha256(`${id}:${bound}:${code}`);
}

async function sendCounters(
  call: Call,
  { account, phone, setUp }: Omit<CodeFor, "bound" | "setUp"> & { readonly setUp: true | undefined },
): Promise<Counter[]> {
  const number = await sha256(phone);
  const address = ipBucket(call.ip);
  return [
    { key: `sms-pause:${number}`, rule: smsPauseRule },
    { key: `sms-number:${number}`, rule: smsNumberRule },
    ...(setUp ? [{ key: `sms-set-up:${number}`, rule: smsSetUpRule }] : []),
    ...(address === null ? [] : [{ key: `sms-ip:${address}`, rule: smsIpRule }]),
    // Whoever has many addresses and many numbers must not spend what all others share.
    { key: `sms-account:${account.id}`, rule: smsAccountRule },
    { key: `sms-institution:${call.institution.id}`, rule: smsInstitutionRule },
  ];
}
