/** What the client takes from the machine it runs on. Tests hand in their own and fake nothing global. */
export interface Environment {
  /** Milliseconds since 1970, as this machine believes. */
  now(): number;
  /** Milliseconds that never step back; only differences mean something. */
  elapsed(): number;
  /** From 0 up to 1, for jitter. */
  random(): number;
  uuid(): string;
  /** Returns the function that cancels the timer. */
  startTimer(callback: () => void, ms: number): () => void;
  /** False on a page over plain http, where WebCrypto, locks and storage keys are missing. */
  readonly secureContext: boolean;
  readonly locks: Pick<LockManager, "request"> | undefined;
  readonly openChannel: ((name: string) => TabChannel) | undefined;
  readonly indexedDB: IDBFactory | undefined;
  readonly sessionStorage: Pick<Storage, "getItem" | "setItem" | "removeItem"> | undefined;
  /** Shows a mistake of the page, in a listener of its own, where the page looks for them; the global one unless set. */
  readonly reportError?: (error: unknown) => void;
  /** Calls when this page comes back into view or out of the back/forward cache. Returns the function that stops it. */
  onResume(listener: () => void): () => void;
  /**
   * Calls `leave` when this page is left, `back` when the back/forward cache brings it back. Whatever the page holds open
   * meanwhile keeps other tabs waiting. Returns the function that stops it.
   */
  onLeave(leave: () => void, back: () => void): () => void;
  /** Calls when the network is back. Returns the function that stops it. */
  onOnline(listener: () => void): () => void;
}

/** The part of a BroadcastChannel that the client uses. */
export type TabChannel = Pick<BroadcastChannel, "postMessage" | "close" | "addEventListener">;

/** The environment of this page or process. */
export function defaultEnvironment(): Environment {
  const page = typeof document !== "undefined";
  return {
    now: () => Date.now(),
    elapsed: () => performance.now(),
    random: () => Math.random(),
    uuid: () => crypto.randomUUID(),
    startTimer: (callback, ms) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    secureContext: globalThis.isSecureContext !== false,
    // Outside a page there are no tabs; Node's own channel and locks would keep the process alive.
    locks: page ? navigator.locks : undefined,
    openChannel:
      page && typeof BroadcastChannel === "function" ? (name) => new BroadcastChannel(name) : undefined,
    indexedDB: page ? guarded(() => globalThis.indexedDB) : undefined,
    sessionStorage: page ? guarded(() => globalThis.sessionStorage) : undefined,
    onResume: (listener) =>
      page
        ? listen(
            [
              [window, "pageshow"],
              [document, "visibilitychange"],
            ],
            // Going out of view is no coming back; what begins then may be frozen half-way.
            () => document.visibilityState === "visible" && listener(),
          )
        : nothing,
    onLeave: (leave, back) => {
      if (!page) return nothing;
      const stops = [listen([[window, "pagehide"]], leave), listen([[window, "pageshow"]], back)];
      return () => stops.forEach((stop) => stop());
    },
    onOnline: (listener) => (page ? listen([[window, "online"]], listener) : nothing),
  };
}

/** Reading the property throws where the browser denies storage. */
function guarded<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function listen(events: [EventTarget, string][], listener: () => void): () => void {
  for (const [target, type] of events) target.addEventListener(type, listener);
  return () => {
    for (const [target, type] of events) target.removeEventListener(type, listener);
  };
}

function nothing(): void {
  // There was nothing to listen to.
}
