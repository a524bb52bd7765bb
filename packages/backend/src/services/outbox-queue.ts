import type { Ports } from "../ports/index.ts";
import type { OutboxRecord } from "../ports/records.ts";

const BATCH = 50;
/** While a message is with somebody, nobody else takes it; after this long its taker is given up for dead. */
const LEASE_MS = 60_000;
const FIRST_RETRY_MS = 30_000;
const LAST_RETRY_MS = 60 * 60_000;
const GIVE_UP_MS = 24 * 60 * 60_000;

type Channel = OutboxRecord["channel"];

/** What is due now, oldest first and some at a time. */
export function dueMessages(
  { store, clock }: Ports,
  channels: readonly [Channel, ...Channel[]],
): Promise<OutboxRecord[]> {
  const nextAttemptAt = { before: new Date(clock.now().getTime() + 1) };
  return store.transaction((transaction) =>
    transaction.outbox.list(
      { status: "queued", channel: { in: channels }, nextAttemptAt },
      { orderBy: ["seq"], limit: BATCH },
    ),
  );
}

/** Takes a message for this attempt; false when somebody else has it. */
export async function takeMessage({ store, clock }: Ports, { id, attempts }: OutboxRecord): Promise<boolean> {
  const changes = { attempts: attempts + 1, nextAttemptAt: new Date(clock.now().getTime() + LEASE_MS) };
  return (
    (await store.transaction((transaction) =>
      transaction.outbox.update({ id, status: "queued", attempts }, changes),
    )) === 1
  );
}

export async function markSent(ports: Ports, id: string): Promise<void> {
  await mark(ports, id, { status: "sent", sentAt: ports.clock.now() });
}

export async function giveUp(ports: Ports, id: string): Promise<void> {
  await mark(ports, id, { status: "failed" });
}

/** Puts a message back for later, or gives it up after a day; answers when it is next due, null for given up. */
export async function postpone(
  ports: Ports,
  { id, attempts, createdAt }: OutboxRecord,
): Promise<Date | null> {
  const now = ports.clock.now().getTime();
  // Doubling pauses with some chance in them.
  const [jitter = 0] = ports.random.bytes(1);
  const pause = Math.min(FIRST_RETRY_MS * 2 ** attempts, LAST_RETRY_MS) * (0.75 + jitter / 512);
  const nextAttemptAt = new Date(now + pause);
  const givenUp = nextAttemptAt.getTime() - createdAt.getTime() > GIVE_UP_MS;
  await mark(ports, id, givenUp ? { status: "failed" } : { nextAttemptAt });
  return givenUp ? null : nextAttemptAt;
}

async function mark({ store }: Ports, id: string, changes: Partial<OutboxRecord>): Promise<void> {
  await store.transaction((transaction) => transaction.outbox.update({ id, status: "queued" }, changes));
}
