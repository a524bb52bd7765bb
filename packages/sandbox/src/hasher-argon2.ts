import { availableParallelism } from "node:os";
import { hash, verify, type Algorithm } from "@node-rs/argon2";
import { HasherOverloaded, type Hasher } from "@welby/backend/ports";

// The library declares its algorithms as a const enum, which does not exist at run time.
const ARGON2ID = 2 as Algorithm.Argon2id;

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane. */
const PARAMETERS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export interface Argon2HasherOptions {
  /** Checks at the same time; each takes a core and 19 MiB. */
  readonly concurrency?: number;
  /** Checks that may wait. More are refused at once: a flood of sign-ins is the cheapest way to stop a service. */
  readonly queueLimit?: number;
}

/**
 * Password hashes by argon2id, worked off by a few at a time outside the main thread.
 * @throws HasherOverloaded when too many are waiting
 * @example await createArgon2Hasher().hash("asagao-tegami"); // "$argon2id$v=19$m=19456,t=2,p=1$…"
 */
export function createArgon2Hasher(options: Argon2HasherOptions = {}): Hasher {
  const { concurrency = availableParallelism(), queueLimit = 50 } = options;
  const inTurn = pool(concurrency, queueLimit);
  return {
    hash: (password) => inTurn(() => hash(password, PARAMETERS)),
    verify: (stored, password) => inTurn(() => verify(stored, password)),
    needsRehash: isWeaker,
    capacity: concurrency + queueLimit,
  };
}

function isWeaker(stored: string): boolean {
  const phc = /^\$argon2id\$v=(\d+)\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(stored);
  if (!phc) return true;
  const [version = 0, memory = 0, time = 0] = phc.slice(1).map(Number);
  return version < 19 || memory < PARAMETERS.memoryCost || time < PARAMETERS.timeCost;
}

function pool(concurrency: number, queueLimit: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= concurrency) {
      if (waiting.length >= queueLimit) throw new HasherOverloaded(1);
      // The one who finishes hands the place on, so `running` stays as it is.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running++;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
