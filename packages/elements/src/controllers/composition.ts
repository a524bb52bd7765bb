import type { ReactiveController, ReactiveControllerHost } from "lit";

/**
 * Tells whether a key press belongs to the IME, so that Enter, Escape, arrows and Tab that choose or confirm a
 * conversion do nothing else. Listens to all fields inside the host.
 *
 * Three signs, because engines differ: `isComposing`; `keyCode` 229, the only sign in Safari, which ends the
 * composition before it reports the key; and a composition that ended with this very key press.
 */
export class CompositionController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #composing = false;
  #justEnded = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** True while text is being composed: leave the field's value and the selection alone. */
  get composing(): boolean {
    return this.#composing;
  }

  hostConnected(): void {
    for (const [type, listener] of this.#listeners) this.#host.addEventListener(type, listener, true);
  }

  hostDisconnected(): void {
    for (const [type, listener] of this.#listeners) this.#host.removeEventListener(type, listener, true);
    this.#composing = false;
    this.#forget();
  }

  /** Whether the IME takes this key press. @example if (this.composition.owns(event)) return; */
  owns(event: KeyboardEvent): boolean {
    // 229 is deprecated and without a successor: Safari has no other sign.
    return event.isComposing || event.keyCode === 229 || this.#composing || this.#justEnded;
  }

  readonly #forget = (): void => {
    clearTimeout(this.#timer);
    this.#justEnded = false;
  };

  readonly #listeners: readonly (readonly [string, () => void])[] = [
    ["compositionstart", () => (this.#composing = true)],
    [
      "compositionend",
      () => {
        this.#composing = false;
        this.#justEnded = true;
        // The key that ended it follows in the same turn; a conversion confirmed by the mouse has none.
        clearTimeout(this.#timer);
        this.#timer = setTimeout(this.#forget, 40);
      },
    ],
    ["keyup", this.#forget],
  ];
}
