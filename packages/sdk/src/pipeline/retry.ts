import type { Environment } from "../environment.ts";
import type { Failure } from "./failure.ts";

const FIRST_MS = 500;
const LONGEST_MS = 8000;
const LONGEST_ASKED_MS = 60_000;

/**
 * Milliseconds until the next attempt: what the server asked for, at most a minute; otherwise anything from nothing
 * up to 0.5 s, 1 s, 2 s … 8 s, so that clients that failed together do not come back together.
 */
export function retryDelay(
  retry: number,
  failure: Pick<Failure, "retryAfterMs">,
  environment: Pick<Environment, "random">,
): number {
  if (failure.retryAfterMs !== undefined) return Math.min(failure.retryAfterMs, LONGEST_ASKED_MS);
  return environment.random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** retry);
}

const RESERVE = 10;
const MOST = 50;
const SHARE = 0.2;
const PER_SECOND = 5;

/**
 * Keeps a client from multiplying the load of a service that is in trouble: one repeat for five calls, beside a
 * reserve of ten that fills again by five a second for a client that calls seldom.
 */
export interface RetryBudget {
  /** Counts a call. */
  earn(): void;
  /** Takes one repeat; false when none is left. */
  spend(): boolean;
}

export function createRetryBudget(environment: Pick<Environment, "elapsed">): RetryBudget {
  let left = RESERVE;
  let filledAt = environment.elapsed();
  const fill = () => {
    const now = environment.elapsed();
    if (left < RESERVE) left = Math.min(RESERVE, left + ((now - filledAt) / 1000) * PER_SECOND);
    filledAt = now;
  };
  return {
    earn() {
      fill();
      left = Math.min(MOST, left + SHARE);
    },
    spend() {
      fill();
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
