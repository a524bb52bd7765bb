import type { ReactiveController, ReactiveControllerHost, TemplateResult } from "lit";
import type { AnnouncerController } from "../controllers/announcer.ts";
import type { LocalizeController } from "../controllers/localize.ts";
import type { Catalogue } from "../internal/messages.ts";
import { formMessages } from "./form.messages.ts";
import { passwordField } from "./password-template.ts";
import type { PasswordFieldOptions } from "./password-template.ts";
import { passwordFieldMessages } from "./password-field.messages.ts";

type Options = Omit<PasswordFieldOptions, "text" | "shown" | "notes" | "onToggle" | "onInput" | "onKey"> & {
  onInput?(value: string): void;
};

/**
 * A password field that never rewrites what is typed. It can be shown, and then an IME can be on: full-width
 * characters are pointed out, not converted. It hides again on submit and when the page comes back from the cache.
 */
export class PasswordFieldController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #announcer: AnnouncerController;
  readonly #text;
  readonly #fieldText;
  #shown = false;
  #capsLock = false;
  #fullWidth = false;

  constructor(
    host: ReactiveControllerHost,
    texts: LocalizeController<Catalogue>,
    announcer: AnnouncerController,
  ) {
    this.#host = host;
    this.#announcer = announcer;
    this.#text = texts.of(formMessages);
    this.#fieldText = texts.of(passwordFieldMessages);
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener("pageshow", this.#onPageShow);
  }

  hostDisconnected(): void {
    removeEventListener("pageshow", this.#onPageShow);
    this.hide();
  }

  /** Makes the field unreadable again. */
  hide(): void {
    this.#shown = false;
    this.#capsLock = false;
    this.#fullWidth = false;
    this.#host.requestUpdate();
  }

  readonly toggle = (value: string): void => {
    this.#shown = !this.#shown;
    this.#look(value);
    this.#announcer.announce(this.#text(this.#shown ? "passwordShown" : "passwordHidden"));
  };

  /** The field, with `options.onInput` told of each new value. */
  readonly render = (options: Options): TemplateResult =>
    passwordField({
      ...options,
      text: this.#fieldText,
      shown: this.#shown,
      notes: [
        this.#capsLock ? this.#text("capsLock") : "",
        this.#shown && this.#fullWidth ? this.#text("fullWidth") : "",
      ].filter(Boolean),
      onToggle: this.toggle,
      onKey: this.#onKey,
      onInput: (event) => {
        const { value } = event.target as HTMLInputElement;
        this.#look(value);
        options.onInput?.(value);
      },
    });

  #look(value: string): void {
    const fullWidth = /[^\u0020-\u007E]/.test(value);
    if (this.#shown && fullWidth && !this.#fullWidth) this.#announcer.announce(this.#text("fullWidth"));
    this.#fullWidth = fullWidth;
    this.#host.requestUpdate();
  }

  /** Autofill sends events of this name without a keyboard's fields. */
  readonly #onKey = (event: KeyboardEvent): void => {
    const on = (event as Partial<KeyboardEvent>).getModifierState?.("CapsLock") ?? false;
    if (on === this.#capsLock) return;
    this.#capsLock = on;
    this.#host.requestUpdate();
    if (on) this.#announcer.announce(this.#text("capsLock"));
  };

  readonly #onPageShow = (event: PageTransitionEvent): void => {
    if (event.persisted) this.hide();
  };
}
