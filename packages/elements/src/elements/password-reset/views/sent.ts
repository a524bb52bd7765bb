import { html, nothing } from "lit";
import { displayJst, formatJst, isCarrierAddress, isLegacyCarrierAddress } from "@welby/text";
import type { ResetModel } from "../reset-model.ts";
import { signInLink } from "./sign-in-link.ts";

/** How long a link of a reset mail works (the API's rule). */
const VALID_MINUTES = 30;

/** The same for every address, registered or not. */
export function sentView(model: ResetModel) {
  const { t, form, id, sentAt, secondsToResend } = model;
  const until = sentAt + VALID_MINUTES * 60_000;
  const [before, after] = t("sentExpiry", { minutes: VALID_MINUTES, time: "\u0000" }).split("\u0000");
  return html`<div class="w-stack">
    <h2 class="w-heading w-focusable" id=${id("heading")} tabindex="-1">${t("sentHeading")}</h2>
    ${model.resent ? html`<p class="w-alert w-alert-success">${t("resent")}</p>` : nothing}
    ${form.renderAlert()}
    <p class="w-text">${t("sentText")}</p>
    <p class="w-text"><span class="w-strong">${t("sentTo")}</span> <span>${model.email}</span></p>
    <p class="w-text">${before}<time datetime=${formatJst(until)}>${displayJst(until)}</time>${after}</p>
    <div class="w-field">
      <h3 class="w-heading w-heading-small">${t("helpHeading")}</h3>
      <ul class="w-list w-bullets">
        ${carrierHelp(model)}
        <li>${t("helpSpam")}</li>
        <li>${t("helpAddress")}</li>
      </ul>
    </div>
    ${
      secondsToResend > 0
        ? html`<p class="w-hint" id=${id("resend-wait")}>${t("resendWait", { seconds: secondsToResend })}</p>`
        : nothing
    }
    <div class="w-actions">
      <button
        class="w-button w-button-secondary"
        type="button"
        aria-disabled=${form.busy || secondsToResend > 0 ? "true" : nothing}
        aria-describedby=${secondsToResend > 0 ? id("resend-wait") : nothing}
        @click=${model.onResend}
      >
        ${t(form.busy ? "sending" : "resend")}
      </button>
      <button class="w-button w-button-secondary" type="button" @click=${model.onStartAgain}>
        ${t("editEmail")}
      </button>
    </div>
    <div>${signInLink(model, t("backToSignIn"))}</div>
  </div>`;
}

/** Carriers refuse unknown senders. Said first to those whom it concerns, and to the others too: they may know why. */
function carrierHelp({ t, email, senderDomain }: ResetModel) {
  const help = senderDomain ? t("helpCarrier", { domain: senderDomain }) : t("helpCarrierNoDomain");
  return html`<li class=${isCarrierAddress(email) ? "w-strong" : ""}>${help}</li>
    ${isLegacyCarrierAddress(email) ? html`<li class="w-strong">${t("helpLegacy")}</li>` : nothing}`;
}
