import { html, nothing } from "lit";
import type { PropertyDeclarations, PropertyValues, TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { WelbyClient } from "@welby/sdk";
import { AnnouncerController } from "../../controllers/announcer.ts";
import { AsyncStateController } from "../../controllers/async-state.ts";
import { CompositionController } from "../../controllers/composition.ts";
import { ConfirmController } from "../../controllers/confirm.ts";
import { LocalizeController } from "../../controllers/localize.ts";
import { RovingFocusController } from "../../controllers/roving-focus.ts";
import { SessionController } from "../../controllers/session.ts";
import type { PatientGroup, PatientRow } from "../../internal/api-types.ts";
import { AttemptKey } from "../../internal/attempt-key.ts";
import { WelbyElement } from "../../internal/base-element.ts";
import { collectAll } from "../../internal/collect.ts";
import { displayName } from "../../internal/display-name.ts";
import { WelbyActionEvent, WelbyErrorEvent } from "../../internal/events.ts";
import type { Failure } from "../../internal/failure.ts";
import { runAction } from "../../internal/run-action.ts";
import { controls } from "../../theme/controls.css.ts";
import { tokens } from "../../theme/tokens.css.ts";
import { Assignment, loadGround, recounted } from "./assignment.ts";
import { ComboboxController } from "./combobox.ts";
import { createOffer, filterSections, groupsOf, sameNamed, sectionGroups } from "./group-list.ts";
import type { GroupSection } from "./group-list.ts";
import { groupPickerStyles } from "./group-picker.css.ts";
import { groupPickerMessages } from "./group-picker.messages.ts";
import {
  changesTemplate,
  conflictTemplate,
  failureTemplate,
  patientsTemplate,
  patientTemplate,
} from "./group-picker.templates.ts";
import { CREATE, MAX_PATIENTS, RESULTS_DELAY_MS } from "./group-picker.types.ts";
import type { GroupCreateDetail, GroupsChangeDetail } from "./group-picker.types.ts";
import { changesOf, holders, remaining, share, toggled, wished } from "./membership.ts";
import type { GroupChange, Ground, Share, Wishes } from "./membership.ts";
import { saveAssignment } from "./save.ts";

interface PickerData {
  readonly groups: readonly PatientGroup[];
  readonly sections: readonly GroupSection[];
}

const NO_WISHES: Wishes = new Map();

/**
 * Picks the groups of one patient, of many patients at once, or of a form: a combobox with chips, filter and create.
 *
 * ```html
 * <welby-group-picker label="グループ"></welby-group-picker>
 * <script type="module">
 *   const picker = document.querySelector("welby-group-picker");
 *   picker.patients = [row]; // or several rows of client.patients.search()
 * </script>
 * ```
 *
 * One patient's change is saved at once (`manual-save`: by the button); many patients' changes always by the button,
 * after a confirmation that names them. Without patients it is a form control whose value is a list of group ids.
 *
 * @slot header - Above the field.
 * @slot help - Below the label.
 * @slot footer - Below everything.
 * @event welby-before-groups-change - Before groups change (cancelable, `waitUntil`): `GroupsChangeDetail`.
 * @event welby-groups-change - Groups have changed: `GroupsChangeDetail`.
 * @event welby-before-group-create - Before a group is created (cancelable, `waitUntil`): `{ name }`.
 * @event welby-group-create - A group was created: `{ group }`.
 * @event welby-error - A load, a save or a creation failed: `{ action, code, retryable, requestId }`.
 * @event change - A form's value was changed by the person.
 * @csspart label - The field's label.
 * @csspart chips - The list of chosen groups.
 * @csspart chip - One chosen group.
 * @csspart input - The text field.
 * @csspart popup - The list of groups with its notes.
 * @csspart option - One group in the list.
 * @csspart create - The option that creates a group.
 * @csspart patients - Who the picker is about.
 * @csspart save-bar - What will change, with the buttons.
 * @csspart save - The button that saves.
 * @csspart conflict - Who was quicker.
 * @csspart error - What went wrong.
 * @csspart dialog - The confirmation.
 * @cssprop --welby-chip-background - Background of a chip.
 * @cssprop --welby-popup-background - Background of the list.
 * @cssprop --welby-popup-z-index - Height of the list above the page; 10 unless set.
 * @cssstate loading - Nothing could be shown yet.
 * @cssstate open - The list is open.
 * @cssstate saving - A change is on its way.
 * @status experimental
 * @since 0.1.0
 */
export class WelbyGroupPicker extends WelbyElement {
  static readonly formAssociated = true;

  static override properties: PropertyDeclarations = {
    patientIds: { attribute: "patient-ids", converter: idList },
    patients: { attribute: false },
    defaultValue: { attribute: "value", converter: idList },
    name: { reflect: true },
    label: {},
    required: { type: Boolean, reflect: true },
    readonly: { type: Boolean, reflect: true },
    disabled: { type: Boolean, reflect: true },
    manualSave: { type: Boolean, attribute: "manual-save", reflect: true },
  };

  static override styles = [tokens, controls, groupPickerStyles];

  /** Ids of the patients; those of `patients` unless set. As an attribute separated by spaces. */
  declare patientIds: readonly string[] | undefined;
  /** The patients' rows as `client.patients.search()` gave them, so that every confirmation says who is meant. */
  declare patients: readonly PatientRow[] | undefined;
  /** A form's value to begin with and to go back to on reset: group ids, as the attribute `value` separated by spaces. */
  declare defaultValue: readonly string[] | undefined;
  /** The name of the form entries, one a chosen group. */
  declare name: string | undefined;
  /** The field's label; 「グループ」 unless set. */
  declare label: string | undefined;
  /** At least one group has to be chosen. */
  declare required: boolean;
  /** Shows the groups without letting anybody change them. */
  declare readonly: boolean;
  /** Like a disabled form control. */
  declare disabled: boolean;
  /** Saves one patient's changes by a button instead of at once. */
  declare manualSave: boolean;

  readonly #internals = this.attachInternals();
  readonly #texts = new LocalizeController(this, "group-picker", groupPickerMessages);
  readonly #announcer = new AnnouncerController(this);
  readonly #confirm = new ConfirmController(this);
  readonly #composition = new CompositionController(this);
  readonly #combobox = new ComboboxController(this, {
    composition: this.#composition,
    options: () => this.#optionIds(),
    pick: (option) => this.#pick(option),
    focusLastChip: () => this.#chips.focus(Infinity),
    onFilter: () => this.#filtered(),
  });
  readonly #chips = new RovingFocusController(this, {
    items: () => [...this.renderRoot.querySelectorAll<HTMLElement>("button.chip")],
    orientation: "horizontal",
  });
  readonly #data = new AsyncStateController<PickerData>(this, {
    load: (signal) => this.#load(signal),
    isEmpty: ({ groups }) => groups.length === 0,
    onFailure: (failure) => this.dispatchEvent(new WelbyErrorEvent("load", failure)),
    onSlow: () => this.#announcer.announce(this.#texts.t("loading")),
  });
  readonly #session = new SessionController(this, {
    onOpen: (samePerson) => {
      if (!samePerson) this.#forget();
      void this.#data.reload();
    },
    onClose: (drop) => {
      this.#data.reset();
      this.#combobox.close();
      if (drop === "everything") this.#forget();
    },
  });
  readonly #createKey = new AttemptKey();
  #assignment = new Assignment([]);
  #formValue: readonly string[] | undefined;
  #formDisabled = false;
  #creation: { readonly name: string; readonly failure: Failure | undefined } | undefined;

  constructor() {
    super();
    this.required = false;
    this.readonly = false;
    this.disabled = false;
    this.manualSave = false;
    // What a click on a <label for> of the page arrives as.
    this.addEventListener("click", (event) => {
      if (event.composedPath()[0] === this) this.focus();
    });
  }

  /** Ids of the groups that all chosen patients have, with the person's changes; a form's value without patients. */
  get value(): string[] {
    if (!this.#hasPatients) return [...(this.#formValue ?? this.defaultValue ?? [])];
    return this.#groups.map(({ id }) => id).filter((id) => this.#share(id) === "all");
  }

  /** Sets a form's value. With patients the value is the patients' own and setting it does nothing. */
  set value(groupIds: readonly string[]) {
    this.#formValue = [...new Set(groupIds)];
    this.requestUpdate();
  }

  /** The form the control belongs to. */
  get form(): HTMLFormElement | null {
    return this.#internals.form;
  }

  get validity(): ValidityState {
    return this.#internals.validity;
  }

  get validationMessage(): string {
    return this.#internals.validationMessage;
  }

  get willValidate(): boolean {
    return this.#internals.willValidate;
  }

  checkValidity(): boolean {
    return this.#internals.checkValidity();
  }

  reportValidity(): boolean {
    return this.#internals.reportValidity();
  }

  /** Loads groups and memberships again; changes not saved yet stay. */
  async reload(): Promise<void> {
    await this.#data.reload();
  }

  override focus(options?: FocusOptions): void {
    this.#combobox.input?.focus(options);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Without a client of its own the element lets the provider make one.
    this.requireClient().catch(() => {
      if (this.isConnected && !this.currentClient) void this.#data.reload();
    });
  }

  formResetCallback(): void {
    this.#formValue = undefined;
    this.#assignment.revert();
    this.#combobox.clear();
  }

  formDisabledCallback(disabled: boolean): void {
    this.#formDisabled = disabled;
    this.requestUpdate();
  }

  formStateRestoreCallback(state: unknown): void {
    if (typeof state === "string") this.value = state.split(" ").filter(Boolean);
  }

  protected override clientChanged(client: WelbyClient | undefined): void {
    this.#session.use(client);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("patientIds") || changed.has("patients")) this.#choosePatients();
    super.willUpdate(changed);
  }

  protected override updated(): void {
    const { value, name } = this;
    const entries = new FormData();
    for (const id of value) entries.append(name ?? "", id);
    this.#internals.setFormValue(name ? entries : null, value.join(" "));
    const missing = this.required && !this.readonly && value.length === 0;
    const anchor = this.#combobox.input;
    if (missing)
      this.#internals.setValidity(
        { valueMissing: true },
        this.#texts.t("requiredMissing"),
        anchor ?? undefined,
      );
    else this.#internals.setValidity({});
    this.#setState("loading", this.#data.value === undefined && this.#data.state.status === "loading");
    this.#setState("open", this.#combobox.open);
    this.#setState("saving", this.#assignment.phase === "saving");
  }

  protected override render(): TemplateResult {
    return html`<slot name="header"></slot>
      <div class="w-stack">${this.#body()}</div>
      <slot name="footer"></slot>
      ${this.#confirm.render()}`;
  }

  // What is shown

  get #groups(): readonly PatientGroup[] {
    return this.#data.value?.groups ?? [];
  }

  get #hasPatients(): boolean {
    return this.#assignment.patientIds.length > 0;
  }

  get #isMany(): boolean {
    return this.#assignment.patientIds.length > 1;
  }

  /** Many people are never changed without a confirmation that names them. */
  get #isExplicit(): boolean {
    return this.#hasPatients && (this.manualSave || this.#isMany);
  }

  get #isDisabled(): boolean {
    return this.disabled || this.#formDisabled;
  }

  get #ground(): Ground {
    return this.#hasPatients ? this.#assignment.ground : new Map([["", new Set(this.value)]]);
  }

  get #wishes(): Wishes {
    return this.#hasPatients ? this.#assignment.wishes : NO_WISHES;
  }

  #share(groupId: string): Share {
    return share(this.#assignment.ground, this.#assignment.wishes, groupId);
  }

  readonly #nameOf = (groupId: string): string =>
    this.#groups.find(({ id }) => id === groupId)?.name ?? this.#texts.t("deletedGroup");

  #sections(): GroupSection[] {
    return filterSections(this.#data.value?.sections ?? [], this.#combobox.query);
  }

  #offer() {
    // While text is being composed it is not a name yet.
    return this.#composition.composing ? undefined : createOffer(this.#combobox.query, this.#groups);
  }

  #optionIds(): string[] {
    const offer = this.#offer();
    const ids: string[] = groupsOf(this.#sections()).map(({ id }) => id);
    return offer && "name" in offer ? [...ids, CREATE] : ids;
  }

  #body() {
    const { closedBy } = this.#session;
    if (closedBy) return this.#problem(this.#texts.errorText({ code: closedBy }));
    const { state } = this.#data;
    if (this.#data.value === undefined) {
      return "failure" in state ? this.#loadFailure(state.failure, state.status) : this.#skeleton();
    }
    return html`${this.#patients()} ${this.#field()}
    ${
      "failure" in state
        ? html`<p class="w-text">${this.#texts.t("stale")}</p>
            ${this.#loadFailure(state.failure, state.status)}`
        : nothing
    }
    ${this.#saving()}
    ${conflictTemplate(this.#assignment, this.#nameOf, this.#texts, (mine) => this.#resolve(mine))}
    ${this.#isExplicit && !this.readonly ? this.#saveBar() : nothing}`;
  }

  #skeleton() {
    return html`<div aria-busy="true">
      <div class="skeleton" aria-hidden="true"></div>
    </div>`;
  }

  #problem({ message, remedy }: { message: string; remedy: string }) {
    return html`<div class="w-alert" part="error" role="status">
      <p class="w-text"><strong>${message}</strong> ${remedy}</p>
    </div>`;
  }

  #loadFailure(failure: Failure, status: string) {
    const { t } = this.#texts;
    return html`<div class="w-alert w-alert-error w-stack" part="error" role="alert">
      ${status === "offline" ? html`<p class="w-text">${t("offline")}</p>` : failureTemplate(failure, this.#texts)}
      ${
        status === "forbidden"
          ? nothing
          : html`<div class="w-actions">
              <button
                class="w-button w-button-secondary"
                type="button"
                @click=${() => void this.#data.reload()}
              >
                ${t("retry")}
              </button>
            </div>`
      }
    </div>`;
  }

  #patients() {
    if (!this.#hasPatients) return nothing;
    const { patientIds } = this.#assignment;
    const { t } = this.#texts;
    const rows = this.patients ?? [];
    const only = rows.find(({ id }) => id === patientIds[0]);
    if (!this.#isMany)
      return only ? html`<div part="patients">${patientTemplate(only, this.#texts)}</div>` : nothing;
    return html`<details part="patients">
      <summary class="w-focusable">${t("patients", { count: patientIds.length })}</summary>
      ${patientsTemplate(patientIds, rows, this.#texts)}
    </details>`;
  }

  #field() {
    const { t } = this.#texts;
    const text = this.label ?? t("label");
    const required = this.required ? html`<span class="required">${t("required")}</span>` : nothing;
    if (this.readonly) {
      return html`<div class="w-field">
        <span class="w-label" id="label" part="label">${text}</span>
        ${this.#chipList()}
      </div>`;
    }
    return html`<div class="w-field">
      <label class="w-label" for="input" part="label">${text}${required}</label>
      <slot name="help"></slot>
      <div class="control" @focusout=${this.#onFocusout} @compositionend=${() => this.#filtered()}>
        ${this.#chipList()} ${this.#input()}
      </div>
      <p class="w-hint" id="hint">${t("hint")}</p>
    </div>`;
  }

  #input() {
    const { t } = this.#texts;
    const { open, active } = this.#combobox;
    const sections = this.#sections();
    const offer = this.#offer();
    const expanded = open && this.#optionIds().length > 0;
    return html`<div class="box">
      <input
        class="w-input"
        part="input"
        id="input"
        type="text"
        role="combobox"
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-expanded=${expanded}
        aria-controls="listbox"
        aria-activedescendant=${expanded && active !== undefined ? `o-${active}` : nothing}
        aria-describedby="hint"
        aria-required=${this.required}
        ?disabled=${this.#isDisabled}
        @input=${this.#combobox.onInput}
        @keydown=${this.#combobox.onKeydown}
        @click=${() => this.#combobox.open || this.#combobox.toggleOpen()}
      />
      <button
        class="toggle"
        type="button"
        tabindex="-1"
        aria-label=${open ? t("close") : t("open")}
        aria-expanded=${open}
        ?disabled=${this.#isDisabled}
        @mousedown=${keepFocus}
        @click=${() => this.#combobox.toggleOpen()}
      ></button>
      ${
        open
          ? html`<div class="popup" part="popup" @mousedown=${keepFocus}>
              ${expanded ? this.#listbox(sections, offer) : nothing} ${this.#note(sections, offer)}
            </div>`
          : nothing
      }
    </div>`;
  }

  #listbox(sections: readonly GroupSection[], offer: ReturnType<typeof createOffer>) {
    const { t } = this.#texts;
    const total = this.#optionIds().length;
    let position = 0;
    return html`<div role="listbox" id="listbox" aria-multiselectable="true" aria-label=${t("list")}>
      ${sections.map(({ category, groups }) => {
        const id = `c-${category?.id ?? ""}`;
        return html`<div role="group" aria-labelledby=${id}>
          <div class="category" id=${id}>
            <bdi>${category ? displayName(category.name) : t("noCategory")}</bdi>
          </div>
          ${groups.map(({ group }) => this.#option(group, ++position, total))}
        </div>`;
      })}
      ${offer && "name" in offer ? this.#createOption(offer.name, total) : nothing}
    </div>`;
  }

  #option(group: PatientGroup, position: number, total: number) {
    const { t } = this.#texts;
    const ground = this.#ground;
    const now = share(ground, this.#wishes, group.id);
    const active = this.#combobox.active === group.id;
    return html`<div
      class="option ${now}"
      part="option"
      role="option"
      id="o-${group.id}"
      aria-selected=${now === "all"}
      aria-setsize=${total}
      aria-posinset=${position}
      ?data-active=${active}
      @click=${(event: MouseEvent) => this.#onOptionClick(event, group.id)}
    >
      <span class="name"><bdi>${displayName(group.name)}</bdi></span>
      ${this.#isMany ? html`<span class="count">${this.#shareText(group.id, now)}</span>` : nothing}
      <span class="count">${t("members", { count: group.memberCount })}</span>
    </div>`;
  }

  #shareText(groupId: string, now: Share): string {
    const total = this.#assignment.patientIds.length;
    if (now === "all") return this.#texts.t("allOf", { total });
    return this.#texts.t("shareOf", { total, count: now === "some" ? holders(this.#ground, groupId) : 0 });
  }

  #createOption(name: string, total: number) {
    const { t } = this.#texts;
    const creation = this.#creation?.name === name ? this.#creation : undefined;
    const shown = displayName(name);
    const pending = creation && !creation.failure;
    return html`<div
      class="option create"
      part="create option"
      role="option"
      id="o-${CREATE}"
      aria-selected="false"
      aria-disabled=${pending ? "true" : nothing}
      aria-setsize=${total}
      aria-posinset=${total}
      ?data-active=${this.#combobox.active === CREATE}
      @click=${(event: MouseEvent) => this.#onOptionClick(event, CREATE)}
    >
      <span class="name">${pending ? t("creating", { name: shown }) : t("create", { name: shown })}</span>
      ${
        creation?.failure
          ? html`<span class="w-error"
              >${this.#texts.errorText(creation.failure).message} ${t("createAgain")}</span
            >`
          : nothing
      }
    </div>`;
  }

  #note(sections: readonly GroupSection[], offer: ReturnType<typeof createOffer>) {
    const { t } = this.#texts;
    const note =
      offer && "problem" in offer
        ? t(offer.problem)
        : this.#groups.length === 0 && this.#combobox.query === ""
          ? t("empty")
          : sections.length === 0
            ? t("filteredEmpty")
            : "";
    return note ? html`<p class="note">${note}</p>` : nothing;
  }

  #chipList() {
    const chosen = this.#hasPatients
      ? this.#groups.map(({ id }) => id as string).filter((id) => this.#share(id) !== "none")
      : this.value;
    if (chosen.length === 0) return nothing;
    return html`<ul
      class="w-list chips"
      part="chips"
      role="list"
      aria-label=${this.#texts.t("chips")}
      @keydown=${this.#onChipKeydown}
      @focusin=${this.#chips.onFocusin}
    >
      ${repeat(
        chosen,
        (id) => id,
        (id) => html`<li>${this.#chip(id)}</li>`,
      )}
    </ul>`;
  }

  #chip(groupId: string) {
    const now = this.#hasPatients ? this.#share(groupId) : "all";
    const name = html`<bdi>${displayName(this.#nameOf(groupId))}</bdi>${
        now === "some" ? html`<small>${this.#shareText(groupId, now)}</small>` : nothing
      }`;
    if (this.readonly) return html`<span class="chip fixed ${now}" part="chip">${name}</span>`;
    return html`<button
      class="chip w-focusable ${now}"
      part="chip"
      type="button"
      data-id=${groupId}
      ?disabled=${this.#isDisabled}
      @click=${() => this.#removeChip(groupId)}
    >
      <span>${name}<span class="w-visually-hidden">${this.#texts.t("removeSuffix")}</span></span>
    </button>`;
  }

  #saving() {
    const { phase, failure, failed } = this.#assignment;
    const { t } = this.#texts;
    if (!this.#hasPatients) return nothing;
    const text =
      phase === "idle" ? (this.#data.state.status === "refreshing" ? t("refreshing") : "") : t(phase);
    return html`<p class="status">${text}</p>
      ${
        failure
          ? html`<div class="w-alert w-alert-error w-stack" part="error" role="alert">
              ${failureTemplate(failure, this.#texts)}
              ${
                failed.length > 1
                  ? html`<ul class="w-list" role="list">
                      ${failed.map(
                        (one) =>
                          html`<li>
                            ${t("failedGroup", {
                              name: displayName(this.#nameOf(one.groupId)),
                              message: this.#texts.errorText(one.failure).message,
                            })}
                          </li>`,
                      )}
                    </ul>`
                  : nothing
              }
              ${
                this.#isExplicit
                  ? nothing
                  : html`<div class="w-actions">
                      <button
                        class="w-button"
                        type="button"
                        @click=${() => void this.#save(this.#assignment)}
                      >
                        ${t("saveAgain")}
                      </button>
                      <button class="w-button w-button-secondary" type="button" @click=${this.#revert}>
                        ${t("revert")}
                      </button>
                    </div>`
              }
            </div>`
          : nothing
      }`;
  }

  #saveBar() {
    const { t } = this.#texts;
    const { ground, wishes, patientIds, phase, conflict } = this.#assignment;
    if (conflict) return nothing;
    const changes = changesOf(ground, wishes);
    const tooMany = patientIds.length > MAX_PATIENTS;
    const ready = changes.length > 0 && phase !== "saving" && !tooMany && !this.#isDisabled;
    const count = patientIds.length;
    return html`<div class="savebar" part="save-bar">
      <p class="w-text" id="changes">
        ${tooMany ? t("tooMany") : changes.length > 0 ? t("changes", { count: changes.length }) : t("noChanges")}
      </p>
      ${changesTemplate(changes, this.#nameOf, this.#texts)}
      <div class="w-actions">
        <button
          class="w-button"
          part="save"
          type="button"
          aria-disabled=${!ready}
          aria-describedby="changes"
          @click=${() => (ready ? void this.#askAndSave() : undefined)}
        >
          ${this.#isMany ? t("saveMany", { count }) : t("save")}
        </button>
        ${
          changes.length > 0
            ? html`<button class="w-button w-button-secondary" type="button" @click=${this.#revert}>
                ${t("revert")}
              </button>`
            : nothing
        }
      </div>
    </div>`;
  }

  // What happens

  #setState(state: string, on: boolean): void {
    if (on) this.#internals.states.add(state);
    else this.#internals.states.delete(state);
  }

  #choosePatients(): void {
    const ids = this.patientIds?.length ? this.patientIds : (this.patients ?? []).map(({ id }) => id);
    const unique = [...new Set<string>(ids)];
    if (unique.join() === this.#assignment.patientIds.join()) return;
    this.#assignment = new Assignment(unique);
    this.#creation = undefined;
    this.#combobox.close();
    this.#combobox.clear();
    this.#data.reset();
    if (this.#session.isOpen) void this.#data.reload();
  }

  #forget(): void {
    this.#assignment = new Assignment(this.#assignment.patientIds);
    this.#formValue = undefined;
    this.#creation = undefined;
    this.#combobox.clear();
  }

  async #load(signal: AbortSignal): Promise<PickerData> {
    const client = await this.requireClient();
    const assignment = this.#assignment;
    const { patientIds, revision } = assignment;
    const options = { signal };
    const [groups, categories, read] = await Promise.all([
      collectAll(client.groups.list({ limit: 200 }, options), signal),
      collectAll(client.categories.list({ limit: 200 }, options), signal),
      this.#hasPatients && patientIds.length <= MAX_PATIENTS
        ? loadGround(client, patientIds, this.patients ?? [], signal)
        : undefined,
    ]);
    signal.throwIfAborted();
    if (read && revision === assignment.revision) assignment.rebase(read.ground, read.version, groups);
    return { groups, sections: sectionGroups(groups, categories) };
  }

  #filtered(): void {
    this.requestUpdate();
    // Announced once the text stands still, never in the middle of a conversion.
    if (this.#composition.composing || !this.#combobox.open) return;
    const count = groupsOf(this.#sections()).length;
    const { t } = this.#texts;
    this.#announcer.announce(count > 0 ? t("results", { count }) : t("filteredEmpty"), RESULTS_DELAY_MS);
  }

  #onOptionClick(event: MouseEvent, option: string): void {
    // The second click of a double click would take back the first.
    if (event.detail > 1) return;
    this.#combobox.highlight(option);
    this.#pick(option);
  }

  #pick(option: string): void {
    if (option === CREATE) {
      const offer = this.#offer();
      if (offer && "name" in offer) void this.#create(offer.name);
      return;
    }
    if (this.#combobox.query !== "") this.#combobox.clear();
    void this.#change(option, toggled(this.#ground, this.#wishes, option));
  }

  #removeChip(groupId: string): void {
    const chips = [...this.renderRoot.querySelectorAll<HTMLElement>("button.chip")];
    const at = chips.findIndex((chip) => chip.dataset.id === groupId);
    void this.#change(groupId, wished(this.#ground, this.#wishes, groupId, false));
    void this.updateComplete.then(() => (chips.length > 1 && at >= 0 ? this.#chips.focus(at) : this.focus()));
  }

  /** Puts a wish into the form's value, into the draft, or on its way to the server. */
  async #change(groupId: string, wishes: Wishes): Promise<void> {
    if (this.#isDisabled || this.readonly) return;
    if (!this.#hasPatients) {
      await this.#changeForm(groupId, wishes.get(groupId) ?? false);
      return;
    }
    const assignment = this.#assignment;
    assignment.wishes = wishes;
    if (assignment.phase === "saved") assignment.phase = "idle";
    this.requestUpdate();
    this.#say(groupId);
    if (!this.#isExplicit && !assignment.conflict) await this.#save(assignment);
  }

  async #changeForm(groupId: string, on: boolean): Promise<void> {
    const detail = { patientIds: [], changes: [], added: on ? [groupId] : [], removed: on ? [] : [groupId] };
    const outcome = await runAction<GroupsChangeDetail, void>(this, "groups-change", detail, async () => {
      this.value = on ? [...this.value, groupId] : this.value.filter((id) => id !== groupId);
    });
    if (outcome.status !== "done") return;
    this.#say(groupId);
    await this.updateComplete;
    this.dispatchEvent(new WelbyActionEvent<GroupsChangeDetail>("groups-change", detail));
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #say(groupId: string): void {
    const now = this.#hasPatients ? this.#share(groupId) : this.value.includes(groupId) ? "all" : "none";
    const id = now === "all" ? "selected" : now === "some" ? "unchanged" : "deselected";
    this.#announcer.announce(
      this.#texts.t(id, { name: displayName(this.#nameOf(groupId)), count: this.value.length }),
    );
  }

  async #askAndSave(): Promise<void> {
    const assignment = this.#assignment;
    const { t } = this.#texts;
    const { patientIds } = assignment;
    const changes = changesOf(assignment.ground, assignment.wishes);
    this.#combobox.close();
    const confirmed = await this.#confirm.ask({
      title: t("confirmTitle"),
      body: html`<p>${this.#isMany ? t("confirmMany", { count: patientIds.length }) : t("confirmOne")}</p>
        ${patientsTemplate(patientIds, this.patients ?? [], this.#texts)}
        ${changesTemplate(changes, this.#nameOf, this.#texts)}`,
      confirmLabel: this.#isMany ? t("saveMany", { count: patientIds.length }) : t("save"),
      cancelLabel: t("cancel"),
      tone: "primary",
    });
    // What was confirmed names these patients; another choice meanwhile is another question.
    if (confirmed && assignment === this.#assignment) await this.#save(assignment);
  }

  async #save(assignment: Assignment): Promise<void> {
    const changes = changesOf(assignment.ground, assignment.wishes);
    const client = this.currentClient;
    if (assignment.phase === "saving" || changes.length === 0 || !client) return;
    assignment.settle();
    assignment.phase = "saving";
    this.requestUpdate();
    const outcome = await runAction(this, "groups-change", detailOf(assignment, changes), () =>
      saveAssignment(client, assignment, changes),
    );
    assignment.phase = "idle";
    assignment.revision += 1;
    if (outcome.status === "cancelled") this.#cancelled(assignment, changes);
    else if (outcome.status === "failed") await this.#failed(assignment, outcome.failure);
    else this.#saved(assignment, outcome.result.saved, outcome.result.failed);
    this.requestUpdate();
    // What was pressed meanwhile.
    if (
      outcome.status === "done" &&
      !assignment.failure &&
      !this.manualSave &&
      assignment.patientIds.length === 1
    )
      await this.#save(assignment);
  }

  #cancelled(assignment: Assignment, changes: readonly GroupChange[]): void {
    if (this.#isExplicit) return;
    const refused = new Set(changes.map(({ groupId }) => groupId));
    assignment.wishes = new Map([...assignment.wishes].filter(([id]) => !refused.has(id)));
  }

  #saved(assignment: Assignment, saved: readonly GroupChange[], failed: Assignment["failed"]): void {
    const data = this.#data.value;
    if (data) {
      const groups = recounted(data.groups, saved);
      const byId = new Map(groups.map((group) => [group.id, group]));
      const sections = data.sections.map((section) => ({
        ...section,
        groups: section.groups.map((one) => ({ ...one, group: byId.get(one.group.id) ?? one.group })),
      }));
      this.#data.set({ groups, sections });
    }
    assignment.wishes = remaining(assignment.ground, assignment.wishes, () => true);
    assignment.failed = failed;
    assignment.failure = failed[0]?.failure;
    if (failed[0]) this.dispatchEvent(new WelbyErrorEvent("groups-change", failed[0].failure));
    else assignment.phase = "saved";
    this.dispatchEvent(
      new WelbyActionEvent<GroupsChangeDetail>("groups-change", detailOf(assignment, saved)),
    );
    const { t } = this.#texts;
    this.#announcer.announce(
      failed.length > 0 ? t("savedPartly", { saved: saved.length, failed: failed.length }) : t("saved"),
      this.#isExplicit ? undefined : 1500,
    );
  }

  async #failed(assignment: Assignment, failure: Failure): Promise<void> {
    if (failure.code === "version_conflict" && assignment.patientIds.length === 1) {
      const before = assignment.ground.get(assignment.patientIds[0] ?? "") ?? new Set<string>();
      const { changedBy = null, changedAt = null } = failure.conflicts[0] ?? {};
      if (assignment !== this.#assignment) return;
      await this.#data.reload();
      assignment.conflict = { changedBy, changedAt, before };
      return;
    }
    assignment.failure = failure;
    // A group may be gone: the list below the message should be the true one.
    if (failure.code === "not_found" && assignment === this.#assignment) await this.#data.reload();
  }

  #resolve(mine: boolean): void {
    const assignment = this.#assignment;
    assignment.conflict = undefined;
    if (mine) void this.#save(assignment);
    else assignment.revert();
    this.requestUpdate();
    this.focus();
  }

  readonly #revert = (): void => {
    this.#assignment.revert();
    this.#announcer.announce(this.#texts.t("reverted"));
    this.requestUpdate();
    this.focus();
  };

  async #create(name: string): Promise<void> {
    const client = this.currentClient;
    if (!client || (this.#creation && !this.#creation.failure) || this.#isDisabled) return;
    const { t } = this.#texts;
    const assignment = this.#assignment;
    this.#creation = { name, failure: undefined };
    this.requestUpdate();
    this.#announcer.announce(t("creating", { name: displayName(name) }));
    const outcome = await runAction(this, "group-create", { name }, () =>
      client.groups.create({ name, categoryId: null }, this.#createKey.for(name)),
    );
    this.#createKey.settle(outcome.status === "failed" ? outcome.failure : undefined);
    this.#creation = undefined;
    if (outcome.status === "done") this.#created(outcome.result, assignment);
    else if (outcome.status === "failed") await this.#notCreated(name, outcome.failure);
    this.requestUpdate();
  }

  #created(group: PatientGroup, assignment: Assignment): void {
    this.dispatchEvent(new WelbyActionEvent<GroupCreateDetail>("group-create", { group }));
    const data = this.#data.value;
    if (!data) return;
    const categories = data.sections.flatMap(({ category }) => category ?? []);
    const groups = [...data.groups.filter(({ id }) => id !== group.id), group];
    this.#data.set({ groups, sections: sectionGroups(groups, categories) });
    this.#combobox.clear();
    this.#combobox.highlight(group.id);
    // Made for these patients: after another choice it is only a new group.
    if (assignment !== this.#assignment) return;
    void this.#change(group.id, wished(this.#ground, this.#wishes, group.id, true));
    this.#announcer.announce(
      this.#texts.t("created", { name: displayName(group.name), count: this.value.length }),
    );
  }

  async #notCreated(name: string, failure: Failure): Promise<void> {
    const { t } = this.#texts;
    if (failure.code === "duplicate_name") {
      await this.#data.reload();
      const existing = sameNamed(this.#groups, name);
      if (existing) {
        this.#combobox.highlight(existing.id);
        this.#announcer.announce(t("duplicate", { name: displayName(existing.name) }));
        return;
      }
    }
    this.#creation = { name, failure };
    this.#announcer.announce(
      `${t("createFailed", { name: displayName(name) })} ${this.#texts.errorText(failure).message}`,
    );
  }

  readonly #onFocusout = ({ relatedTarget }: FocusEvent): void => {
    if (!(relatedTarget instanceof Node) || !this.renderRoot.contains(relatedTarget)) this.#combobox.close();
  };

  readonly #onChipKeydown = (event: KeyboardEvent): void => {
    const chip = (event.target as Element).closest<HTMLElement>("button.chip");
    const groupId = chip?.dataset.id;
    if (!chip || groupId === undefined) return;
    const chips = [...this.renderRoot.querySelectorAll("button.chip")];
    if (event.key === "Backspace" || event.key === "Delete") {
      event.preventDefault();
      this.#removeChip(groupId);
    } else if (event.key === "ArrowRight" && chips.at(-1) === chip) {
      event.preventDefault();
      this.focus();
    } else this.#chips.onKeydown(event);
  };
}

function detailOf(assignment: Assignment, changes: readonly GroupChange[]): GroupsChangeDetail {
  const ids = (which: "add" | "remove") =>
    changes.filter((one) => one[which].length > 0).map(({ groupId }) => groupId);
  return { patientIds: assignment.patientIds, added: ids("add"), removed: ids("remove"), changes };
}

function idList(text: string | null): string[] {
  return (text ?? "").split(/\s+/).filter(Boolean);
}

/** A press on the list must not take the focus out of the input. */
function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}

declare global {
  interface HTMLElementTagNameMap {
    "welby-group-picker": WelbyGroupPicker;
  }
}
