import type { ReactiveController } from "lit";
import type { LitElement } from "lit";
import { normalizeWidth } from "@welby/text";
import type { AnnouncerController } from "../controllers/announcer.ts";
import { CompositionController } from "../controllers/composition.ts";
import type { LocalizeController } from "../controllers/localize.ts";
import type { Catalogue } from "../internal/messages.ts";
import { textField } from "./field.ts";
import type { TextFieldOptions } from "./field.ts";
import { formMessages } from "./form.messages.ts";

/** A field for an id, an address or a code: takes any width, and shows the half-width form when it is left. */
export class HalfWidthFieldController implements ReactiveController {
  readonly #host: LitElement;
  readonly #announcer: AnnouncerController;
  readonly #composition: CompositionController;
  readonly #text;
  #converted: string | undefined;

  constructor(host: LitElement, texts: LocalizeController<Catalogue>, announcer: AnnouncerController) {
    this.#host = host;
    this.#announcer = announcer;
    this.#text = texts.of(formMessages);
    this.#composition = new CompositionController(host);
    host.addController(this);
  }

  hostConnected(): void {}

  readonly render = (options: Omit<TextFieldOptions, "note" | "onChange">) => {
    const note = this.#converted === options.name ? this.#text("converted") : undefined;
    return textField({ ...options, note, onChange: this.#onChange });
  };

  readonly #onChange = (event: Event): void => this.convert(event.target as HTMLInputElement);

  /** Shows the half-width form of what stands in a field that nobody is typing in. */
  convert(field: HTMLInputElement): void {
    if (this.#composition.composing) return;
    const { value, changed } = normalizeWidth(field.value);
    if (value !== field.value) field.value = value;
    this.#converted = changed ? field.name : undefined;
    if (changed) this.#announcer.announce(this.#text("converted"));
    this.#host.requestUpdate();
  }
}
