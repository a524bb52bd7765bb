import type { Environment } from "../../src/environment.ts";

export interface FakeTime extends Pick<Environment, "now" | "elapsed" | "startTimer"> {
  /** Moves time on and lets everything that became due run, in order. */
  advance(ms: number): Promise<void>;
  /** Sets this machine's clock without letting time pass. */
  setClock(ms: number): void;
  readonly timers: number;
}

/** A clock that stands still until it is told. */
export function fakeTime(start = Date.parse("2026-11-23T12:00:00Z")): FakeTime {
  let wall = start;
  let passed = 0;
  let next = 0;
  const timers = new Map<number, { at: number; callback: () => void }>();
  return {
    now: () => wall,
    elapsed: () => passed,
    startTimer(callback, ms) {
      const id = next++;
      timers.set(id, { at: passed + Math.max(0, ms), callback });
      return () => void timers.delete(id);
    },
    async advance(ms) {
      const until = passed + ms;
      await settle();
      for (;;) {
        const due = [...timers]
          .filter(([, timer]) => timer.at <= until)
          .sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];
        if (!due) break;
        const [id, timer] = due;
        timers.delete(id);
        wall += timer.at - passed;
        passed = timer.at;
        timer.callback();
        await settle();
      }
      wall += until - passed;
      passed = until;
      await settle();
    },
    setClock(ms) {
      wall = ms;
    },
    get timers() {
      return timers.size;
    },
  };
}

/** Lets everything run that waits for nothing but its turn, signatures included. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Waits, in real time, until something is so. */
export async function until(condition: () => boolean, what = "the condition"): Promise<void> {
  const giveUp = performance.now() + 3000;
  while (!condition()) {
    if (performance.now() > giveUp) throw new Error(`${what} did not come true`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
