import { ipBucket } from "../domain/ip.ts";
import { sha256 } from "../domain/secret.ts";
import { mailboxRule, requestIpRule, requestRefusalRule } from "../domain/throttle.ts";
import type { Transaction } from "../ports/store.ts";
import { countFailure } from "./attempts.ts";
import type { Call } from "./service.ts";

/** What anybody may ask a mail for. */
export type MailRequest = "reset" | "registration";

/**
 * Counts a request against the address that it comes from and writes the row of the log. False past the limit: then nothing
 * is sent any more, and the answer must not say so.
 */
export async function admitMailRequest(
  call: Call,
  transaction: Transaction,
  kind: MailRequest,
  action: string,
): Promise<boolean> {
  const now = call.ports.clock.now();
  const bucket = ipBucket(call.ip);
  const counters = bucket === null ? [] : [{ key: `${kind}-ip:${bucket}`, rule: requestIpRule }];
  const refusals = [{ key: `${kind}-refused:${bucket}`, rule: requestRefusalRule }];
  const limited = (await countFailure(transaction, counters, now)) !== null;
  // One refusal a window is worth a row; the log must not grow with every request of a flood.
  if (limited && (await countFailure(transaction, refusals, now)) !== null) return false;
  await call.audit(transaction, {
    action,
    result: limited ? "refused" : "ok",
    reason: limited ? "rate_limited" : null,
  });
  return !limited;
}

/**
 * Notes down that a mail may be wanted. Whether one is written is looked up when the outbox is delivered, off the way of
 * the answer: everybody gets the same answer after the same work.
 * @param template marks the row as a request, which is no mail yet
 */
export async function queueMailRequest(
  call: Call,
  transaction: Transaction,
  template: string,
  request: object,
): Promise<void> {
  const { clock, random } = call.ports;
  const now = clock.now();
  await transaction.outbox.insert({
    id: random.uuid(),
    institutionId: call.institution.id,
    channel: "email",
    recipient: "",
    template,
    subject: "",
    body: JSON.stringify(request),
    status: "queued",
    attempts: 0,
    createdAt: now,
    nextAttemptAt: now,
    sentAt: null,
  });
}

/** Counts a mail to an address that nobody has proved to own; false when it has had its share, whoever asked. */
export async function mayWriteTo(transaction: Transaction, emailKey: string, now: Date): Promise<boolean> {
  const counter = { key: `mailbox:${await sha256(emailKey)}`, rule: mailboxRule };
  return (await countFailure(transaction, [counter], now)) === null;
}
