import { html, nothing } from "lit";
import type { PropertyDeclarations, PropertyValues } from "lit";
import type { WelbyClient } from "@welby/sdk";
import { AnnouncerController } from "../../controllers/announcer.ts";
import { AsyncStateController } from "../../controllers/async-state.ts";
import { CompositionController } from "../../controllers/composition.ts";
import { LocalizeController } from "../../controllers/localize.ts";
import { RovingFocusController } from "../../controllers/roving-focus.ts";
import { SessionController } from "../../controllers/session.ts";
import type { PatientGroup, PatientRow } from "../../internal/api-types.ts";
import { WelbyElement } from "../../internal/base-element.ts";
import { collectAll } from "../../internal/collect.ts";
import { displayName } from "../../internal/display-name.ts";
import { WelbyActionEvent, WelbyErrorEvent } from "../../internal/events.ts";
import { toFailure } from "../../internal/failure.ts";
import { runAction } from "../../internal/run-action.ts";
import { controls } from "../../theme/controls.css.ts";
import { tokens } from "../../theme/tokens.css.ts";
import { loadGround, recounted } from "./assignment.ts";
import { loadChanging } from "./changing.ts";
import { ComboboxController } from "./combobox.ts";
import { CreateController } from "./create-controller.ts";
import { createOffer, filterSections, groupsOf, sameNamed, sectionGroups } from "./group-list.ts";
import { groupPickerStyles } from "./group-picker.css.ts";
import { groupPickerMessages } from "./group-picker.messages.ts";
import { CREATE, MAX_PATIENTS, RESULTS_DELAY_MS } from "./group-picker.types.ts";
import type { GroupsChangeDetail } from "./group-picker.types.ts";
import { holders, share, toggled, wished } from "./membership.ts";
import type { Ground, Share, Wishes } from "./membership.ts";
import type { PickerData, PickerModel } from "./model.ts";
import type { PickerQuestions } from "./questions.ts";
import { SaveController } from "./save-controller.ts";
import { loadFailureTemplate } from "./views/failure.ts";
import { fieldTemplate } from "./views/field.ts";
import { subjectTemplate } from "./views/patients.ts";
import { saveBarTemplate, saveStatusTemplate } from "./views/save.ts";
import type { SaveActions } from "./views/save.ts";

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
  /** A form's value to begin with and to go back to on reset: group ids, in the attribute `value` separated by spaces. */
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
  readonly #composition = new CompositionController(this);
  readonly #combobox = new ComboboxController(this, {
    composition: this.#composition,
    options: () => this.#model().options,
    pick: (option) => this.#pick(option),
    focusLastChip: () => this.#chips.focus(Infinity),
    onFilter: () => this.#sayResults(),
  });
  readonly #chips = new RovingFocusController(this, {
    items: () => this.#chipButtons,
    orientation: "horizontal",
  });
  readonly #data = new AsyncStateController<PickerData>(this, {
    load: (signal) => this.#load(signal),
    isEmpty: ({ groups }) => groups.length === 0,
    onFailure: (failure) => this.dispatchEvent(new WelbyErrorEvent("load", failure)),
    onSlow: () => this.#announcer.announce(this.#texts.t("loading")),
  });
  readonly #save = new SaveController(this, {
    explicit: () => this.#isExplicit,
    reload: () => this.#data.reload(),
    onSaved: (saved, failed) => {
      this.#setGroups(recounted(this.#groups, saved));
      const { t } = this.#texts;
      this.#announcer.announce(
        failed > 0 ? t("savedPartly", { saved: saved.length, failed }) : t("saved"),
        // The choice itself is being said now.
        this.#isExplicit ? undefined : 1500,
      );
    },
  });
  readonly #create = new CreateController(this, {
    onPending: (name) => this.#announcer.announce(this.#texts.t("creating", { name: displayName(name) })),
    onCreated: (group) => void this.#created(group),
    onDuplicate: (name) => this.#pointToExisting(name),
    onFailure: (name, failure) =>
      this.#announcer.announce(
        `${this.#texts.t("createFailed", { name: displayName(name) })} ${this.#texts.errorText(failure).message}`,
      ),
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
  #questions: PickerQuestions | undefined;
  #formValue: readonly string[] | undefined;
  #formDisabled = false;

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
    return this.#groups.map(({ id }) => id).filter((id) => this.#shareOf(id) === "all");
  }

  /** Sets a form's value. With patients the value is the patients' own, and setting it changes nothing. */
  set value(groupIds: readonly string[]) {
    this.#formValue = [...new Set(groupIds)];
    this.requestUpdate();
  }

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
    // A provider makes its client only when somebody asks for it.
    this.requireClient().catch(() => {
      if (this.isConnected && !this.currentClient) void this.#data.reload();
    });
  }

  formResetCallback(): void {
    this.#formValue = undefined;
    this.#save.assignment.revert();
    this.#combobox.clear();
  }

  formDisabledCallback(disabled: boolean): void {
    this.#formDisabled = disabled;
    this.requestUpdate();
  }

  formStateRestoreCallback(state: unknown): void {
    if (typeof state === "string") this.value = idList(state);
  }

  protected override clientChanged(client: WelbyClient | undefined): void {
    this.#session.use(client);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("patientIds") || changed.has("patients")) this.#choosePatients();
    super.willUpdate(changed);
  }

  protected override updated(): void {
    this.#updateForm();
    const { states } = this.#internals;
    const now = {
      loading: this.#data.state.status === "loading",
      open: this.#combobox.open,
      saving: this.#save.assignment.phase === "saving",
    };
    for (const [state, on] of Object.entries(now)) states[on ? "add" : "delete"](state);
  }

  protected override render() {
    return html`<div lang=${this.#texts.locale}>
      <slot name="header"></slot>
      <div class="w-stack">${this.#body()}</div>
      <slot name="footer"></slot>
    </div>`;
  }

  #body() {
    const { closedBy } = this.#session;
    if (closedBy) {
      const { message, remedy } = this.#texts.errorText({ code: closedBy });
      return html`<div class="w-alert" part="error" role="status">
        <p class="w-text"><strong>${message}</strong> ${remedy}</p>
      </div>`;
    }
    const { state } = this.#data;
    const failure =
      "failure" in state
        ? loadFailureTemplate(state.failure, state.status, this.#texts, () => void this.#data.reload())
        : nothing;
    if (this.#data.value === undefined) {
      return "failure" in state
        ? failure
        : html`<div aria-busy="true"><div class="skeleton" aria-hidden="true"></div></div>`;
    }
    const model = this.#model();
    return html`${this.#hasPatients ? subjectTemplate(model) : nothing}
    ${fieldTemplate(model, this.#onFocusout)}
    ${"failure" in state ? html`<p class="w-text">${this.#texts.t("stale")}</p>` : nothing} ${failure}
    ${this.#hasPatients ? saveStatusTemplate(model, this.#isExplicit, state.status === "refreshing", this.#saveActions) : nothing}
    ${this.#questions?.render(model, (mine) => this.#resolve(mine)) ?? nothing}
    ${this.#isExplicit && !this.readonly && !model.assignment.conflict ? saveBarTemplate(model, this.#saveActions) : nothing}`;
  }

  get #chipButtons(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>("button.chip")];
  }

  get #groups(): readonly PatientGroup[] {
    return this.#data.value?.groups ?? [];
  }

  get #hasPatients(): boolean {
    return this.#save.assignment.patientIds.length > 0;
  }

  get #isMany(): boolean {
    return this.#save.assignment.patientIds.length > 1;
  }

  /** Many people are never changed without a confirmation that names them. */
  get #isExplicit(): boolean {
    return this.#hasPatients && (this.manualSave || this.#isMany);
  }

  get #isDisabled(): boolean {
    return this.disabled || this.#formDisabled;
  }

  /** A form's value is looked at as the groups of one patient without an id. */
  get #ground(): Ground {
    return this.#hasPatients ? this.#save.assignment.ground : new Map([["", new Set(this.value)]]);
  }

  get #wishes(): Wishes {
    return this.#hasPatients ? this.#save.assignment.wishes : NO_WISHES;
  }

  #shareOf(groupId: string): Share {
    return share(this.#ground, this.#wishes, groupId);
  }

  readonly #nameOf = (groupId: string): string =>
    this.#groups.find(({ id }) => id === groupId)?.name ?? this.#texts.t("deletedGroup");

  #model(): PickerModel {
    const { query } = this.#combobox;
    const ground = this.#ground;
    const wishes = this.#wishes;
    const sections = filterSections(this.#data.value?.sections ?? [], query);
    // While text is being composed it is not a name yet.
    const offer = this.#composition.composing ? undefined : createOffer(query, this.#groups);
    const ids: string[] = groupsOf(sections).map(({ id }) => id);
    const shareOf = (groupId: string) => share(ground, wishes, groupId);
    return {
      texts: this.#texts,
      label: this.label ?? this.#texts.t("label"),
      required: this.required,
      readonly: this.readonly,
      disabled: this.#isDisabled,
      many: this.#isMany,
      patients: this.patients ?? [],
      assignment: this.#save.assignment,
      combobox: this.#combobox,
      sections,
      hasGroups: this.#groups.length > 0,
      offer,
      options: offer && "name" in offer ? [...ids, CREATE] : ids,
      creation: this.#create.creation,
      chosen: this.#hasPatients
        ? this.#groups.map(({ id }) => id as string).filter((id) => shareOf(id) !== "none")
        : this.value,
      share: shareOf,
      holders: (groupId) => holders(ground, groupId),
      nameOf: this.#nameOf,
      clickOption: (event, option) => this.#clickOption(event, option),
      removeChip: (groupId) => void this.#removeChip(groupId),
      onChipKeydown: this.#onChipKeydown,
      onChipFocusin: this.#chips.onFocusin,
    };
  }

  readonly #saveActions: SaveActions = {
    ask: () => void this.#askAndSave(),
    again: () => void this.#save.save(),
    revert: () => {
      this.#save.assignment.revert();
      this.#announcer.announce(this.#texts.t("reverted"));
      this.requestUpdate();
      this.focus();
    },
  };

  #updateForm(): void {
    const { value, name } = this;
    const entries = new FormData();
    for (const id of value) entries.append(name ?? "", id);
    this.#internals.setFormValue(name ? entries : null, value.join(" "));
    const anchor = this.#combobox.input;
    if (this.required && !this.readonly && value.length === 0 && anchor) {
      this.#internals.setValidity({ valueMissing: true }, this.#texts.t("requiredMissing"), anchor);
    } else this.#internals.setValidity({});
  }

  #choosePatients(): void {
    const ids = this.patientIds?.length ? this.patientIds : (this.patients ?? []).map(({ id }) => id);
    if (!this.#save.choose([...new Set<string>(ids)])) return;
    this.#create.reset();
    this.#combobox.close();
    this.#combobox.clear();
    this.#data.reset();
    if (this.#session.isOpen) void this.#data.reload();
  }

  #forget(): void {
    this.#save.forget();
    this.#create.reset();
    this.#formValue = undefined;
    this.#combobox.clear();
  }

  async #load(signal: AbortSignal): Promise<PickerData> {
    const client = await this.requireClient();
    const { assignment } = this.#save;
    const { patientIds, revision } = assignment;
    const options = { signal };
    const [groups, categories, read] = await Promise.all([
      collectAll(client.groups.list({ limit: 200 }, options), signal),
      collectAll(client.categories.list({ limit: 200 }, options), signal),
      patientIds.length > 0 && patientIds.length <= MAX_PATIENTS
        ? loadGround(client, patientIds, this.patients ?? [], signal)
        : undefined,
    ]);
    signal.throwIfAborted();
    if (read && revision === assignment.revision) assignment.rebase(read.ground, read.version, groups);
    return { groups, sections: sectionGroups(groups, categories) };
  }

  #setGroups(groups: readonly PatientGroup[]): void {
    const sections = this.#data.value?.sections;
    if (!sections) return;
    const categories = sections.flatMap(({ category }) => category ?? []);
    this.#data.set({ groups, sections: sectionGroups(groups, categories) });
  }

  #sayResults(): void {
    // Once the text stands still, and never in the middle of a conversion.
    if (this.#composition.composing || !this.#combobox.open) return;
    const count = groupsOf(this.#model().sections).length;
    const { t } = this.#texts;
    this.#announcer.announce(count > 0 ? t("results", { count }) : t("filteredEmpty"), RESULTS_DELAY_MS);
  }

  #clickOption(event: MouseEvent, option: string): void {
    // The second click of a double click would take back the first.
    if (event.detail > 1) return;
    this.#combobox.highlight(option);
    this.#pick(option);
  }

  #pick(option: string): void {
    if (this.#isDisabled || this.readonly) return;
    if (option === CREATE) {
      const { offer } = this.#model();
      if (offer && "name" in offer) void this.#create.create(offer.name);
      return;
    }
    if (this.#combobox.query !== "") this.#combobox.clear();
    void this.#change(option, toggled(this.#ground, this.#wishes, option));
  }

  async #removeChip(groupId: string): Promise<void> {
    const at = this.#chipButtons.findIndex((chip) => chip.dataset["id"] === groupId);
    await this.#change(groupId, wished(this.#ground, this.#wishes, groupId, false));
    await this.updateComplete;
    if (this.#chipButtons.length > 0) this.#chips.focus(at);
    else this.focus();
  }

  /** Puts a wish into the form's value, into the draft, or on its way to the server. */
  async #change(groupId: string, wishes: Wishes): Promise<void> {
    if (!this.#hasPatients) return this.#changeForm(groupId, wishes.get(groupId) ?? false);
    // There is a connection now; a question that comes later must not need one.
    this.#ensureQuestions().catch(() => undefined);
    this.#save.wish(wishes);
    this.#say(groupId);
  }

  async #changeForm(groupId: string, on: boolean): Promise<void> {
    const detail = { patientIds: [], changes: [], added: on ? [groupId] : [], removed: on ? [] : [groupId] };
    const outcome = await runAction<GroupsChangeDetail, void>(this, "groups-change", detail, async () => {
      this.value = on ? [...this.value, groupId] : this.value.filter((id) => id !== groupId);
    });
    if (outcome.status !== "done") return;
    this.#say(groupId);
    // Listeners read the form's data, which is written with the next rendering.
    await this.updateComplete;
    this.dispatchEvent(new WelbyActionEvent<GroupsChangeDetail>("groups-change", detail));
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #say(groupId: string): void {
    const id = { all: "selected", none: "deselected", some: "unchanged" } as const;
    this.#announcer.announce(
      this.#texts.t(id[this.#shareOf(groupId)], {
        name: displayName(this.#nameOf(groupId)),
        count: this.value.length,
      }),
    );
  }

  async #askAndSave(): Promise<void> {
    const { assignment } = this.#save;
    this.#combobox.close();
    try {
      const confirmed = await (await this.#ensureQuestions()).ask(this.#model());
      // What was confirmed names these patients; another choice meanwhile is another question.
      if (confirmed && assignment === this.#save.assignment) await this.#save.save();
    } catch (thrown) {
      assignment.failure = toFailure(thrown);
      this.requestUpdate();
    }
  }

  async #ensureQuestions(): Promise<PickerQuestions> {
    const { PickerQuestions } = await loadChanging();
    this.#questions ??= new PickerQuestions(this);
    this.requestUpdate();
    return this.#questions;
  }

  #resolve(mine: boolean): void {
    this.#save.resolve(mine);
    this.focus();
  }

  async #created(group: PatientGroup): Promise<void> {
    this.#setGroups([...this.#groups.filter(({ id }) => id !== group.id), group]);
    this.#combobox.clear();
    this.#combobox.highlight(group.id);
    await this.#change(group.id, wished(this.#ground, this.#wishes, group.id, true));
    this.#announcer.announce(
      this.#texts.t("created", { name: displayName(group.name), count: this.value.length }),
    );
  }

  async #pointToExisting(name: string): Promise<boolean> {
    await this.#data.reload();
    const existing = sameNamed(this.#groups, name);
    if (!existing) return false;
    this.#combobox.highlight(existing.id);
    this.#announcer.announce(this.#texts.t("duplicate", { name: displayName(existing.name) }));
    return true;
  }

  readonly #onFocusout = ({ relatedTarget }: FocusEvent): void => {
    if (!(relatedTarget instanceof Node) || !this.renderRoot.contains(relatedTarget)) this.#combobox.close();
  };

  readonly #onChipKeydown = (event: KeyboardEvent): void => {
    const chips = this.#chipButtons;
    const chip = chips.find((one) => one === event.target);
    const groupId = chip?.dataset["id"];
    if (groupId === undefined) return;
    if (event.key === "Backspace" || event.key === "Delete") {
      event.preventDefault();
      void this.#removeChip(groupId);
    } else if (event.key === "ArrowRight" && chips.at(-1) === chip) {
      event.preventDefault();
      this.focus();
    } else this.#chips.onKeydown(event);
  };
}

/** Ids in an attribute, separated by spaces. */
function idList(text: string | null): string[] {
  return (text ?? "").split(/\s+/).filter(Boolean);
}

// Carries the types of the events along: a page that imports the element gets them too.
export type { GroupsChangeDetail, GroupCreateDetail, GroupCreateRequest } from "./group-picker.types.ts";

declare global {
  interface HTMLElementTagNameMap {
    "welby-group-picker": WelbyGroupPicker;
  }
}
