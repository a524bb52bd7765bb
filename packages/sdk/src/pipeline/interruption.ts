import type { ErrorCode } from "@welby/contract/errors";

/** Why a call was stopped before its answer: the reason of our own abort signals. */
export class Interruption extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode) {
    super(code);
    this.code = code;
  }
}

/** The code for an aborted signal. A reason that the caller gave is never looked at: it may hold anything. */
export function interruptionOf(signal: AbortSignal): Interruption {
  return signal.reason instanceof Interruption ? signal.reason : new Interruption("aborted");
}

/** Without a prototype: an inherited `signal` would take the listener away. */
export const ONCE = Object.freeze({ __proto__: null, once: true }) as AddEventListenerOptions;

/**
 * Waits for `work`, but not past the signal, also if `work` itself ignores it.
 * @throws Interruption when the signal came first
 */
export function race<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(interruptionOf(signal));
    const settled = () => signal.removeEventListener("abort", stop);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, ONCE);
    // A late failure of abandoned work has its handler here and stays silent.
    work.then(resolve, reject).then(settled, settled);
  });
}
