import { html, nothing } from "lit";
import { displayJst } from "@welby/text";
import { flowMessages } from "../flow.messages.ts";
import type { LoginModel } from "../login-model.ts";

/** The end of the way. The page usually goes on by itself. */
export function signedInView(model: LoginModel) {
  const { texts, id } = model;
  const { continueTo, lastSignInAt } = model.now();
  const t = texts.of(flowMessages);
  return html`<div class="w-stack">
    <h2 class="w-heading w-focusable" id=${id("heading")} tabindex="-1">${t("signedInHeading")}</h2>
    ${
      lastSignInAt
        ? html`<p class="w-text">
              <span class="w-strong">${t("lastSignIn")}</span>
              <time datetime=${lastSignInAt}>${displayJst(lastSignInAt)}</time>
            </p>
            <p class="w-hint">${t("lastSignInHelp")}</p>`
        : nothing
    }
    ${model.form.renderAlert()}
    <div class="w-actions">
      ${continueTo ? html`<a class="w-link" href=${continueTo}>${t("proceed")}</a>` : nothing}
      <button
        class="w-button w-button-secondary"
        type="button"
        aria-disabled=${model.form.busy ? "true" : nothing}
        @click=${() => void model.signOut()}
      >
        ${t(model.form.busy ? "signingOut" : "signOut")}
      </button>
    </div>
  </div>`;
}
