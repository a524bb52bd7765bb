import { html, nothing } from "lit";
import { displayJst, formatJst } from "@welby/text";
import { displayName } from "../../../internal/display-name.ts";
import type { Translate } from "../../../controllers/localize.ts";
import { difference } from "../membership.ts";
import { lateMessages } from "../late.messages.ts";
import type { PickerModel } from "../model.ts";

/** Who was quicker, what they changed, and what of the person's own changes is still to be saved. */
export function conflictTemplate(model: PickerModel, resolve: (mine: boolean) => void) {
  const { conflict, ground, wishes, patientIds } = model.assignment;
  if (!conflict) return nothing;
  const t = model.texts.of(lateMessages);
  const names = (ids: readonly string[]) => ids.map((id) => displayName(model.nameOf(id))).join(t("comma"));
  const line = (id: "theirAdded" | "theirRemoved" | "mineAdded" | "mineRemoved", ids: readonly string[]) =>
    ids.length > 0 ? html`<li>${t(id, { names: names(ids) })}</li>` : nothing;
  const theirs = difference(conflict.before, ground.get(patientIds[0] ?? "") ?? new Set());
  const mine = (on: boolean) => [...wishes].filter(([, wish]) => wish === on).map(([id]) => id);
  return html`<div class="w-alert w-alert-warning w-stack" part="conflict" role="alert">
    <p class="w-text">${whoAndWhen(conflict, t)}</p>
    <ul class="w-list">
      ${line("theirAdded", theirs.added)} ${line("theirRemoved", theirs.removed)}
      ${line("mineAdded", mine(true))} ${line("mineRemoved", mine(false))}
      ${wishes.size === 0 ? html`<li>${t("mineDone")}</li>` : nothing}
    </ul>
    <div class="w-actions">
      <button class="w-button w-button-secondary" type="button" @click=${() => resolve(false)}>
        ${t("useTheirs")}
      </button>
      ${
        wishes.size > 0
          ? html`<button class="w-button" type="button" @click=${() => resolve(true)}>
              ${t("useMine")}
            </button>`
          : nothing
      }
    </div>
  </div>`;
}

function whoAndWhen(
  { changedBy, changedAt }: { readonly changedBy: string | null; readonly changedAt: string | null },
  t: Translate<typeof lateMessages>,
) {
  const who = changedBy ? t("person", { name: displayName(changedBy) }) : t("someone");
  if (!changedAt) return t("conflictUndated", { who });
  const [before = "", after = ""] = t("conflict", { who, when: "\u0000" }).split("\u0000");
  return html`${before}<time datetime=${formatJst(changedAt)}>${displayJst(changedAt)}</time>${after}`;
}
