import type { Environment } from "../environment.ts";

/** Runs work that only one tab should do at a time. */
export type Exclusively = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * A lock across the tabs of the origin, held only while `work` runs. It is never waited for longer than `waitMs`: its
 * holder may be a frozen tab, and without the lock the commit guard and the server's grace still keep the session.
 */
export function createLock(
  { locks, startTimer }: Pick<Environment, "locks" | "startTimer">,
  name: string,
  waitMs: number,
): Exclusively {
  if (!locks) return (work) => work();
  return async (work) => {
    const waiting = new AbortController();
    const stopTimer = startTimer(() => waiting.abort(), waitMs);
    // The outcome travels outside the lock's own promise, whose rejection would not tell "no lock" from "failed work".
    let running: ReturnType<typeof work> | undefined;
    try {
      await locks.request(name, { signal: waiting.signal }, () => {
        stopTimer();
        running = work();
        return running.then(nothing, nothing);
      });
    } catch {
      // Not granted in time, or locks are denied here.
    }
    stopTimer();
    return running ?? work();
  };
}

function nothing(): void {
  // The caller hears of it from `running`.
}
