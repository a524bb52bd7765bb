import { html, nothing } from "lit";
import type { Failure } from "../../../internal/failure.ts";
import type { Texts } from "../model.ts";

/** A failure in words, with the number to quote when asking for help. */
export function failureText(failure: Failure, texts: Texts) {
  const { message, remedy } = texts.errorText(failure);
  return html`<p class="w-text"><strong>${message}</strong> ${remedy}</p>
    ${failure.outcomeUnknown ? html`<p class="w-text">${texts.t("outcomeUnknown")}</p>` : nothing}
    ${
      failure.requestId
        ? html`<p class="w-hint">${texts.common("requestId", { id: failure.requestId })}</p>`
        : nothing
    }`;
}
