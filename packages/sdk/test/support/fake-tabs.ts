import type { Environment, TabChannel } from "../../src/environment.ts";

/** What the tabs of one origin share: channels and locks. Each call of `tab()` is another tab. */
export function fakeOrigin() {
  const channels = new Map<string, Set<FakeChannel>>();
  const sent: string[] = [];
  const held = new Map<string, Promise<unknown>>();

  class FakeChannel {
    readonly name: string;
    readonly listeners = new Set<(event: MessageEvent) => void>();
    constructor(name: string) {
      this.name = name;
      channels.set(name, (channels.get(name) ?? new Set()).add(this));
    }
    postMessage(data: unknown) {
      sent.push(String(data));
      for (const other of channels.get(this.name) ?? []) {
        if (other !== this) queueMicrotask(() => other.hear(data));
      }
    }
    hear(data: unknown) {
      for (const listener of this.listeners) listener({ data } as MessageEvent);
    }
    addEventListener(_type: string, listener: (event: MessageEvent) => void) {
      this.listeners.add(listener);
    }
    close() {
      channels.get(this.name)?.delete(this);
    }
  }

  const locks = {
    /** Like the browser's: one holder at a time, a waiter may give up. */
    async request(name: string, options: { signal?: AbortSignal }, work: () => Promise<unknown>) {
      const before = held.get(name) ?? Promise.resolve();
      let release = () => {};
      const mine = new Promise<void>((resolve) => (release = resolve));
      held.set(
        name,
        before.then(() => mine),
      );
      try {
        await new Promise((resolve, reject) => {
          options.signal?.addEventListener("abort", () => reject(new DOMException("gave up", "AbortError")));
          before.then(resolve, resolve);
        });
        return await work();
      } finally {
        release();
      }
    },
  } as unknown as LockManager;

  return {
    locks,
    /** Every message that any tab sent. */
    sent,
    /** A message from a script of the page that is none of the SDK. */
    forge(data: unknown) {
      for (const set of channels.values()) for (const channel of set) channel.hear(data);
    },
    tab(): Pick<Environment, "openChannel" | "locks"> {
      return { openChannel: (name) => new FakeChannel(name) as unknown as TabChannel, locks };
    },
  };
}

/** A sessionStorage of one tab. */
export function fakeSessionStorage(entries = new Map<string, string>()) {
  return {
    entries,
    getItem: (name: string) => entries.get(name) ?? null,
    setItem: (name: string, value: string) => void entries.set(name, value),
    removeItem: (name: string) => void entries.delete(name),
  };
}
