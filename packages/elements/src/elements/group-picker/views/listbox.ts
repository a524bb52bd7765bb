import { html, nothing } from "lit";
import type { PatientGroup } from "../../../internal/api-types.ts";
import { displayName } from "../../../internal/display-name.ts";
import { CREATE } from "../group-picker.types.ts";
import { shareText } from "../model.ts";
import type { PickerModel } from "../model.ts";

/** The groups under their headings, and last the option that creates one. */
export function listboxTemplate(model: PickerModel) {
  const { t } = model.texts;
  const { offer, sections } = model;
  let position = 0;
  return html`<div role="listbox" id="listbox" aria-multiselectable="true" aria-label=${t("list")}>
    ${sections.map(({ category, groups }) => {
      const id = `c-${category?.id ?? ""}`;
      return html`<div role="group" aria-labelledby=${id}>
        <div class="category" id=${id}>
          <bdi>${category ? displayName(category.name) : t("noCategory")}</bdi>
        </div>
        ${groups.map(({ group }) => option(model, group, ++position))}
      </div>`;
    })}
    ${offer && "name" in offer ? createOption(model, offer.name) : nothing}
  </div>`;
}

/** What is said below the list, or instead of it. */
export function noteText({ texts, offer, sections, hasGroups, combobox }: PickerModel): string {
  if (offer && "problem" in offer) return texts.t(offer.problem);
  if (!hasGroups && combobox.query === "") return texts.t("empty");
  return sections.length === 0 ? texts.t("filteredEmpty") : "";
}

function option(model: PickerModel, group: PatientGroup, position: number) {
  const share = model.share(group.id);
  // eslint-disable-next-line lit-a11y/click-events-have-key-events -- the focus, and with it every key, is the input's
  return html`<div
    class="option ${share}"
    part="option"
    role="option"
    id="o-${group.id}"
    aria-selected=${share === "all"}
    aria-setsize=${model.options.length}
    aria-posinset=${position}
    ?data-active=${model.combobox.active === group.id}
    @click=${(event: MouseEvent) => model.clickOption(event, group.id)}
  >
    <span class="name"><bdi>${displayName(group.name)}</bdi></span>
    ${model.many ? html`<span class="count">${shareText(model, group.id)}</span>` : nothing}
    <span class="count">${model.texts.t("members", { count: group.memberCount })}</span>
  </div>`;
}

function createOption(model: PickerModel, typed: string) {
  const { texts, options, combobox } = model;
  const creation = model.creation?.name === typed ? model.creation : undefined;
  const pending = creation !== undefined && !creation.failure;
  const name = displayName(typed);
  // eslint-disable-next-line lit-a11y/click-events-have-key-events -- as above
  return html`<div
    class="option create"
    part="create"
    role="option"
    id="o-${CREATE}"
    aria-selected="false"
    aria-disabled=${pending ? "true" : nothing}
    aria-setsize=${options.length}
    aria-posinset=${options.length}
    ?data-active=${combobox.active === CREATE}
    @click=${(event: MouseEvent) => model.clickOption(event, CREATE)}
  >
    <span class="name">${texts.t(pending ? "creating" : "create", { name })}</span>
    ${
      creation?.failure
        ? html`<span class="w-error"
            >${texts.errorText(creation.failure).message} ${texts.t("createAgain")}</span
          >`
        : nothing
    }
  </div>`;
}
