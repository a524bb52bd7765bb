import { generateKeyPair } from "../session/proof.ts";
import type { SessionStore, StoredSession } from "./store.ts";

/**
 * Keeps everything in this page's memory: gone with a reload. For kiosks, shared computers and servers.
 * @example const client = createClient({ baseUrl, clientId, store: memoryStore() });
 */
export function memoryStore(): SessionStore {
  let session: StoredSession | null = null;
  let keys: Promise<CryptoKeyPair> | undefined;
  return {
    keyPair: () => (keys ??= generateKeyPair()),
    read: () => Promise.resolve(session),
    write(next, expected) {
      if ((session?.revision ?? null) !== expected) return Promise.resolve(false);
      session = next;
      return Promise.resolve(true);
    },
    clear() {
      session = null;
      return Promise.resolve();
    },
  };
}
