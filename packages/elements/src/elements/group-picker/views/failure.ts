import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Failure } from "../../../internal/failure.ts";
import type { Texts } from "../model.ts";

/** A failure in words, with the number to quote when asking for help. */
export function failureText(failure: Failure, texts: Texts): TemplateResult {
  const { message, remedy } = texts.errorText(failure);
  return html`<p class="w-text"><strong>${message}</strong> ${remedy}</p>
    ${
      failure.requestId
        ? html`<p class="w-hint">${texts.common("requestId", { id: failure.requestId })}</p>`
        : nothing
    }`;
}

/** A list that could not be loaded: what happened, and the way to try again unless it is forbidden. */
export function loadFailureTemplate(failure: Failure, status: string, texts: Texts, retry: () => void) {
  return html`<div class="w-alert w-alert-error w-stack" part="error" role="alert">
    ${status === "offline" ? html`<p class="w-text">${texts.t("offline")}</p>` : failureText(failure, texts)}
    ${
      status === "forbidden"
        ? nothing
        : html`<div class="w-actions">
            <button class="w-button w-button-secondary" type="button" @click=${retry}>
              ${texts.t("retry")}
            </button>
          </div>`
    }
  </div>`;
}
