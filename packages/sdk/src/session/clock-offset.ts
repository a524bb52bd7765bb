import type { Environment } from "../environment.ts";

/** Below this the whole seconds of `Date` and the way back blur the measurement. */
const IGNORED_MS = 2000;

/** The server's time as far as this client knows it. */
export interface ServerClock {
  /** Milliseconds since 1970 at the server. */
  now(): number;
  /** The server's time at a moment of this machine's clock, by what is known now. */
  at(localMs: number): number;
  /** Learns from the `Date` of an answer to a request that left at `sentAt` (this machine's clock). */
  learn(date: string | undefined, sentAt: number): void;
}

/** Ward computers run minutes ahead or behind; proofs and expiry times follow the server's clock instead. */
export function createServerClock(environment: Pick<Environment, "now">): ServerClock {
  let offset = 0;
  const at = (localMs: number) => localMs + offset;
  return {
    now: () => at(environment.now()),
    at,
    learn(date, sentAt) {
      const served = date === undefined ? NaN : Date.parse(date);
      if (Number.isNaN(served)) return;
      // `Date` is cut to the second: on average it stood half a second later, half of the way ago.
      const measured = served + 500 - (sentAt + environment.now()) / 2;
      offset = Math.abs(measured) < IGNORED_MS ? 0 : measured;
    },
  };
}
