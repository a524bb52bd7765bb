import { html, nothing } from "lit";
import type { PickerModel } from "../model.ts";
import { chipsTemplate } from "./chips.ts";
import { listboxTemplate, noteText } from "./listbox.ts";

/** Label, chips, input and list; without the last two where nothing may be changed. */
export function fieldTemplate(model: PickerModel, onFocusout: (event: FocusEvent) => void) {
  const { t } = model.texts;
  if (model.readonly) {
    return html`<div class="w-field">
      <span class="w-label" part="label">${model.label}</span>
      ${model.chosen.length > 0 ? chipsTemplate(model) : html`<p class="w-text">${t("none")}</p>`}
    </div>`;
  }
  return html`<div class="w-field">
    <label class="w-label" id="label" for="input" part="label"
      >${model.label}${model.required ? html`<span class="required">${t("required")}</span>` : nothing}</label
    >
    <slot name="help"></slot>
    <div class="control" @focusout=${onFocusout}>${chipsTemplate(model)} ${inputTemplate(model)}</div>
    <p class="w-hint" id="hint">${t("hint")}</p>
  </div>`;
}

function inputTemplate(model: PickerModel) {
  const { combobox, options, disabled, texts } = model;
  const { open, active } = combobox;
  const expanded = open && options.length > 0;
  const note = open ? noteText(model) : "";
  return html`<div class="box">
    <input
      class="w-input"
      part="input"
      id="input"
      type="text"
      role="combobox"
      aria-labelledby="label"
      autocomplete="off"
      autocapitalize="none"
      spellcheck="false"
      aria-autocomplete="list"
      aria-haspopup="listbox"
      aria-expanded=${expanded}
      aria-controls="listbox"
      aria-activedescendant=${expanded && active !== undefined ? `o-${active}` : nothing}
      aria-describedby="hint"
      aria-required=${model.required}
      ?disabled=${disabled}
      @input=${combobox.onInput}
      @compositionend=${combobox.onCompositionEnd}
      @keydown=${combobox.onKeydown}
      @click=${combobox.show}
    />
    <button
      class="toggle"
      type="button"
      tabindex="-1"
      aria-label=${texts.t(open ? "close" : "open")}
      aria-expanded=${open}
      ?disabled=${disabled}
      @mousedown=${keepFocus}
      @click=${combobox.toggle}
    ></button>
    ${
      open
        ? html`<div class="popup" part="popup" @mousedown=${keepFocus}>
            ${expanded ? listboxTemplate(model) : nothing}
            ${note ? html`<p class="note">${note}</p>` : nothing}
          </div>`
        : nothing
    }
  </div>`;
}

/** A press on the list must not take the focus out of the input. */
function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}
