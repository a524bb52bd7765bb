import type { Clock } from "@welby/backend/ports";

/** The mock's time. It runs with the real one until it is moved or frozen. */
export interface MockClock extends Clock {
  /** Moves the time; sessions lock, links expire, waits end. Milliseconds. */
  advance(ms: number): void;
  /** Stops the time, now or at a moment; `advance` still moves it. */
  freeze(at?: Date): void;
  /** Back to the real time. */
  reset(): void;
}

/** @param real the time it runs with */
export function createMockClock(real: () => number = () => Date.now()): MockClock {
  let offsetMs = 0;
  let frozenAt: number | null = null;
  return {
    now: () => new Date((frozenAt ?? real()) + offsetMs),
    advance(ms) {
      offsetMs += ms;
    },
    freeze(at) {
      frozenAt = at?.getTime() ?? (frozenAt ?? real()) + offsetMs;
      offsetMs = 0;
    },
    reset() {
      offsetMs = 0;
      frozenAt = null;
    },
  };
}
