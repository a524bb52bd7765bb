import type { Environment } from "../environment.ts";

/** What tabs tell each other: that something happened, never what. The store says what. */
export type TabEvent = "changed" | "anyone" | "here" | "active";

/** The other tabs of this origin with the same client. */
export interface Tabs {
  tell(event: TabEvent): void;
  /** Whether a tab with a session answers within `ms`. */
  anyone(ms: number): Promise<boolean>;
  close(): void;
}

/**
 * Opens the channel. Any script of the page can write to it, so a message is a hint to look into the store and
 * carries nothing that is believed.
 */
export function openTabs(
  { openChannel, startTimer }: Pick<Environment, "openChannel" | "startTimer">,
  name: string,
  heard: (event: Exclude<TabEvent, "here">) => void,
): Tabs {
  const channel = guarded(() => openChannel?.(name));
  const waiting = new Set<() => void>();
  channel?.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    if (data === "here") for (const answer of waiting) answer();
    else if (data === "changed" || data === "anyone" || data === "active") heard(data);
  });
  const tell = (event: TabEvent) => guarded(() => channel?.postMessage(event));
  return {
    tell,
    anyone: (ms) =>
      new Promise((resolve) => {
        if (!channel) return resolve(false);
        const finish = (found: boolean) => {
          stopTimer();
          waiting.delete(answer);
          resolve(found);
        };
        const answer = () => finish(true);
        const stopTimer = startTimer(() => finish(false), ms);
        waiting.add(answer);
        tell("anyone");
      }),
    close() {
      guarded(() => channel?.close());
    },
  };
}

/** Channels are denied in some sandboxed frames, and a closed one throws; tabs then simply do not hear of each other. */
function guarded<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
