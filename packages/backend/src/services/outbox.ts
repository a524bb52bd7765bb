import type { Log } from "../log.ts";
import { describeError } from "../log.ts";
import type { OutboxRecord } from "../ports/records.ts";
import type { Ports } from "../ports/index.ts";
import { answerResetRequest, RESET_REQUEST } from "./reset-request.ts";

const BATCH = 50;
/** While a message is with somebody, nobody else takes it; after this long its taker is given up for dead. */
const LEASE_MS = 60_000;
const FIRST_RETRY_MS = 30_000;
const LAST_RETRY_MS = 60 * 60_000;
const GIVE_UP_MS = 24 * 60 * 60_000;

/**
 * Prepares and hands over what is due, and says how many messages were handed over. Any number of instances may call it.
 * A message is marked as sent after the hand-over: a crash in between repeats it under the same id rather than losing it.
 */
export async function deliverOutbox(ports: Ports, log: Log): Promise<number> {
  let delivered = 0;
  // Twice: the first round may write mails that the second one sends.
  for (let round = 0; round < 2; round++) {
    const { clock, store } = ports;
    const due = await store.transaction((transaction) =>
      transaction.outbox.list(
        { status: "queued", nextAttemptAt: { before: new Date(clock.now().getTime() + 1) } },
        { orderBy: ["seq"], limit: BATCH },
      ),
    );
    for (const row of due) {
      if ((await lease(ports, row)) && (await handle(ports, row, log))) delivered++;
    }
  }
  return delivered;
}

async function lease({ store, clock }: Ports, { id, attempts }: OutboxRecord): Promise<boolean> {
  const changes = { attempts: attempts + 1, nextAttemptAt: new Date(clock.now().getTime() + LEASE_MS) };
  return (
    (await store.transaction((transaction) =>
      transaction.outbox.update({ id, status: "queued", attempts }, changes),
    )) === 1
  );
}

async function handle(ports: Ports, row: OutboxRecord, log: Log): Promise<boolean> {
  try {
    if (row.template === RESET_REQUEST) {
      await answerResetRequest(ports, row);
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
  await mark(ports, row.id, { status: "sent", sentAt: ports.clock.now() });
  return true;
}

async function handOver(
  { mailer, sms }: Ports,
  { id, channel, recipient: to, subject, body: text }: OutboxRecord,
): Promise<void> {
  await (channel === "email" ? mailer.send({ id, to, subject, text }) : sms.send({ id, to, text }));
}

/** Doubling pauses with some chance in them, for a day. */
async function postpone(ports: Ports, { id, attempts, createdAt }: OutboxRecord): Promise<void> {
  const now = ports.clock.now().getTime();
  const [jitter = 0] = ports.random.bytes(1);
  const pause = Math.min(FIRST_RETRY_MS * 2 ** attempts, LAST_RETRY_MS) * (0.75 + jitter / 512);
  const givenUp = now + pause - createdAt.getTime() > GIVE_UP_MS;
  await mark(ports, id, givenUp ? { status: "failed" } : { nextAttemptAt: new Date(now + pause) });
}

async function mark({ store }: Ports, id: string, changes: Partial<OutboxRecord>): Promise<void> {
  await store.transaction((transaction) => transaction.outbox.update({ id, status: "queued" }, changes));
}
