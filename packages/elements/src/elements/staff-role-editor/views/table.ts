import { html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { StaffMember } from "../../../internal/api-types.ts";
import type { RoleEditorModel } from "../model.ts";
import { rowTemplate } from "./row.ts";

/**
 * The people with their roles. The roles of table and rows are spelled out because a narrow screen lays the rows out
 * as blocks, after which an engine may no longer take them for a table.
 */
export function tableTemplate(model: RoleEditorModel, members: readonly StaffMember[]) {
  const { t } = model.texts;
  return html`<table role="table" part="table" aria-label=${t("title")}>
    <thead>
      <tr role="row">
        <th role="columnheader" scope="col">${t("member")}</th>
        <th role="columnheader" scope="col">${t("status")}</th>
        <th role="columnheader" scope="col">${t("role")}</th>
      </tr>
    </thead>
    <tbody>
      ${repeat(
        members,
        ({ id }) => id,
        (member) => rowTemplate(model, member),
      )}
    </tbody>
  </table>`;
}
