import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Audience } from "@welby/sdk";
import type { Translate } from "../../../controllers/localize.ts";
import { submitButton } from "../../../forms/field.ts";
import type { FieldOptions, FormState, TextFieldOptions } from "../../../forms/field.ts";
import type { loginMessages } from "../login.messages.ts";

export interface CredentialsOptions {
  readonly t: Translate<typeof loginMessages>;
  readonly form: FormState;
  readonly audience: Audience;
  readonly loginId: string;
  /** Said above the fields: signed out, expired, offline. */
  readonly notices: readonly string[];
  /** What is wrong; after the notices. */
  readonly alert: unknown;
  readonly forgot: { readonly href: string | undefined; onClick(event: Event): void } | undefined;
  id(part: string): string;
  renderUsername(options: TextFieldOptions): TemplateResult;
  renderPassword(options: FieldOptions & { readonly autocomplete: "current-password" }): TemplateResult;
  onSubmit(event: SubmitEvent): void;
}

/**
 * Login id and password: the view that paints before anything is loaded or asked. The same template before and after
 * the rest has come, so that the fields, and what was typed into them, stay.
 */
export function credentialsView(options: CredentialsOptions) {
  const { t, form, id } = options;
  // post: should the page ever send the form itself, the password must not stand in the address.
  return html`<form
    class="w-stack"
    method="post"
    novalidate
    aria-labelledby=${id("heading")}
    @submit=${options.onSubmit}
  >
    <h2 class="w-heading w-focusable" id=${id("heading")} tabindex="-1">${t("heading")}</h2>
    ${options.notices.map((notice) => html`<p class="w-alert">${notice}</p>`)} ${options.alert}
    ${options.renderUsername({
      form,
      id,
      name: "username",
      label: t("loginId"),
      hint: t(options.audience === "patient" ? "loginIdHintPatient" : "loginIdHintStaff"),
      autocomplete: "username webauthn",
      inputmode: "email",
      value: options.loginId,
    })}
    ${options.renderPassword({ form, id, name: "password", label: t("password"), autocomplete: "current-password" })}
    <div class="w-actions">${submitButton(form, t("submit"), t("busy"))}</div>
    ${options.forgot ? html`<div>${forgotLink(t("forgot"), options.forgot)}</div>` : nothing}
  </form>`;
}

function forgotLink(label: string, { href, onClick }: NonNullable<CredentialsOptions["forgot"]>) {
  return href
    ? html`<a class="w-link" href=${href} @click=${onClick}>${label}</a>`
    : html`<button class="w-link" type="button" @click=${onClick}>${label}</button>`;
}
