import type { Environment } from "../environment.ts";
import { generateKeyPair } from "../session/proof.ts";
import { openDatabase } from "./database.ts";
import { isStoredSession, type SessionStore } from "./store.ts";

/** A store with a connection that ends with the client. */
export type ClosableStore = SessionStore & { close(): void };

/**
 * Keeps the key and the bound tokens in IndexedDB, for all tabs of the origin. Rejects where storage is denied or full;
 * `resilient` turns that into memory.
 */
export function originStore(
  factory: IDBFactory,
  scope: string,
  environment?: Pick<Environment, "onLeave">,
): ClosableStore {
  const database = openDatabase(factory, `welby:${scope}`, environment);
  let keys: Promise<CryptoKeyPair> | undefined;

  async function loadOrMakeKeys(): Promise<CryptoKeyPair> {
    const stored = await database.get("key");
    if (isKeyPair(stored)) return stored;
    const made = await generateKeyPair();
    let kept = made;
    // Another tab may have been quicker: its key is then everybody's.
    await database.update("key", (current) => {
      if (!isKeyPair(current)) return { value: made };
      kept = current;
      return undefined;
    });
    return kept;
  }

  return {
    keyPair: () =>
      (keys ??= loadOrMakeKeys().catch((error: unknown) => {
        keys = undefined;
        throw error;
      })),
    async read() {
      const stored = await database.get("session");
      return isStoredSession(stored) ? stored : null;
    },
    write: (session, expected) =>
      database.update("session", (current) =>
        (isStoredSession(current) ? current.revision : null) === expected ? { value: session } : undefined,
      ),
    clear: () => database.remove("session"),
    close: () => database.close(),
  };
}

/** Only a key that cannot be read out is used; one that somebody planted in readable form is replaced. */
function isKeyPair(value: unknown): value is CryptoKeyPair {
  const pair = value as Partial<CryptoKeyPair> | undefined;
  return (
    pair?.privateKey instanceof CryptoKey &&
    pair.publicKey instanceof CryptoKey &&
    !pair.privateKey.extractable &&
    pair.privateKey.usages.includes("sign")
  );
}
