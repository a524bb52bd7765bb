import { html, nothing } from "lit";
import { submitButton } from "../../../forms/field.ts";
import type { ResetModel } from "../reset-model.ts";
import { signInLink } from "./sign-in-link.ts";

/** Asks where the mail shall go. */
export function requestView(model: ResetModel) {
  const { t, form, id } = model;
  return html`<form
    class="w-stack"
    method="post"
    novalidate
    aria-labelledby=${id("heading")}
    @submit=${model.onRequest}
  >
    <h2 class="w-heading w-focusable" id=${id("heading")} tabindex="-1">${t("requestHeading")}</h2>
    <p class="w-text">${t("requestText")}</p>
    ${model.offline ? html`<p class="w-alert">${model.texts.common("offline")}</p>` : nothing}
    ${form.renderAlert()}
    ${model.halfWidth.render({
      form,
      id,
      name: "email",
      label: t("email"),
      autocomplete: "username",
      inputmode: "email",
      value: model.email,
    })}
    <div class="w-actions">${submitButton(form, t("send"), t("sending"))}</div>
    <div>${signInLink(model, t("backToSignIn"))}</div>
  </form>`;
}
