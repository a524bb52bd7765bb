import { html, nothing } from "lit";
import type { PatientRow } from "../../../internal/api-types.ts";
import { displayName } from "../../../internal/display-name.ts";
import type { PickerModel, Texts } from "../model.ts";
import { identityOf } from "../patient-identity.ts";

/** More patients than this scroll, and then the list has to be reachable by keyboard. */
const SCROLLS_FROM = 5;

/** Who the picker is about. */
export function subjectTemplate({ assignment, patients, many, texts }: PickerModel) {
  const { patientIds } = assignment;
  if (many) {
    return html`<details part="patients">
      <summary class="w-focusable">${texts.t("patients", { count: patientIds.length })}</summary>
      ${patientsTemplate(patientIds, patients, texts)}
    </details>`;
  }
  const only = patients.find(({ id }) => id === patientIds[0]);
  return only ? html`<div part="patients">${patientTemplate(only, texts)}</div>` : nothing;
}

/** The patients an action is about. Those the host page gave no row for are counted, so that nobody is left out. */
export function patientsTemplate(patientIds: readonly string[], rows: readonly PatientRow[], texts: Texts) {
  const { t } = texts;
  const known = rows.filter((row) => patientIds.includes(row.id));
  const unknown = patientIds.length - known.length;
  if (known.length === 0) return html`<p class="w-text">${t("unknownPatients", { count: unknown })}</p>`;
  return html`<ul class="w-list patients" tabindex=${known.length > SCROLLS_FROM ? 0 : nothing}>
    ${known.map((row) => html`<li>${patientTemplate(row, texts)}</li>`)}
    ${unknown > 0 ? html`<li>${t("otherPatients", { count: unknown })}</li>` : nothing}
  </ul>`;
}

/** Name, reading, birth date in both calendars and 診察券番号: never the name alone (J-17). */
function patientTemplate(row: PatientRow, { t, locale }: Texts) {
  const { name, kana, birthDate, number } = identityOf(row, locale);
  return html`<span class="patient">
    <span class="name"><bdi>${displayName(name)}</bdi></span>
    ${kana && html`<bdi>${displayName(kana)}</bdi>`}
    <span class="date">${birthDate || t("noBirthDate")}</span>
    <span class="number">${number ? t("patientNumber", { number }) : t("noPatientNumber")}</span>
  </span>`;
}
