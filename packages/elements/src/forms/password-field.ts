import { html, nothing } from "lit";
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from "lit";
import type { AnnouncerController } from "../controllers/announcer.ts";
import type { LocalizeController } from "../controllers/localize.ts";
import type { Catalogue } from "../internal/messages.ts";
import { describedBy, fieldError } from "./field.ts";
import type { FieldOptions } from "./field.ts";
import { formMessages } from "./form.messages.ts";

export interface PasswordFieldOptions extends Pick<FieldOptions, "form" | "name" | "label" | "id"> {
  readonly autocomplete: "current-password" | "new-password";
  /** Further parts that describe the field, e.g. the checklist. */
  readonly describedBy?: string;
  onInput?(value: string): void;
}

/**
 * A password field that never rewrites what is typed. It can be shown, and then an IME can be on: full-width
 * characters are pointed out, not converted. It hides again on submit and when the page comes back from the cache.
 */
export class PasswordFieldController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #announcer: AnnouncerController;
  readonly #text;
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

  render(options: PasswordFieldOptions): TemplateResult {
    const { id, name } = options;
    const notes = this.#notes();
    return html`<div class="w-field">
      <label class="w-label" for=${id(name)}>${options.label}</label>
      <div class="w-row">
        <input
          class="w-input"
          id=${id(name)}
          name=${name}
          type=${this.#shown ? "text" : "password"}
          autocomplete=${options.autocomplete}
          autocapitalize="none"
          autocorrect="off"
          spellcheck="false"
          aria-required="true"
          aria-invalid=${options.form.invalid(name) ? "true" : nothing}
          aria-describedby=${describedBy(options, options.describedBy ?? "", notes.length > 0 ? `${name}-notes` : "")}
          @keydown=${this.#onKey}
          @keyup=${this.#onKey}
          @input=${(event: Event) => this.#onInput(event, options)}
        />
        <button
          class="w-button w-button-secondary"
          type="button"
          aria-controls=${id(name)}
          aria-label=${this.#text(this.#shown ? "hidePassword" : "showPassword")}
          @click=${this.#toggle}
        >
          ${this.#text(this.#shown ? "hide" : "show")}
        </button>
      </div>
      ${notes.length > 0 ? html`<p class="w-hint" id=${id(`${name}-notes`)}>${notes.join(" / ")}</p>` : nothing}
      ${fieldError(options)}
    </div>`;
  }

  #notes(): string[] {
    return [
      this.#capsLock ? this.#text("capsLock") : "",
      this.#shown && this.#fullWidth ? this.#text("fullWidth") : "",
    ].filter(Boolean);
  }

  readonly #toggle = (): void => {
    this.#shown = !this.#shown;
    this.#host.requestUpdate();
    this.#announcer.announce(this.#text(this.#shown ? "passwordShown" : "passwordHidden"));
  };

  #onInput(event: Event, options: PasswordFieldOptions): void {
    const { value } = event.target as HTMLInputElement;
    const fullWidth = /[^\u0020-\u007E]/.test(value);
    if (this.#shown && fullWidth && !this.#fullWidth) this.#announcer.announce(this.#text("fullWidth"));
    this.#fullWidth = fullWidth;
    this.#host.requestUpdate();
    options.onInput?.(value);
  }

  /** Autofill sends events of this name without a keyboard's fields. */
  readonly #onKey = (event: KeyboardEvent): void => {
    const on = event.getModifierState?.("CapsLock") ?? false;
    if (on === this.#capsLock) return;
    this.#capsLock = on;
    this.#host.requestUpdate();
    if (on) this.#announcer.announce(this.#text("capsLock"));
  };

  readonly #onPageShow = (event: PageTransitionEvent): void => {
    if (event.persisted) this.hide();
  };
}
