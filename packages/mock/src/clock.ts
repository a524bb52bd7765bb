import type { Clock } from "@welby/backend/ports";

/** The mock's time. It runs with the real one until it is moved or frozen. */
export interface MockClock extends Clock {
  /** Moves the time; sessions lock, links expire, waits end. Milliseconds. */
  advance(ms: number): void;
  /** Stops the time, now or at a moment; `advance` still moves it. */
  freeze(at?: Date): void;
  /** Back to how it began. */
  reset(): void;
}

/** @param frozenAt where it stands still; the real time unless given */
export function createMockClock(frozenAt?: Date): MockClock {
  let offsetMs = 0;
  let standsAt: number | null = frozenAt?.getTime() ?? null;
  const now = () => new Date((standsAt ?? Date.now()) + offsetMs);
  return {
    now,
    advance(ms) {
      offsetMs += ms;
    },
    freeze(at = now()) {
      standsAt = at.getTime();
      offsetMs = 0;
    },
    reset() {
      standsAt = frozenAt?.getTime() ?? null;
      offsetMs = 0;
    },
  };
}
