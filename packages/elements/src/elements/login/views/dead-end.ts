import { html } from "lit";
import type { LoginModel } from "../login-model.ts";
import { stepMessages } from "../steps.messages.ts";

/** The server asks for a step that this version does not know. */
export function unsupportedStepView(model: LoginModel) {
  const t = model.texts.of(stepMessages);
  return html`<div class="w-stack">
    <h2 class="w-heading w-focusable" id=${model.id("heading")} tabindex="-1">${t("unsupportedHeading")}</h2>
    <p class="w-text">${t("unsupportedText")}</p>
    <div class="w-actions">
      <button class="w-button w-button-secondary" type="button" @click=${() => void model.startOver()}>
        ${t("startOver")}
      </button>
    </div>
  </div>`;
}

/** No https: the browser has no cryptography for this page, and a password must not be typed here. */
export function insecureView(model: LoginModel) {
  const { message, remedy } = model.texts.errorText({ code: "insecure_context" });
  return html`<div class="w-stack">
    <h2 class="w-heading w-focusable" id=${model.id("heading")} tabindex="-1">
      ${model.texts.of(stepMessages)("insecureHeading")}
    </h2>
    <div class="w-alert w-alert-error">
      <p class="w-text w-strong">${message}</p>
      <p class="w-text">${remedy}</p>
    </div>
  </div>`;
}
