import { html } from "lit";
import type { FormController } from "../../../forms/form-controller.ts";
import { submitButton } from "../../../forms/field.ts";
import type { PasswordFieldController } from "../../../forms/password-field.ts";
import { usernameForManagers } from "../../../forms/username-for-managers.ts";
import type { Texts } from "../model.ts";

export interface StepUpModel {
  readonly texts: Texts;
  readonly form: FormController;
  readonly password: PasswordFieldController;
  readonly username: string;
  id(part: string): string;
  submit(event: SubmitEvent): void;
  cancel(): void;
}

/** The password once more, in the page's light DOM, where password managers find it; saving goes on afterwards. */
export function stepUpTemplate(model: StepUpModel) {
  const { texts, form, password, id, username } = model;
  const { t } = texts;
  return html`<form
    class="w-stack"
    method="post"
    novalidate
    lang=${texts.locale}
    aria-labelledby=${id("heading")}
    @submit=${model.submit}
  >
    <h2 class="w-heading" id=${id("heading")}>${t("passwordTitle")}</h2>
    <p class="w-text">${t("passwordText")}</p>
    ${form.renderAlert()} ${usernameForManagers(username)}
    ${password.render({ form, id, name: "password", label: t("password"), autocomplete: "current-password" })}
    <div class="w-actions">
      <button class="w-button w-button-secondary" type="button" @click=${model.cancel}>${t("cancel")}</button>
      ${submitButton(form, t("continue"), t("checking"))}
    </div>
  </form>`;
}
