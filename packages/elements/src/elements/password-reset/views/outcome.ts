import { html } from "lit";
import type { ResetModel } from "../reset-model.ts";
import { signInLink } from "./sign-in-link.ts";

/** The password is set; nobody is signed in by that. */
export function doneView(model: ResetModel) {
  const { t, id } = model;
  return html`<div class="w-stack">
    <h2 class="w-heading w-focusable" id=${id("heading")} tabindex="-1">${t("doneHeading")}</h2>
    <p class="w-alert w-alert-success">${t("doneText")}</p>
    <div>${signInLink(model, t("signIn"))}</div>
  </div>`;
}

/** The link is too old, used or replaced. */
export function invalidTokenView(model: ResetModel) {
  const { t, id, texts } = model;
  const { message, remedy } = texts.errorText({ code: "token_invalid" });
  return html`<div class="w-stack">
    <h2 class="w-heading w-focusable" id=${id("heading")} tabindex="-1">${t("invalidHeading")}</h2>
    <p class="w-alert w-alert-error">${message} ${remedy}</p>
    <div class="w-actions">
      <button class="w-button" type="button" @click=${model.onStartAgain}>${t("startAgain")}</button>
    </div>
    <div>${signInLink(model, t("backToSignIn"))}</div>
  </div>`;
}
