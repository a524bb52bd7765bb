import { html, nothing } from "lit";
import { submitButton, usernameForManagers } from "../../../forms/field.ts";
import type { ResetModel } from "../reset-model.ts";

/** The new password, for who came with a valid-looking link. */
export function confirmView(model: ResetModel) {
  const { t, form, id } = model;
  return html`<form
    class="w-stack"
    method="post"
    novalidate
    aria-labelledby=${id("heading")}
    @submit=${model.onConfirm}
  >
    <h2 class="w-heading w-focusable" id=${id("heading")} tabindex="-1">${t("confirmHeading")}</h2>
    <p class="w-text">${t("confirmText")}</p>
    ${model.offline ? html`<p class="w-alert">${model.texts.common("offline")}</p>` : nothing}
    ${form.renderAlert()} ${usernameForManagers(model.email)}
    ${model.newPassword.render({ form, id, name: "new-password", label: t("newPassword") })}
    <div class="w-actions">${submitButton(form, t("save"), t("saving"))}</div>
  </form>`;
}
