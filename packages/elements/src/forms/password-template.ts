import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Translate } from "../controllers/localize.ts";
import { describedBy, fieldError, invalid } from "./field.ts";
import type { FieldOptions } from "./field.ts";
import type { passwordFieldMessages } from "./password-field.messages.ts";

export interface PasswordFieldOptions extends FieldOptions {
  readonly autocomplete: "current-password" | "new-password";
  readonly text: Translate<typeof passwordFieldMessages>;
  /** Further parts that describe the field, e.g. the checklist. */
  readonly describedBy?: string;
  /** Whether the password can be read. */
  readonly shown?: boolean;
  /** Said below the field, e.g. that Caps Lock is on. */
  readonly notes?: readonly string[];
  onToggle(value: string): void;
  onInput?(event: Event): void;
  onKey?(event: KeyboardEvent): void;
}

/** A labelled password field with a button that shows it: the label changes, there is no `aria-pressed`. */
export function passwordField(options: PasswordFieldOptions): TemplateResult {
  const { id, name, text, shown = false, notes = [] } = options;
  const notesId = notes.length > 0 ? `${name}-notes` : undefined;
  return html`<div class="w-field">
    <label class="w-label" for=${id(name)}>${options.label}</label>
    <div class="w-row">
      <input
        class="w-input"
        id=${id(name)}
        name=${name}
        type=${shown ? "text" : "password"}
        autocomplete=${options.autocomplete}
        autocapitalize="none"
        autocorrect="off"
        spellcheck="false"
        aria-required="true"
        aria-invalid=${invalid(options)}
        aria-describedby=${describedBy(options, options.describedBy, notesId)}
        @keydown=${options.onKey}
        @keyup=${options.onKey}
        @input=${options.onInput}
      />
      <button
        class="w-button w-button-secondary"
        type="button"
        aria-controls=${id(name)}
        aria-label=${text(shown ? "hidePassword" : "showPassword")}
        @click=${(event: Event) => options.onToggle(valueBeside(event))}
      >
        ${text(shown ? "hide" : "show")}
      </button>
    </div>
    ${notesId ? html`<p class="w-hint" id=${id(notesId)}>${notes.join(" / ")}</p>` : nothing}
    ${fieldError(options)}
  </div>`;
}

/** What stands in the field now: it may have been typed before anybody listened. */
function valueBeside({ currentTarget }: Event): string {
  return (currentTarget as Element).parentElement?.querySelector("input")?.value ?? "";
}
