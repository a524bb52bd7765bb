import type { ReactiveController, ReactiveControllerHost } from "lit";
import { toFailure } from "../internal/failure.ts";
import type { Failure } from "../internal/failure.ts";

/**
 * Where a load stands. `empty` is said only after an answer; `forbidden` is not `empty`; `refreshing` and a failed
 * refresh keep the former value on the screen; `offline` is a failure that a connection will cure.
 */
export type AsyncState<Value> =
  | { readonly status: "idle" }
  | { readonly status: "loading" }
  | { readonly status: "ready" | "empty" | "refreshing"; readonly value: Value }
  | {
      readonly status: "error" | "forbidden" | "offline";
      readonly failure: Failure;
      readonly value: Value | undefined;
    };

export interface AsyncStateOptions<Value> {
  load(signal: AbortSignal): Promise<Value>;
  isEmpty?(value: Value): boolean;
  onFailure?(failure: Failure): void;
  /** Called once when a first load takes longer than a second; the place to announce it. */
  onSlow?(): void;
}

const SLOW_MS = 1000;

/** Loads one thing: a newer load aborts the older one, and only the newest answer counts. */
export class AsyncStateController<Value> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: AsyncStateOptions<Value>;
  #state: AsyncState<Value> = { status: "idle" };
  #running: AbortController | undefined;

  constructor(host: ReactiveControllerHost, options: AsyncStateOptions<Value>) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get state(): AsyncState<Value> {
    return this.#state;
  }

  /** The newest value there is, also while it is being refreshed or after a refresh failed. */
  get value(): Value | undefined {
    return "value" in this.#state ? this.#state.value : undefined;
  }

  hostConnected(): void {
    globalThis.addEventListener?.("online", this.#onOnline);
  }

  hostDisconnected(): void {
    globalThis.removeEventListener?.("online", this.#onOnline);
    this.abort();
  }

  /** Loads, or loads again. Never rejects: the outcome is the state. */
  async reload(): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    const { load, isEmpty, onFailure, onSlow } = this.#options;
    const former = this.value;
    this.#set(former === undefined ? { status: "loading" } : { status: "refreshing", value: former });
    const slow = former === undefined ? setTimeout(() => onSlow?.(), SLOW_MS) : undefined;
    try {
      const value = await load(running.signal);
      if (running.signal.aborted) return;
      this.#set({ status: isEmpty?.(value) ? "empty" : "ready", value });
    } catch (thrown) {
      if (running.signal.aborted) return;
      const failure = toFailure(thrown);
      this.#set({ status: statusOf(failure), failure, value: former });
      onFailure?.(failure);
    } finally {
      clearTimeout(slow);
      if (this.#running === running) this.#running = undefined;
    }
  }

  /** Puts in a value that came another way, e.g. the answer of a save; a load under way is given up. */
  set(value: Value): void {
    this.#running?.abort();
    this.#set({ status: this.#options.isEmpty?.(value) ? "empty" : "ready", value });
  }

  /** Ends a load under way and keeps what was there before. */
  abort(): void {
    if (!this.#running) return;
    this.#running.abort();
    this.#running = undefined;
    const value = this.value;
    this.#set(value === undefined ? { status: "idle" } : { status: "ready", value });
  }

  /** Forgets everything, e.g. when another client is in use. */
  reset(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#set({ status: "idle" });
  }

  readonly #onOnline = (): void => {
    if (this.#state.status === "offline") void this.reload();
  };

  #set(state: AsyncState<Value>): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}

function statusOf({ code }: Failure): "error" | "forbidden" | "offline" {
  if (code === "forbidden") return "forbidden";
  return code === "connection_failed" && globalThis.navigator?.onLine === false ? "offline" : "error";
}
