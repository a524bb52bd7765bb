import type { CallOptions } from "@welby/sdk";
import type { Failure } from "./failure.ts";

/**
 * The idempotency key of one intent. When nobody knows whether a call took effect, pressing the button again sends the
 * same key and has one effect; after a definite answer, or for another intent, there is a new key.
 */
export class AttemptKey {
  #intent = "";
  #key: string | undefined;

  /** The call options for an intent, which is compared by its JSON. */
  for(intent: unknown): Pick<CallOptions, "idempotencyKey"> {
    const text = JSON.stringify(intent);
    if (text !== this.#intent) this.#key = undefined;
    this.#intent = text;
    this.#key ??= crypto.randomUUID();
    return { idempotencyKey: this.#key };
  }

  /** To be called with the outcome: only an unknown one keeps the key. */
  settle(failure?: Failure): void {
    if (!failure?.outcomeUnknown) this.#key = undefined;
  }
}
