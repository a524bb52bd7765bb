import type { SessionStore, StoredSession } from "../stores/store.ts";
import type { Marker } from "./marker.ts";
import type { Tabs } from "./tabs.ts";

/** A live tab answers at once; only a start after the browser was closed waits this long. */
const ANSWER_MS = 300;

/**
 * The session that this page starts with. Tokens in the origin store do not outlive the browser: without a live tab
 * and without the mark of this tab's own reload they are wiped. The key stays; it is the device's, not the person's.
 */
export async function restoreSession(
  store: SessionStore,
  marker: Marker | undefined,
  tabs: Pick<Tabs, "anyone">,
): Promise<StoredSession | null> {
  const stored = await store.read();
  if (!stored || !marker || marker.matches(stored.sessionId) || (await tabs.anyone(ANSWER_MS)))
    return stored && store.read();
  const now = await store.read();
  // Signed in while this page was asking.
  if (now && now.revision !== stored.revision) return now;
  await store.clear();
  return null;
}
