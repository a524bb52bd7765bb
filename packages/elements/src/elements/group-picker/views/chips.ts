import { html, nothing } from "lit";
import { displayName } from "../../../internal/display-name.ts";
import { shareText } from "../model.ts";
import type { PickerModel } from "../model.ts";

/** The chosen groups before the input, each a button that takes it away. */
export function chipsTemplate(model: PickerModel) {
  if (model.chosen.length === 0) return nothing;
  return html`<div
    class="chips"
    part="chips"
    role="list"
    aria-label=${model.texts.t("chips")}
    @keydown=${model.onChipKeydown}
    @focusin=${model.onChipFocusin}
  >
    ${model.chosen.map((id) => html`<div role="listitem">${chip(model, id)}</div>`)}
  </div>`;
}

function chip(model: PickerModel, groupId: string) {
  const share = model.share(groupId);
  const name = displayName(model.nameOf(groupId));
  const part = share === "some" ? shareText(model, groupId) : "";
  const text = html`<bdi>${name}</bdi>${part ? html` <small>${part}</small>` : nothing}`;
  if (model.readonly) return html`<span class="chip fixed ${share}" part="chip">${text}</span>`;
  return html`<button
    class="chip w-focusable ${share}"
    part="chip"
    type="button"
    data-id=${groupId}
    aria-label=${model.texts.t("remove", { name: part ? `${name} ${part}` : name })}
    ?disabled=${model.disabled}
    @click=${() => model.removeChip(groupId)}
  >
    <span>${text}</span>
  </button>`;
}
