import type { Environment } from "../environment.ts";

/** How long other tabs may be left without a word of activity. */
const TELL_EVERY_MS = 10_000;

/** When this session was last used, as the server saw it: by a call of this or another tab. */
export interface IdleClock {
  /** A call was answered here. */
  used(): void;
  /** Another tab says that it was used. */
  usedElsewhere(): void;
  /** Milliseconds until a session with this idle time is locked; never below 0. The server decides, this only foretells. */
  timeLeft(idleTimeoutSec: number): number;
}

export function createIdleClock({ elapsed }: Pick<Environment, "elapsed">, tell: () => void): IdleClock {
  let usedAt = elapsed();
  let toldAt = -TELL_EVERY_MS;
  return {
    used() {
      usedAt = elapsed();
      if (usedAt - toldAt < TELL_EVERY_MS) return;
      toldAt = usedAt;
      tell();
    },
    usedElsewhere() {
      usedAt = elapsed();
    },
    timeLeft: (idleTimeoutSec) => Math.max(0, usedAt + idleTimeoutSec * 1000 - elapsed()),
  };
}
