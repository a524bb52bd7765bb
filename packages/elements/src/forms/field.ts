import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

/** What a field shows of its form. */
export interface FormState {
  readonly busy: boolean;
  /** What is wrong with a field; undefined when nothing is. */
  problem(field: string): string | undefined;
  /** Whether the form's alert is about this field, which then is described by it. */
  blamed(field: string): boolean;
}

/** The state of a form that nobody has sent yet. */
export const untouched: FormState = { busy: false, problem: () => undefined, blamed: () => false };

/** A field of a form; `id` makes ids that are unique in the page. */
export interface FieldOptions {
  readonly form: FormState;
  readonly name: string;
  readonly label: string;
  readonly autocomplete: string;
  id(part: string): string;
}

export interface TextFieldOptions extends FieldOptions {
  /** Text below the label that belongs to the field. */
  readonly hint?: string;
  /** The value to start with; what a person types afterwards is the field's own. */
  readonly value?: string;
  readonly inputmode?: "numeric" | "email";
  /** Said below the field, e.g. that its value was converted. */
  readonly note?: string | undefined;
  onChange?(event: Event): void;
}

/** A labelled text field with its hint, note and error. */
export function textField(options: TextFieldOptions): TemplateResult {
  const { name, id, hint, note } = options;
  return html`<div class="w-field">
    <label class="w-label" for=${id(name)}>${options.label}</label>
    ${hint ? html`<p class="w-hint" id=${id(`${name}-hint`)}>${hint}</p>` : nothing}
    <input
      class="w-input"
      id=${id(name)}
      name=${name}
      type="text"
      value=${options.value ?? ""}
      autocomplete=${options.autocomplete}
      inputmode=${options.inputmode ?? nothing}
      autocapitalize="none"
      autocorrect="off"
      spellcheck="false"
      aria-required="true"
      aria-invalid=${invalid(options)}
      aria-describedby=${describedBy(options, hint && `${name}-hint`, note && `${name}-note`)}
      @change=${options.onChange}
    />
    ${note ? html`<p class="w-hint" id=${id(`${name}-note`)}>${note}</p>` : nothing} ${fieldError(options)}
  </div>`;
}

/** The value of `aria-invalid`. */
export function invalid({ form, name }: FieldOptions) {
  return form.blamed(name) || form.problem(name) !== undefined ? "true" : nothing;
}

/** The error of a field, as text below it. */
export function fieldError({ form, name, id }: FieldOptions) {
  const problem = form.problem(name);
  return problem ? html`<p class="w-error" id=${id(`${name}-error`)}>${problem}</p>` : nothing;
}

/** The ids that describe a field: the given parts, its error, and the form's alert where that is about it. */
export function describedBy({ form, name, id }: FieldOptions, ...parts: readonly (string | undefined)[]) {
  const all = [...parts, form.problem(name) && `${name}-error`, form.blamed(name) && "alert"];
  return (
    all
      .filter((part) => typeof part === "string" && part !== "")
      .map((part) => id(part as string))
      .join(" ") || nothing
  );
}

/** The main button: stays in the tab order and keeps the focus while the form is busy. */
export function submitButton({ busy }: FormState, label: string, busyLabel: string): TemplateResult {
  return html`<button class="w-button" type="submit" aria-disabled=${busy ? "true" : nothing}>
    ${busy ? busyLabel : label}
  </button>`;
}

export { usernameForManagers } from "./username-for-managers.ts";
