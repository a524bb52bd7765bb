import { render } from "lit";
import type { CSSResult, LitElement, ReactiveController } from "lit";
import { LIGHT_CLASS, adoptSheet, lightSheet } from "../theme/light-sheet.ts";

export interface LightDomOptions {
  template(): unknown;
  /** Slot of the shadow root that shows the container. */
  readonly slot: string;
  readonly styles: readonly CSSResult[];
}

/** One sheet a set of styles, shared by all elements of a page. */
const sheets = new WeakMap<readonly CSSResult[], CSSStyleSheet>();

/**
 * Renders a part of an element into the page's light DOM, where password managers, autofill and `label for` find it.
 * The part lives in one container child, so that the page's own children stay untouched.
 */
export class LightDomController implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: LightDomOptions;
  #container: HTMLElement | undefined;

  constructor(host: LitElement, options: LightDomOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** Looks for an element in the light-DOM part. */
  query<E extends Element = HTMLElement>(selector: string): E | null {
    return this.#container?.querySelector<E>(selector) ?? null;
  }

  hostConnected(): void {
    const { styles } = this.#options;
    const sheet = sheets.get(styles) ?? lightSheet(...styles);
    sheets.set(styles, sheet);
    adoptSheet(this.#host.getRootNode(), sheet);
  }

  hostUpdated(): void {
    const { slot, template } = this.#options;
    if (!this.#container) {
      this.#container = this.#host.ownerDocument.createElement("div");
      this.#container.className = LIGHT_CLASS;
      this.#container.slot = slot;
    }
    render(template(), this.#container, { host: this.#host });
    // First filled, then shown; and again where a framework has thrown it out.
    if (this.#container.parentNode !== this.#host) this.#host.append(this.#container);
  }
}
