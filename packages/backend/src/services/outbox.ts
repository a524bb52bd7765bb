import type { Log } from "../log.ts";
import { describeError } from "../log.ts";
import type { OutboxRecord } from "../ports/records.ts";
import type { Ports } from "../ports/index.ts";
import { answerEmailChangeRequest, EMAIL_CHANGE_REQUEST } from "./email-change.ts";
import { dueMessages, markSent, postpone, takeMessage } from "./outbox-queue.ts";
import { answerRegistrationRequest, REGISTRATION_REQUEST } from "./registration-request.ts";
import { answerResetRequest, RESET_REQUEST } from "./reset-request.ts";

/** Rows that are no mail yet, by their template: what is asked for is looked up here, off the way of any answer. */
const requests: Readonly<Record<string, (ports: Ports, row: OutboxRecord) => Promise<void>>> = {
  [RESET_REQUEST]: answerResetRequest,
  [EMAIL_CHANGE_REQUEST]: answerEmailChangeRequest,
  [REGISTRATION_REQUEST]: answerRegistrationRequest,
};

/**
 * Prepares and hands over the mails and short messages that are due, and says how many were handed over. Any number of instances may call it.
 * A message is marked as sent after the hand-over: a crash in between repeats it under the same id rather than losing it.
 */
export async function deliverOutbox(ports: Ports, log: Log): Promise<number> {
  let delivered = 0;
  // Twice: the first round may write mails that the second one sends.
  for (let round = 0; round < 2; round++) {
    for (const row of await dueMessages(ports, ["email", "sms"])) {
      if ((await takeMessage(ports, row)) && (await handle(ports, row, log))) delivered++;
    }
  }
  return delivered;
}

async function handle(ports: Ports, row: OutboxRecord, log: Log): Promise<boolean> {
  try {
    const answer = requests[row.template];
    if (answer) {
      await answer(ports, row);
      return false;
    }
    await handOver(ports, row);
  } catch (error) {
    log("warn", "A message could not be handed over", {
      template: row.template,
      channel: row.channel,
      attempts: row.attempts + 1,
      ...describeError(error),
    });
    await postpone(ports, row);
    return false;
  }
  await markSent(ports, row.id);
  return true;
}

async function handOver(
  { mailer, sms }: Ports,
  { id, channel, recipient: to, subject, body: text }: OutboxRecord,
): Promise<void> {
  await (channel === "email" ? mailer.send({ id, to, subject, text }) : sms.send({ id, to, text }));
}
