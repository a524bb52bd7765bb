import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { displayJst, formatJst } from "@welby/text";
import type { LocalizeController } from "../../controllers/localize.ts";
import type { PatientRow } from "../../internal/api-types.ts";
import { displayName } from "../../internal/display-name.ts";
import type { Failure } from "../../internal/failure.ts";
import type { Assignment } from "./assignment.ts";
import type { groupPickerMessages } from "./group-picker.messages.ts";
import { difference } from "./membership.ts";
import type { GroupChange } from "./membership.ts";
import { identityOf } from "./patient-identity.ts";

export type Localize = LocalizeController<typeof groupPickerMessages>;
type NameOf = (groupId: string) => string;

/** Name, reading, birth date in both calendars and 診察券番号: never the name alone (J-17). */
export function patientTemplate(row: PatientRow, { t, locale }: Localize): TemplateResult {
  const { name, kana, birthDate, number } = identityOf(row, locale);
  return html`<span class="patient">
    <span class="name"><bdi>${displayName(name)}</bdi></span>
    ${kana && html`<bdi>${displayName(kana)}</bdi>`}
    <span class="date">${birthDate || t("noBirthDate")}</span>
    <span class="number">${number ? t("patientNumber", { number }) : t("noPatientNumber")}</span>
  </span>`;
}

/** The patients an action is about. Those the host page gave no row for are counted, so that nobody is left out. */
export function patientsTemplate(
  patientIds: readonly string[],
  rows: readonly PatientRow[],
  localize: Localize,
): TemplateResult {
  const { t } = localize;
  const known = rows.filter((row) => patientIds.includes(row.id));
  const unknown = patientIds.length - known.length;
  if (known.length === 0) return html`<p class="w-text">${t("unknownPatients", { count: unknown })}</p>`;
  return html`<ul class="w-list patients" role="list" tabindex=${known.length > 5 ? 0 : nothing}>
    ${known.map((row) => html`<li>${patientTemplate(row, localize)}</li>`)}
    ${unknown > 0 ? html`<li>${t("otherPatients", { count: unknown })}</li>` : nothing}
  </ul>`;
}

/** What will be assigned and removed, one line a group. */
export function changesTemplate(
  changes: readonly GroupChange[],
  nameOf: NameOf,
  { t }: Localize,
): TemplateResult {
  return html`<ul class="w-list" role="list">
    ${changes.map(({ groupId, add, remove }) => {
      const name = displayName(nameOf(groupId));
      return html`<li>
        ${
          add.length > 0
            ? t("confirmAdd", { name, count: add.length })
            : t("confirmRemove", { name, count: remove.length })
        }
      </li>`;
    })}
  </ul>`;
}

/** A failure in words, with the number to quote when asking for help. */
export function failureTemplate(failure: Failure, localize: Localize): TemplateResult {
  const { message, remedy } = localize.errorText(failure);
  return html`<p class="w-text"><strong>${message}</strong> ${remedy}</p>
    ${
      failure.requestId
        ? html`<p class="w-hint">${localize.common("requestId", { id: failure.requestId })}</p>`
        : nothing
    }`;
}

/** Who was quicker, what they changed, and what of the person's own changes is still to be saved. */
export function conflictTemplate(
  assignment: Assignment,
  nameOf: NameOf,
  { t }: Localize,
  choose: (mine: boolean) => void,
): TemplateResult | typeof nothing {
  const { conflict, ground, wishes, patientIds } = assignment;
  if (!conflict) return nothing;
  const who = conflict.changedBy ? t("person", { name: displayName(conflict.changedBy) }) : t("someone");
  const theirs = difference(conflict.before, ground.get(patientIds[0] ?? "") ?? new Set());
  const names = (ids: readonly string[]) => ids.map((id) => displayName(nameOf(id))).join(t("comma"));
  const line = (id: "theirAdded" | "theirRemoved" | "mineAdded" | "mineRemoved", ids: readonly string[]) =>
    ids.length > 0 ? html`<li>${t(id, { names: names(ids) })}</li>` : nothing;
  const mine = [...wishes];
  return html`<div class="w-alert w-alert-warning w-stack" part="conflict" role="alert">
    <p class="w-text">
      ${conflict.changedAt ? when(conflict.changedAt, who, t) : t("conflictUndated", { who })}
    </p>
    <ul class="w-list" role="list">
      ${line("theirAdded", theirs.added)} ${line("theirRemoved", theirs.removed)}
      ${line(
        "mineAdded",
        mine.filter(([, on]) => on).map(([id]) => id),
      )}
      ${line(
        "mineRemoved",
        mine.filter(([, on]) => !on).map(([id]) => id),
      )}
      ${mine.length === 0 ? html`<li>${t("mineDone")}</li>` : nothing}
    </ul>
    <div class="w-actions">
      ${
        mine.length > 0
          ? html`<button class="w-button" type="button" @click=${() => choose(true)}>${t("useMine")}</button>`
          : nothing
      }
      <button class="w-button w-button-secondary" type="button" @click=${() => choose(false)}>
        ${t("useTheirs")}
      </button>
    </div>
  </div>`;
}

function when(changedAt: string, who: string, t: Localize["t"]): TemplateResult {
  const shown = displayJst(changedAt);
  const [before = "", after = ""] = t("conflict", { who, when: "\u0000" }).split("\u0000");
  return html`${before}<time datetime=${formatJst(changedAt)}>${shown}</time>${after}`;
}
