import { html } from "lit";
import { submitButton, usernameForManagers } from "../../../forms/field.ts";
import type { NewPasswordController } from "../../../forms/new-password.ts";
import type { LoginModel } from "../login-model.ts";
import type { FormActions } from "../steps.ts";
import { stepMessages } from "../steps.messages.ts";

/** The first own password, in place of the initial one. */
export function passwordChangeView(
  model: LoginModel,
  newPassword: NewPasswordController,
  actions: FormActions,
) {
  const { texts, form, id } = model;
  const t = texts.of(stepMessages);
  return html`<form
    class="w-stack"
    method="post"
    novalidate
    aria-labelledby=${id("heading")}
    @submit=${actions.onSubmit}
  >
    <h2 class="w-heading w-focusable" id=${id("heading")} tabindex="-1">${t("changeHeading")}</h2>
    <p class="w-text">${t("changeText")}</p>
    ${form.renderAlert()} ${usernameForManagers(model.now().loginId)}
    ${newPassword.render({ form, id, name: "new-password", label: t("newPassword") })}
    <div class="w-actions">
      ${submitButton(form, t("change"), t("changing"))}
      <button class="w-button w-button-secondary" type="button" @click=${actions.onSignOut}>
        ${t("signOut")}
      </button>
    </div>
  </form>`;
}
