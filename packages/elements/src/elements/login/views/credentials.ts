import { html, nothing } from "lit";
import { submitButton } from "../../../forms/field.ts";
import type { LoginModel } from "../login-model.ts";

export interface CredentialsOptions {
  /** Said above the fields: signed out, expired, offline. */
  readonly notices: readonly string[];
  readonly forgot: { readonly href: string | undefined; onClick(event: Event): void } | undefined;
  onSubmit(event: SubmitEvent): void;
}

/** Login id and password: the view that paints before anything is loaded or asked. */
export function credentialsView(model: LoginModel, { notices, forgot, onSubmit }: CredentialsOptions) {
  const { texts, form, id } = model;
  const { t } = texts;
  // post: should the page ever send the form itself, the password must not stand in the address.
  return html`<form
    class="w-stack"
    method="post"
    novalidate
    aria-labelledby=${id("heading")}
    @submit=${onSubmit}
  >
    <h2 class="w-heading w-focusable" id=${id("heading")} tabindex="-1">${t("heading")}</h2>
    ${notices.map((notice) => html`<p class="w-alert">${notice}</p>`)} ${form.renderAlert()}
    ${model.halfWidth.render({
      form,
      id,
      name: "username",
      label: t("loginId"),
      hint: t(model.now().audience === "patient" ? "loginIdHintPatient" : "loginIdHintStaff"),
      autocomplete: "username webauthn",
      inputmode: "email",
      value: model.now().loginId,
    })}
    ${model.password.render({ form, id, name: "password", label: t("password"), autocomplete: "current-password" })}
    <div class="w-actions">${submitButton(form, t("submit"), t("busy"))}</div>
    ${forgot ? html`<div>${forgotLink(t("forgot"), forgot)}</div>` : nothing}
  </form>`;
}

function forgotLink(label: string, { href, onClick }: NonNullable<CredentialsOptions["forgot"]>) {
  return href
    ? html`<a class="w-link" href=${href} @click=${onClick}>${label}</a>`
    : html`<button class="w-link" type="button" @click=${onClick}>${label}</button>`;
}
