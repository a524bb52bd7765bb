import type { OutboxRecord } from "../ports/records.ts";

/**
 * The outbox row of a message with a code. Its last line binds the code to the portal's page
 * (https://wicg.github.io/sms-one-time-codes/), so that a browser fills it in there and nowhere else.
 * @param sms.to E.164, as stored
 */
export function outboxSms(sms: {
  readonly id: string;
  readonly to: string;
  readonly institutionId: string;
  readonly code: string;
  readonly host: string | null;
  readonly now: Date;
}): Omit<OutboxRecord, "seq"> {
  const { id, to, institutionId, code, host, now } = sms;
  const lines = [
    `【Welby マイカルテ】認証コードは ${code} です(5分間有効)。ほかの人に教えないでください。`,
    `Your code: ${code} (5 minutes). Do not share it.`,
    ...(host === null ? [] : [`@${host} #${code}`]),
  ];
  return {
    id,
    institutionId,
    channel: "sms",
    recipient: to,
    template: "sms_code",
    subject: "",
    body: lines.join("\n"),
    status: "queued",
    attempts: 0,
    createdAt: now,
    nextAttemptAt: now,
    sentAt: null,
  };
}
