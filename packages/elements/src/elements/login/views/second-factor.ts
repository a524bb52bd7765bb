import { html } from "lit";
import { submitButton } from "../../../forms/field.ts";
import type { LoginModel } from "../login-model.ts";
import { stepMessages } from "../steps.messages.ts";

/** One field for the code of an authenticator app. */
export function secondFactorView(model: LoginModel, onSubmit: (event: SubmitEvent) => void) {
  const { texts, form, id } = model;
  const t = texts.of(stepMessages);
  return html`<form
    class="w-stack"
    method="post"
    novalidate
    aria-labelledby=${id("heading")}
    @submit=${onSubmit}
  >
    <h2 class="w-heading w-focusable" id=${id("heading")} tabindex="-1">${t("secondFactorHeading")}</h2>
    <p class="w-text">${t("secondFactorText")}</p>
    ${form.renderAlert()}
    ${model.halfWidth.render({
      form,
      id,
      name: "code",
      label: t("code"),
      hint: t("codeHint"),
      autocomplete: "one-time-code",
      inputmode: "numeric",
    })}
    <div class="w-actions">
      ${submitButton(form, t("verify"), t("verifying"))}
      <button class="w-button w-button-secondary" type="button" @click=${() => void model.startOver()}>
        ${t("startOver")}
      </button>
    </div>
  </form>`;
}
