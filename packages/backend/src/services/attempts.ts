import { ApiProblem } from "../domain/api-problem.ts";
import { ipBucket } from "../domain/ip.ts";
import { sha256 } from "../domain/secret.ts";
import { ipRule, retryAfterSec, type ThrottleRule } from "../domain/throttle.ts";
import type { Transaction } from "../ports/store.ts";

/** A counter in the `throttles` table and how it grows. */
export interface Counter {
  readonly key: string;
  readonly rule: ThrottleRule;
}

/** Under which failures for a login id are counted, whether it exists or not. */
export async function accountKey(realm: string, loginKeyOrTyped: string): Promise<string> {
  return `account:${realm}:${await sha256(loginKeyOrTyped)}`;
}

/** Failures of one address, whatever they were about; none for an unknown address, so that strangers share no bucket. */
export function ipCounter(ip: string | null): Counter[] {
  const bucket = ipBucket(ip);
  return bucket === null ? [] : [{ key: `ip:${bucket}`, rule: ipRule }];
}

/** Seconds until every counter lets another attempt through; null when it may be made now. */
export async function waitBefore(
  transaction: Transaction,
  counters: readonly Counter[],
  now: Date,
): Promise<number | null> {
  const rows = await transaction.throttles.list({ key: { in: counters.map(({ key }) => key) } });
  const waits = rows.map((row) => retryAfterSec(row, now)).filter((wait) => wait !== null);
  return waits.length === 0 ? null : Math.max(...waits);
}

/**
 * Counts a failure on each counter. When another attempt closed one of them meanwhile, nothing is said about this one:
 * the answer is the wait, so that attempts made side by side tell no more than the same ones made in turn.
 */
export async function countFailure(
  transaction: Transaction,
  counters: readonly Counter[],
  now: Date,
): Promise<number | null> {
  for (const { key, rule } of counters) {
    const wait = await grow(transaction, key, rule, now);
    if (wait !== null) return wait;
  }
  return null;
}

/** Begins to count anew after a success, unless a counter was closed meanwhile. */
export async function clearFailures(
  transaction: Transaction,
  counters: readonly Counter[],
  cleared: readonly string[],
  now: Date,
): Promise<{ wait: number } | { wait: null; failures: number }> {
  const wait = await waitBefore(transaction, counters, now);
  if (wait !== null) return { wait };
  const rows = await transaction.throttles.list({ key: { in: [...cleared] } });
  let failures = 0;
  for (const row of rows) {
    // Guarded: a failure counted at this very moment stays counted.
    await transaction.throttles.update(
      { key: row.key, failures: row.failures },
      { failures: 0, windowStartedAt: now, blockedUntil: null },
    );
    failures = Math.max(failures, row.failures);
  }
  return { wait: null, failures };
}

/** @throws {rate_limited} */
export function refuseFor(wait: number | null): void {
  if (wait !== null) throw new ApiProblem("rate_limited", { retryAfterSec: wait });
}

async function grow(
  transaction: Transaction,
  key: string,
  rule: ThrottleRule,
  now: Date,
): Promise<number | null> {
  for (;;) {
    const row = await transaction.throttles.get({ key });
    const wait = retryAfterSec(row, now);
    if (wait !== null) return wait;
    const next = rule(row, now);
    const grown = row
      ? (await transaction.throttles.update(
          { key, failures: row.failures, blockedUntil: row.blockedUntil },
          next,
        )) === 1
      : await transaction.throttles.insertIfAbsent({ key, ...next });
    if (grown) return null;
  }
}
