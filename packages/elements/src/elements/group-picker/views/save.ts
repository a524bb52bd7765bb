import { html, nothing } from "lit";
import { displayName } from "../../../internal/display-name.ts";
import { MAX_PATIENTS } from "../group-picker.types.ts";
import { changesOf } from "../membership.ts";
import type { GroupChange } from "../membership.ts";
import type { PickerModel } from "../model.ts";
import { failureText } from "./failure.ts";

export interface SaveActions {
  /** After a confirmation. */
  ask(): void;
  /** Once more, what was asked for before. */
  again(): void;
  revert(): void;
}

/** How the last save went. */
export function saveStatusTemplate(
  model: PickerModel,
  explicit: boolean,
  refreshing: boolean,
  actions: SaveActions,
) {
  const { texts, assignment } = model;
  const { phase, failure, failed } = assignment;
  const text = phase === "idle" ? (refreshing ? texts.t("refreshing") : "") : texts.t(phase);
  return html`${text ? html`<p class="status">${text}</p>` : nothing}
  ${
    failure
      ? html`<div class="w-alert w-alert-error w-stack" part="error" role="alert">
          ${failureText(failure, texts)}
          ${
            failed.length > 1
              ? html`<ul class="w-list">
                  ${failed.map(({ groupId, failure: { code } }) => {
                    const name = displayName(model.nameOf(groupId));
                    return html`<li>
                      ${texts.t("failedGroup", { name, message: texts.errorText({ code }).message })}
                    </li>`;
                  })}
                </ul>`
              : nothing
          }
          ${
            explicit
              ? nothing
              : html`<div class="w-actions">
                  <button class="w-button" type="button" @click=${actions.again}>
                    ${texts.t("saveAgain")}
                  </button>
                  <button class="w-button w-button-secondary" type="button" @click=${actions.revert}>
                    ${texts.t("revert")}
                  </button>
                </div>`
          }
        </div>`
      : nothing
  }`;
}

/** What will change, and the button that does it. */
export function saveBarTemplate(model: PickerModel, actions: SaveActions) {
  const { texts, assignment, many } = model;
  const { t } = texts;
  const changes = changesOf(assignment.ground, assignment.wishes);
  const count = assignment.patientIds.length;
  const tooMany = count > MAX_PATIENTS;
  const ready = changes.length > 0 && assignment.phase !== "saving" && !tooMany && !model.disabled;
  return html`<div class="savebar" part="save-bar">
    <p class="w-text" id="changes">
      ${tooMany ? t("tooMany") : changes.length > 0 ? t("changes", { count: changes.length }) : t("noChanges")}
    </p>
    ${changesTemplate(changes, model)}
    <div class="w-actions">
      <button
        class="w-button"
        part="save"
        type="button"
        aria-disabled=${ready ? nothing : "true"}
        aria-describedby="changes"
        @click=${() => ready && actions.ask()}
      >
        ${many ? t("saveMany", { count }) : t("save")}
      </button>
      ${
        changes.length > 0
          ? html`<button class="w-button w-button-secondary" type="button" @click=${actions.revert}>
              ${t("revert")}
            </button>`
          : nothing
      }
    </div>
  </div>`;
}

/** What will be assigned and removed, one line a group. */
export function changesTemplate(
  changes: readonly GroupChange[],
  { texts, nameOf }: Pick<PickerModel, "texts" | "nameOf">,
) {
  if (changes.length === 0) return nothing;
  return html`<ul class="w-list">
    ${changes.map(({ groupId, add, remove }) => {
      const name = displayName(nameOf(groupId));
      return html`<li>
        ${
          add.length > 0
            ? texts.t("confirmAdd", { name, count: add.length })
            : texts.t("confirmRemove", { name, count: remove.length })
        }
      </li>`;
    })}
  </ul>`;
}
