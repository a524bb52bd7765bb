import type { ReactiveController, ReactiveControllerHost } from "lit";

export interface RovingFocusOptions {
  /** The items in reading order, as they are now. */
  items(): readonly HTMLElement[];
  /** Which arrows move; `both` unless set. */
  readonly orientation?: "horizontal" | "vertical" | "both";
}

/**
 * One Tab stop for a set of controls; arrows, Home and End move inside it. Call `onKeydown` from the set's keydown
 * (after the composition controller has let the key pass) and `onFocusin` from its focusin.
 */
export class RovingFocusController implements ReactiveController {
  readonly #options: RovingFocusOptions;
  #current = 0;

  constructor(host: ReactiveControllerHost, options: RovingFocusOptions) {
    this.#options = options;
    host.addController(this);
  }

  hostUpdated(): void {
    this.#mark();
  }

  /** Moves the focus to the item at `index`, or the nearest there is. */
  focus(index: number): void {
    const items = this.#options.items();
    this.#current = Math.min(Math.max(index, 0), items.length - 1);
    this.#mark();
    items[this.#current]?.focus();
  }

  readonly onFocusin = (event: FocusEvent): void => {
    const index = this.#options.items().indexOf(event.target as HTMLElement);
    if (index < 0) return;
    this.#current = index;
    this.#mark();
  };

  readonly onKeydown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const last = this.#options.items().length - 1;
    const { orientation = "both" } = this.#options;
    const next: Record<string, number | undefined> = { Home: 0, End: last };
    if (orientation !== "vertical")
      Object.assign(next, { ArrowRight: this.#current + 1, ArrowLeft: this.#current - 1 });
    if (orientation !== "horizontal")
      Object.assign(next, { ArrowDown: this.#current + 1, ArrowUp: this.#current - 1 });
    const index = next[event.key];
    if (index === undefined) return;
    event.preventDefault();
    this.focus(index);
  };

  #mark(): void {
    const items = this.#options.items();
    this.#current = Math.min(this.#current, Math.max(items.length - 1, 0));
    items.forEach((item, index) => (item.tabIndex = index === this.#current ? 0 : -1));
  }
}
