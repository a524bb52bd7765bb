import { HasherOverloaded } from "../ports/hasher.ts";

/** Runs work unless as much of it as can be borne is under way. @throws HasherOverloaded */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Refuses at the door what the hasher would refuse in the end: a flood of sign-ins must not fill the database's queue first.
 * Whoever is still sending is not inside yet, so slow senders take nobody's place.
 */
export function createGate(capacity: number): Gate {
  let inside = 0;
  return async (work) => {
    if (inside >= capacity) throw new HasherOverloaded(1);
    inside++;
    try {
      return await work();
    } finally {
      inside--;
    }
  };
}
