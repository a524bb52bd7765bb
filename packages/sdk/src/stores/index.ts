/** Stores for sessions, and what a partner's own has to do. */
export { memoryStore } from "./memory.ts";
export { isStoredSession } from "./store.ts";
export type { SessionStore, StoredSession } from "./store.ts";
