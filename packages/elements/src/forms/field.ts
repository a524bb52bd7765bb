import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { FormController } from "./form-controller.ts";

export interface FieldOptions {
  readonly form: FormController;
  readonly name: string;
  readonly label: string;
  readonly autocomplete: string;
  /** Text below the label that belongs to the field. */
  readonly hint?: string | undefined;
  /** The value to start with; what a person types afterwards is the field's own. */
  readonly value?: string;
  readonly type?: "text" | "email";
  readonly inputmode?: "numeric" | "email";
  readonly readonly?: boolean;
  id(part: string): string;
  onChange?(event: Event): void;
  /** Said beside the field, e.g. that its value was converted. */
  readonly note?: string | undefined;
}

/** A labelled text field with its hint, note and error. */
export function textField(options: FieldOptions): TemplateResult {
  const { form, name, id } = options;
  return html`<div class="w-field">
    <label class="w-label" for=${id(name)}>${options.label}</label>
    ${options.hint ? html`<p class="w-hint" id=${id(`${name}-hint`)}>${options.hint}</p>` : nothing}
    <input
      class="w-input"
      id=${id(name)}
      name=${name}
      type=${options.type ?? "text"}
      value=${options.value ?? ""}
      autocomplete=${options.autocomplete}
      inputmode=${options.inputmode ?? nothing}
      autocapitalize="none"
      autocorrect="off"
      spellcheck="false"
      aria-required="true"
      ?readonly=${options.readonly ?? false}
      aria-invalid=${form.invalid(name) ? "true" : nothing}
      aria-describedby=${describedBy(options, options.hint ? `${name}-hint` : "", options.note ? `${name}-note` : "")}
      @change=${options.onChange}
    />
    ${options.note ? html`<p class="w-hint" id=${id(`${name}-note`)}>${options.note}</p>` : nothing}
    ${fieldError(options)}
  </div>`;
}

/** The error of a field, as text below it. */
export function fieldError({ form, name, id }: Pick<FieldOptions, "form" | "name" | "id">) {
  const problem = form.problem(name);
  return problem ? html`<p class="w-error" id=${id(`${name}-error`)}>${problem}</p>` : nothing;
}

/** The ids that describe a field: the given parts, its error, and the form's alert where that is about it. */
export function describedBy(
  { form, name, id }: Pick<FieldOptions, "form" | "name" | "id">,
  ...parts: readonly string[]
) {
  const all = [...parts, form.problem(name) ? `${name}-error` : "", form.blamed(name) ? "alert" : ""];
  return all.filter(Boolean).map(id).join(" ") || nothing;
}

/**
 * The account a password belongs to, for password managers: always there, never `display: none`, out of the way of
 * everybody else.
 */
export function usernameForManagers(loginId: string): TemplateResult {
  return html`<input
    class="w-visually-hidden"
    type="text"
    name="username"
    autocomplete="username"
    value=${loginId}
    readonly
    tabindex="-1"
    aria-hidden="true"
  />`;
}

/** The main button: stays in the tab order and keeps the focus while the form is busy. */
export function submitButton(form: FormController, label: string, busyLabel: string): TemplateResult {
  return html`<button class="w-button" type="submit" aria-disabled=${form.busy ? "true" : nothing}>
    ${form.busy ? busyLabel : label}
  </button>`;
}
