import { html } from "lit";
import { submitButton, usernameForManagers } from "../../../forms/field.ts";
import type { NewPasswordController } from "../../../forms/new-password.ts";
import { flowMessages } from "../flow.messages.ts";
import type { LoginModel } from "../login-model.ts";
import { stepMessages } from "../steps.messages.ts";

/** The first own password, in place of the initial one. */
export function passwordChangeView(
  model: LoginModel,
  newPassword: NewPasswordController,
  onSubmit: (event: SubmitEvent) => void,
) {
  const { texts, form, id } = model;
  const t = texts.of(stepMessages);
  return html`<form
    class="w-stack"
    method="post"
    novalidate
    aria-labelledby=${id("heading")}
    @submit=${onSubmit}
  >
    <h2 class="w-heading w-focusable" id=${id("heading")} tabindex="-1">${t("changeHeading")}</h2>
    <p class="w-text">${t("changeText")}</p>
    ${form.renderAlert()} ${usernameForManagers(model.now().loginId)}
    ${newPassword.render({ form, id, name: "new-password", label: t("newPassword") })}
    <div class="w-actions">
      ${submitButton(form, t("change"), t("changing"))}
      <button class="w-button w-button-secondary" type="button" @click=${() => void model.signOut()}>
        ${texts.of(flowMessages)("signOut")}
      </button>
    </div>
  </form>`;
}
