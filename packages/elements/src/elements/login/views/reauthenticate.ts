import { html, nothing } from "lit";
import { submitButton, usernameForManagers } from "../../../forms/field.ts";
import type { LoginModel } from "../login-model.ts";
import { stepMessages } from "../steps.messages.ts";

/** The password once more, for a session that was locked. */
export function reauthenticateView(model: LoginModel, onSubmit: (event: SubmitEvent) => void) {
  const { texts, form, id } = model;
  const t = texts.of(stepMessages);
  const locked = texts.errorText({ code: "session_locked" });
  return html`<form
    class="w-stack"
    method="post"
    novalidate
    aria-labelledby=${id("heading")}
    @submit=${onSubmit}
  >
    <h2 class="w-heading w-focusable" id=${id("heading")} tabindex="-1">${t("lockedHeading")}</h2>
    <p class="w-text">${locked.message} ${locked.remedy}</p>
    ${model.now().loginId ? html`<p class="w-text">${texts.t("loginId")}: ${model.now().loginId}</p>` : nothing}
    ${form.renderAlert()} ${usernameForManagers(model.now().loginId)}
    ${model.password.render({ form, id, name: "password", label: t("currentPassword"), autocomplete: "current-password" })}
    <div class="w-actions">
      ${submitButton(form, t("unlock"), t("unlocking"))}
      <button class="w-button w-button-secondary" type="button" @click=${() => void model.signOut()}>
        ${t("otherAccount")}
      </button>
    </div>
  </form>`;
}
