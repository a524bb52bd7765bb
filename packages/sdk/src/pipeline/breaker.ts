import type { Environment } from "../environment.ts";

const FAILURES = 5;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * After five failures in a row calls fail at once, and one trial call goes out after a pause of 1 s, doubling to 30 s.
 * The pause begins short so that a person who presses 再試行 a moment later is not refused a connection that is back.
 */
export interface Breaker {
  /** Undefined lets the call go out; otherwise the milliseconds until the next trial. */
  refusal(): number | undefined;
  succeeded(): void;
  failed(): void;
  /** The call came to nothing that says anything about the service (cancelled). */
  abandoned(): void;
}

export function createBreaker(environment: Pick<Environment, "elapsed">): Breaker {
  let failures = 0;
  let pauseMs = FIRST_PAUSE_MS;
  let openUntil = 0;
  let trial = false;
  const open = () => failures >= FAILURES;
  return {
    refusal() {
      if (!open()) return undefined;
      const wait = openUntil - environment.elapsed();
      if (wait > 0) return wait;
      if (trial) return pauseMs;
      trial = true;
      return undefined;
    },
    succeeded() {
      failures = 0;
      pauseMs = FIRST_PAUSE_MS;
      trial = false;
    },
    failed() {
      failures += 1;
      if (failures === FAILURES) openUntil = environment.elapsed() + pauseMs;
      else if (trial) {
        pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
        openUntil = environment.elapsed() + pauseMs;
        trial = false;
      }
    },
    abandoned() {
      trial = false;
    },
  };
}
