import type { Ports } from "../ports/index.ts";

const DAY_MS = 24 * 3_600_000;

/** Deletes what has no use any more. Harmless at any time and from any number of instances. */
export async function sweep({ store, clock }: Ports): Promise<void> {
  const now = clock.now();
  const before = (days: number) => ({ before: new Date(now.getTime() - days * DAY_MS) });
  await store.transaction(async (transaction) => {
    await transaction.proofReplays.delete({ expiresAt: { before: now } });
    await transaction.idempotency.delete({ createdAt: before(1) });
    await transaction.oneTimeSecrets.delete({ expiresAt: before(1) });
    // A session lives 30 days at most, and so does each token of it.
    await transaction.refreshTokens.delete({ createdAt: before(31) });
    await transaction.sessions.delete({ absoluteExpiresAt: before(31) });
    // Windows of addresses end by themselves; counters of accounts stay until a success.
    const old = await transaction.throttles.list({ windowStartedAt: before(1) });
    const over = old.map(({ key }) => key).filter((key) => /^(reset-)?ip:/.test(key));
    await transaction.throttles.delete({ key: { in: over } });
  });
}
