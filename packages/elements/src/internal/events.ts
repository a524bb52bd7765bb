import type { SessionReason, SessionState } from "@welby/sdk";
import type { Failure } from "./failure.ts";

/** The options of every event that a host page listens to. */
const PUBLIC = { bubbles: true, composed: true } as const;

/**
 * `welby-before-<action>`: fired before an action. `preventDefault()` cancels it; `waitUntil(promise)` delays it,
 * and cancels it when the promise rejects. Never holds a secret.
 */
export class WelbyBeforeEvent<Detail = null> extends CustomEvent<Detail> {
  readonly #waits: Promise<unknown>[] = [];

  constructor(action: string, detail: Detail) {
    super(`welby-before-${action}`, { ...PUBLIC, cancelable: true, detail });
  }

  /** The action starts when `promise` fulfils and is cancelled when it rejects. Call it while the event is handled. */
  waitUntil(promise: Promise<unknown>): void {
    this.#waits.push(promise);
  }

  /** For the element that fired the event: whether the action may start. */
  async allowed(): Promise<boolean> {
    if (this.defaultPrevented) return false;
    const results = await Promise.allSettled(this.#waits);
    return results.every((result) => result.status === "fulfilled");
  }
}

/** `welby-<action>`: the action has taken effect. */
export class WelbyActionEvent<Detail = null> extends CustomEvent<Detail> {
  constructor(action: string, detail: Detail, options: { cancelable?: boolean } = {}) {
    super(`welby-${action}`, { ...PUBLIC, ...options, detail });
  }
}

export interface WelbyErrorDetail {
  /** The action that failed, e.g. `sign-in`. */
  readonly action: string;
  readonly code: string;
  readonly retryable: boolean;
  readonly requestId: string | undefined;
}

/** `welby-error`: an action or a load failed. */
export class WelbyErrorEvent extends CustomEvent<WelbyErrorDetail> {
  constructor(action: string, { code, retryable, requestId }: Failure) {
    super("welby-error", { ...PUBLIC, detail: { action, code, retryable, requestId } });
  }
}

export interface WelbyViewChangeDetail<View extends string = string> {
  readonly from: View | null;
  readonly to: View;
}

/** `welby-view-change`: the element shows another of its views. */
export class WelbyViewChangeEvent<View extends string = string> extends CustomEvent<
  WelbyViewChangeDetail<View>
> {
  constructor(from: View | null, to: View) {
    super("welby-view-change", { ...PUBLIC, detail: { from, to } });
  }
}

export interface WelbySessionDetail {
  readonly state: SessionState;
  readonly reason: SessionReason;
}

/** `welby-session`: the provider's client was signed in, signed out, locked …; the reason says why. */
export class WelbySessionEvent extends CustomEvent<WelbySessionDetail> {
  constructor(detail: WelbySessionDetail) {
    super("welby-session", { ...PUBLIC, detail });
  }
}

declare global {
  interface HTMLElementEventMap {
    "welby-error": WelbyErrorEvent;
    "welby-view-change": WelbyViewChangeEvent;
    "welby-session": WelbySessionEvent;
  }
}
