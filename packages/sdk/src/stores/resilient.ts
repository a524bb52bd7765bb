import type { Environment } from "../environment.ts";
import { memoryStore } from "./memory.ts";
import { isStoredSession, type SessionStore, type StoredSession } from "./store.ts";

/** Some browsers leave an `open` of IndexedDB without any answer. */
const PATIENCE_MS = 5000;

/**
 * A store that never fails: at the first failure of `store` (denied, full, broken, silent) it goes on in memory with
 * what it knows, for the rest of this page's life.
 */
export function resilient(
  store: SessionStore,
  { startTimer, elapsed }: Pick<Environment, "startTimer" | "elapsed">,
  fellBack: () => void,
): SessionStore {
  const memory = memoryStore();
  let broken = false;
  let known: StoredSession | null = null;
  let keys: CryptoKeyPair | undefined;

  async function attempt<T>(use: (target: SessionStore) => Promise<T>): Promise<T> {
    if (!broken) {
      try {
        return await inTime(use(store));
      } catch {
        await fallBack();
      }
    }
    return use(memory);
  }

  function inTime<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      let stopTimer = () => {};
      const wait = () => {
        const since = elapsed();
        stopTimer = startTimer(() => {
          // Far too late: the page was frozen, and the store with it. It gets its time again.
          if (elapsed() - since > 2 * PATIENCE_MS) wait();
          else reject(new Error("The store does not answer"));
        }, PATIENCE_MS);
      };
      wait();
      work.finally(() => stopTimer()).then(resolve, reject);
    });
  }

  async function fallBack(): Promise<void> {
    if (broken) return;
    broken = true;
    if (known) await memory.write(known, null);
    fellBack();
    // Other tabs must not go on with tokens that this page is about to replace. Deleting works also when storage is full.
    store.clear().catch(() => {});
  }

  return {
    async keyPair() {
      // The tokens are bound to this key: it outlives the store that it came from.
      return (keys ??= await attempt((target) => target.keyPair()));
    },
    async read() {
      const stored: unknown = await attempt((target) => target.read());
      return (known = isStoredSession(stored) ? stored : null);
    },
    async write(session, expected) {
      const written = await attempt((target) => target.write(session, expected));
      if (written) known = session;
      return written;
    },
    async clear() {
      known = null;
      await attempt((target) => target.clear());
    },
  };
}
