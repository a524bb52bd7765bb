import { RETIRED_MS } from "../keys/stored-keys.ts";
import type { Ports } from "../ports/index.ts";
import type { Transaction } from "../ports/store.ts";
import { purgeWithdrawn } from "./retention.ts";

const DAY_MS = 24 * 3_600_000;

/** Deletes what has no use any more and what may not be kept any longer. Harmless at any time and from any number of instances. */
export async function sweep(ports: Ports): Promise<void> {
  const { store, clock } = ports;
  const now = clock.now();
  const before = (days: number) => ({ before: new Date(now.getTime() - days * DAY_MS) });
  await store.transaction(async (transaction) => {
    await transaction.proofReplays.delete({ expiresAt: { before: now } });
    await transaction.keys.delete({ retiredAt: { before: new Date(now.getTime() - RETIRED_MS) } });
    await transaction.idempotency.delete({ createdAt: before(1) });
    await transaction.oneTimeSecrets.delete({ expiresAt: before(1) });
    // A session lives 30 days at most, and so does each token of it.
    await transaction.refreshTokens.delete({ createdAt: before(31) });
    await transaction.sessions.delete({ absoluteExpiresAt: before(31) });
    await transaction.knownDevices.delete({ lastSeenAt: before(365) });
    // Windows of addresses end by themselves, counters of sessions with their session.
    await deleteThrottles(transaction, "ip:", before(1));
    await deleteThrottles(transaction, "reset-ip:", before(1));
    await deleteThrottles(transaction, "reset-refused:", before(1));
    await deleteThrottles(transaction, "registration-ip:", before(1));
    await deleteThrottles(transaction, "registration-refused:", before(1));
    await deleteThrottles(transaction, "mailbox:", before(1));
    await deleteThrottles(transaction, "email-change:", before(1));
    await deleteThrottles(transaction, "invitation-mail:", before(1));
    await deleteThrottles(transaction, "recovery-codes:", before(1));
    await deleteThrottles(transaction, "sms-", before(1));
    await deleteThrottles(transaction, "session:", before(31));
    // Counters of accounts stay until a success, but for those that have slowed nobody down: anybody can begin one for any id.
    await transaction.throttles.delete({ failures: { before: 5 }, windowStartedAt: before(90) });
  });
  await purgeWithdrawn(ports);
}

/** Some at a time: the next sweep goes on where this one stops. */
const CHUNK = 5_000;

async function deleteThrottles(
  transaction: Transaction,
  prefix: string,
  windowStartedAt: { readonly before: Date },
): Promise<void> {
  // Keys are ordered by code points, so the rows of a prefix stand together behind it.
  const rows = await transaction.throttles.list(
    { key: { after: prefix }, windowStartedAt },
    { orderBy: ["key"], limit: CHUNK },
  );
  const over = rows.map(({ key }) => key).filter((key) => key.startsWith(prefix));
  await transaction.throttles.delete({ key: { in: over } });
}
