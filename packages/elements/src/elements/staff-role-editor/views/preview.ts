import { html, nothing } from "lit";
import { isSecondOfDouble } from "../../../internal/double-click.ts";
import type { Review, Texts } from "../model.ts";
import { failureText } from "./failure.ts";
import { nameOf, personTemplate, roleName } from "./person.ts";

export interface PreviewActions {
  emailOf(staffId: string): string;
  cancel(): void;
  save(): void;
  update(change: Partial<Review>): void;
}

/** Whether saving takes the right away from the person who saves. */
export function givesUpOwnRight({ preview }: Review): boolean {
  return preview.changes.some(({ self, from, to }) => self && from === "admin" && to !== "admin");
}

/** The difference before anything is saved; the safe button has the focus. */
export function previewTemplate(review: Review, texts: Texts, actions: PreviewActions) {
  const { preview, saving, failure } = review;
  const { t } = texts;
  const refused = !preview.allowed;
  return html`<div class="w-stack">
    <h2 class="w-heading">${t("previewTitle")}</h2>
    <div id="dialog-text">
      <ul class="w-list difference">
        ${preview.changes.map(
          ({ staffId, name, from, to, problem }) =>
            html`<li>
              ${personTemplate(name, actions.emailOf(staffId))}
              <span>${t("fromTo", { from: roleName(from, texts), to: roleName(to, texts) })}</span>
              ${problem ? html`<p class="w-error">${texts.errorText({ code: problem }).message}</p>` : nothing}
            </li>`,
        )}
      </ul>
      <p>${t("admins", { before: preview.activeAdminsBefore, after: preview.activeAdminsAfter })}</p>
      ${refused ? refusal(review, texts) : nothing}
    </div>
    ${refused ? nothing : html`${selfConfirmation(review, texts, actions)} ${reasonField(review, texts, actions)}`}
    ${failure ? html`<div class="w-alert w-alert-error" part="error" role="alert">${failureText(failure, texts)}</div>` : nothing}
    <div class="w-actions">
      <button class="w-button w-button-secondary" type="button" part="cancel" @click=${actions.cancel}>
        ${refused ? t("back") : t("cancel")}
      </button>
      ${
        refused
          ? nothing
          : html`<button
              class="w-button ${preview.changes.some(({ to }) => to !== "admin") ? "w-button-danger" : ""}"
              type="button"
              part="save"
              aria-disabled=${saving ? "true" : nothing}
              @click=${(event: MouseEvent) => isSecondOfDouble(event) || actions.save()}
            >
              ${saving ? t("saving") : t("save")}
            </button>`
      }
    </div>
  </div>`;
}

function refusal({ preview }: Review, texts: Texts) {
  return html`<div class="w-alert w-alert-error" part="error">
    <p class="w-text"><strong>${texts.t("previewRefused")}</strong></p>
    ${[...new Set(preview.problems)].map((code) => {
      const { message, remedy } = texts.errorText({ code });
      return html`<p class="w-text">${message} ${remedy}</p>`;
    })}
    ${preview.changes.map(({ name, problem }) => {
      if (!problem || preview.problems.includes(problem)) return nothing;
      const { message, remedy } = texts.errorText({ code: problem });
      return html`<p class="w-text">
        ${texts.t("problem", { name: nameOf(name), reason: `${message} ${remedy}` })}
      </p>`;
    })}
  </div>`;
}

function selfConfirmation(review: Review, { t }: Texts, { update }: PreviewActions) {
  if (!givesUpOwnRight(review)) return nothing;
  const missing = review.problem === "confirmSelfMissing";
  return html`<div class="w-alert w-alert-warning">
    <p class="w-text">${t("confirmSelfText")}</p>
    <label class="check">
      <input
        class="w-focusable"
        id="confirm-self"
        type="checkbox"
        .checked=${review.confirmSelf}
        aria-invalid=${missing ? "true" : nothing}
        aria-describedby=${missing ? "confirm-self-error" : nothing}
        @change=${(event: Event) =>
          update({ confirmSelf: (event.target as HTMLInputElement).checked, problem: undefined })}
      />
      <span>${t("confirmSelf")}</span>
    </label>
    ${missing ? html`<p class="w-error" id="confirm-self-error">${t("confirmSelfMissing")}</p>` : nothing}
  </div>`;
}

function reasonField(review: Review, { t }: Texts, { update }: PreviewActions) {
  const bad =
    review.problem === "reasonTooLong" || review.problem === "reasonForbidden" ? review.problem : undefined;
  return html`<div class="w-field">
    <label class="w-label" for="reason">${t("reason")}</label>
    <p class="w-hint" id="reason-hint">${t("reasonHint")}</p>
    <input
      class="w-input"
      id="reason"
      type="text"
      autocomplete="off"
      aria-invalid=${bad ? "true" : nothing}
      aria-describedby=${bad ? "reason-hint reason-error" : "reason-hint"}
      value=${review.reason}
      @input=${(event: Event) => update({ reason: (event.target as HTMLInputElement).value, problem: undefined })}
    />
    ${bad ? html`<p class="w-error" id="reason-error">${t(bad)}</p>` : nothing}
  </div>`;
}
