import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { displayJst, formatJst } from "@welby/text";
import type { StaffMember } from "../../../internal/api-types.ts";
import { displayName } from "../../../internal/display-name.ts";
import type { RoleEditorModel, Texts } from "../model.ts";
import { lockReason } from "../role-draft.ts";
import type { Role, RowConflict } from "../role-draft.ts";
import { nameOf, personTemplate, roleName } from "./person.ts";

const ROLES = ["staff", "admin"] as const;

/** One person: who, in which state, and which role. */
export function rowTemplate(model: RoleEditorModel, member: StaffMember) {
  const { texts, draft, conflicts, accounts } = model;
  const { t } = texts;
  const conflict = conflicts.get(member.id);
  const changed = draft.has(member.id);
  return html`<tr role="row" class="${changed ? "changed" : ""} ${conflict ? "conflicted" : ""}">
    <th role="rowheader" scope="row" id="n-${member.id}">${personTemplate(member.name, member.email)}</th>
    <td role="cell">
      ${member.id === accounts.me.staffId ? html`<span class="badge">${t("self")}</span>` : nothing}
      <span class="status">${statusText(member.status, texts)}</span>
      ${changed ? html`<span class="badge">${t("changed")}</span>` : nothing}
    </td>
    <td role="cell">
      ${choices(model, member)} ${conflict ? conflictTemplate(model, member, conflict) : nothing}
    </td>
  </tr>`;
}

function choices(model: RoleEditorModel, member: StaffMember) {
  const { texts, draft } = model;
  const locked = lockReason(member, draft);
  const role = draft.get(member.id) ?? member.role;
  const reason = locked === undefined ? undefined : texts.errorText({ code: locked });
  return html`<div
      class="choices"
      role="radiogroup"
      aria-labelledby="n-${member.id}"
      aria-describedby=${reason ? `l-${member.id}` : nothing}
    >
      ${ROLES.map((choice) => radio(model, member, choice, role, locked !== undefined))}
    </div>
    ${role === "admin" || role === "staff" ? nothing : html`<p class="row-note">${roleName(role, texts)}</p>`}
    ${
      reason
        ? html`<p class="row-note muted" id="l-${member.id}">
            ${texts.t("locked", { reason: `${reason.message} ${reason.remedy}` })}
          </p>`
        : nothing
    }`;
}

function radio(model: RoleEditorModel, member: StaffMember, choice: Role, role: string, locked: boolean) {
  const { t } = model.texts;
  const id = `${choice}-${member.id}`;
  return html`<label class="choice">
    <input
      class="w-focusable"
      type="radio"
      name="role-${member.id}"
      value=${choice}
      aria-labelledby="r-${id}"
      aria-describedby="d-${id}"
      aria-disabled=${locked ? "true" : nothing}
      .checked=${live(role === choice)}
      @click=${(event: Event) => {
        if (!locked) return;
        // A disabled field would not say why: this one can be reached, and refuses.
        event.preventDefault();
        model.refuse(member);
      }}
      @change=${() => locked || model.choose(member, choice)}
    />
    <span id="r-${id}">${t(choice)}</span>
    <span class="muted" id="d-${id}">${t(`${choice}Allows`)}</span>
  </label>`;
}

function conflictTemplate(model: RoleEditorModel, member: StaffMember, conflict: RowConflict) {
  const { texts, draft } = model;
  const { t } = texts;
  const mine = draft.get(member.id) ?? member.role;
  const name = nameOf(member.name);
  return html`<div
    class="w-alert w-alert-warning w-stack row-note"
    part="conflict"
    role="group"
    aria-label=${t("choiceFor", { name })}
  >
    <p class="w-text">${conflictText(conflict, texts)}</p>
    <p class="w-text">
      ${t("theirs", { role: roleName(member.role, texts) })}<br />${t("mine", { role: roleName(mine, texts) })}
    </p>
    <div class="w-actions">
      <button class="w-button w-button-secondary" type="button" @click=${() => model.resolve(member, false)}>
        ${t("useTheirs")}
      </button>
      <button class="w-button w-button-secondary" type="button" @click=${() => model.resolve(member, true)}>
        ${t("useMine")}
      </button>
    </div>
  </div>`;
}

function conflictText({ changedBy, changedAt }: RowConflict, { t }: Texts) {
  const who = changedBy ? t("person", { name: displayName(changedBy) }) : t("someone");
  if (!changedAt) return t("conflictUndated", { who });
  const [before = "", after = ""] = t("conflict", { who, when: "\u0000" }).split("\u0000");
  return html`${before}<time datetime=${formatJst(changedAt)}>${displayJst(changedAt)}</time>${after}`;
}

function statusText(status: string, { t }: Texts): string {
  return status === "active" || status === "invited" || status === "suspended" || status === "removed"
    ? t(status)
    : displayName(status);
}
