import type { LitElement, ReactiveController } from "lit";
import type { CompositionController } from "../../controllers/composition.ts";
import { commandFor, replacesDefault } from "./keys.ts";
import type { Command } from "./keys.ts";

export interface ComboboxOptions {
  readonly composition: CompositionController;
  /** The options as shown now, in the order of the arrow keys. */
  options(): readonly string[];
  pick(option: string): void;
  focusLastChip(): void;
  onFilter(): void;
}

/** The text, the popup and the highlighted option of the picker. Focus never leaves the input. */
export class ComboboxController implements ReactiveController {
  open = false;
  query = "";
  active: string | undefined;
  readonly #host: LitElement;
  readonly #options: ComboboxOptions;

  constructor(host: LitElement, options: ComboboxOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostUpdated(): void {
    if (!this.open || this.active === undefined) return;
    this.#host.renderRoot.querySelector("[data-active]")?.scrollIntoView({ block: "nearest" });
  }

  get input(): HTMLInputElement | null {
    return this.#host.renderRoot.querySelector("#input");
  }

  readonly onInput = (): void => {
    this.query = this.input?.value ?? "";
    this.active = undefined;
    this.open = true;
    this.#options.onFilter();
    this.#host.requestUpdate();
  };

  readonly onKeydown = (event: KeyboardEvent): void => {
    if (this.#options.composition.owns(event)) return;
    const command = commandFor(event, {
      open: this.open,
      active: this.active !== undefined,
      blank: this.query === "",
    });
    if (replacesDefault(command)) {
      event.preventDefault();
      // An Escape that closed the list must not also close the dialog around it.
      event.stopPropagation();
    }
    if (command) this.#run(command);
  };

  /** The committed text may be a name now: only here it is counted and may be created. */
  readonly onCompositionEnd = (): void => {
    this.#options.onFilter();
    this.#host.requestUpdate();
  };

  readonly show = (): void => {
    this.open = true;
    this.#host.requestUpdate();
  };

  readonly toggle = (): void => {
    if (this.open) this.close();
    else this.show();
    this.input?.focus();
  };

  close(): void {
    if (!this.open) return;
    this.open = false;
    this.active = undefined;
    this.#host.requestUpdate();
  }

  clear(): void {
    this.query = "";
    // Written to the field only here, never while somebody composes text in it.
    if (this.input) this.input.value = "";
    this.#host.requestUpdate();
  }

  highlight(option: string | undefined): void {
    this.active = option;
    this.#host.requestUpdate();
  }

  #run(command: Command): void {
    const options = this.#options.options();
    const at = this.active === undefined ? -1 : options.indexOf(this.active);
    switch (command) {
      case "open":
        return this.show();
      case "open_first":
        this.show();
        return this.highlight(this.#options.options()[0]);
      case "open_last":
        this.show();
        return this.highlight(this.#options.options().at(-1));
      case "close":
      case "leave":
        return this.close();
      case "clear":
        this.clear();
        return this.#options.onFilter();
      case "next":
        return this.highlight(options[(at + 1) % options.length]);
      case "previous":
        return this.highlight(options.at(at < 0 ? -1 : at - 1));
      case "first":
        return this.highlight(options[0]);
      case "last":
        return this.highlight(options.at(-1));
      case "pick":
        if (this.active !== undefined) this.#options.pick(this.active);
        return;
      case "back_to_text":
        return this.highlight(undefined);
      case "last_chip":
        return this.#options.focusLastChip();
      case "nothing":
        return;
    }
  }
}
