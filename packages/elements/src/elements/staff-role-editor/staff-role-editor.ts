import { html, nothing } from "lit";
import type { PropertyDeclarations, PropertyValues } from "lit";
import type { WelbyClient } from "@welby/sdk";
import { matcher, searchKey } from "@welby/text";
import { AnnouncerController } from "../../controllers/announcer.ts";
import { AsyncStateController } from "../../controllers/async-state.ts";
import { CompositionController } from "../../controllers/composition.ts";
import { ConfirmController } from "../../controllers/confirm.ts";
import { LocalizeController } from "../../controllers/localize.ts";
import { SessionController } from "../../controllers/session.ts";
import type { StaffMember } from "../../internal/api-types.ts";
import { WelbyElement } from "../../internal/base-element.ts";
import { collectAll } from "../../internal/collect.ts";
import { WelbyActionEvent, WelbyBeforeEvent, WelbyErrorEvent } from "../../internal/events.ts";
import { toFailure } from "../../internal/failure.ts";
import type { Failure } from "../../internal/failure.ts";
import { controls } from "../../theme/controls.css.ts";
import { tokens } from "../../theme/tokens.css.ts";
import type { Accounts, RoleEditorModel } from "./model.ts";
import { ReviewController } from "./review-controller.ts";
import { displayName } from "../../internal/display-name.ts";
import { changesOf, chosen, conflictsOf, lockReason, remaining } from "./role-draft.ts";
import type { Draft, Role, RowConflict } from "./role-draft.ts";
import { staffRoleEditorStyles } from "./staff-role-editor.css.ts";
import { staffRoleEditorMessages } from "./staff-role-editor.messages.ts";
import { RESULTS_DELAY_MS } from "./staff-role-editor.types.ts";
import type { LeaveDetail, RoleChangeDetail, RoleChangesDetail } from "./staff-role-editor.types.ts";
import { failureText } from "./views/failure.ts";
import { tableTemplate } from "./views/table.ts";

/**
 * 権限を変更する: the roles of one person or of all, changed only after the difference was seen and saved.
 *
 * ```html
 * <welby-staff-role-editor></welby-staff-role-editor>
 * ```
 *
 * @slot header - Above the list.
 * @slot empty - Instead of the text for an empty list.
 * @slot help - Below the introduction.
 * @slot footer - Below everything.
 * @event welby-before-role-change - Before roles change (cancelable, `waitUntil`): `RoleChangesDetail`.
 * @event welby-role-change - Roles have changed: `RoleChangesDetail`.
 * @event welby-before-reauthenticate - Before the password is sent (cancelable, `waitUntil`).
 * @event welby-before-leave - Before unsaved changes are lost; cancel it to leave without the element's own question.
 * @event welby-view-change - `{ from, to }`: `list`, `preview`, `step-up`.
 * @event welby-error - A load or a save failed: `{ action, code, retryable, requestId }`.
 * @csspart filter - The field that filters the list.
 * @csspart table - The table.
 * @csspart save-bar - The number of changes, with the buttons.
 * @csspart review - The button that shows the difference.
 * @csspart dialog - The difference, or the password once more.
 * @csspart save - The button that saves.
 * @csspart cancel - The safe way out of the difference.
 * @csspart conflict - Who was quicker.
 * @csspart error - What went wrong.
 * @cssstate dirty - There are changes that are not saved.
 * @status experimental
 * @since 0.1.0
 */
export class WelbyStaffRoleEditor extends WelbyElement {
  static override properties: PropertyDeclarations = {
    staffId: { attribute: "staff-id", reflect: true },
  };

  static override styles = [tokens, controls, staffRoleEditorStyles];

  /** Only this person; everybody unless set. */
  declare staffId: string | undefined;

  readonly #internals = this.attachInternals();
  readonly #texts = new LocalizeController(this, "staff-role-editor", staffRoleEditorMessages);
  readonly #announcer = new AnnouncerController(this);
  readonly #composition = new CompositionController(this);
  readonly #confirm = new ConfirmController(this);
  readonly #review = new ReviewController(this, {
    texts: this.#texts,
    announcer: this.#announcer,
    composition: this.#composition,
    username: () => this.#data.value?.me.email ?? "",
    emailOf: (staffId) => this.#data.value?.members.find(({ id }) => id === staffId)?.email ?? "",
    onSaved: (members, changes) => void this.#saved(members, changes),
    onConflict: (failure) => void this.#conflicted(failure),
  });
  readonly #data = new AsyncStateController<Accounts>(this, {
    load: (signal) => this.#load(signal),
    isEmpty: ({ members }) => members.length === 0,
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
      this.#review.close({ forget: drop === "everything" });
      if (drop === "everything") this.#forget();
    },
  });
  #draft: Draft = new Map();
  #conflicts: ReadonlyMap<string, RowConflict> = new Map();
  #query = "";
  #reviewing = false;
  #failure: Failure | undefined;
  #notice: { readonly tone: "success" | "warning"; readonly text: () => string } | undefined;

  /** How many changes are not saved yet. */
  get changeCount(): number {
    return this.#changes.length;
  }

  /** Loads the list again; changes not saved yet stay. */
  async reload(): Promise<void> {
    await this.#data.reload();
  }

  /**
   * For the host page before it goes elsewhere: whether it may. Fires `welby-before-leave` when changes would be lost;
   * unless that is cancelled, the person is asked.
   * @example if (await editor.requestLeave()) router.navigate("/patients");
   */
  async requestLeave(): Promise<boolean> {
    const count = this.changeCount;
    if (count === 0) return true;
    const before = new WelbyBeforeEvent<LeaveDetail>("leave", { changes: count });
    this.dispatchEvent(before);
    if (before.defaultPrevented) return true;
    const { t } = this.#texts;
    return this.#confirm.ask({
      title: t("leaveTitle"),
      body: t("leaveText", { count }),
      confirmLabel: t("leave"),
      cancelLabel: t("stay"),
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("beforeunload", this.#onBeforeUnload);
    this.requireClient().catch(() => {
      if (this.isConnected && !this.currentClient) void this.#data.reload();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("beforeunload", this.#onBeforeUnload);
  }

  protected override clientChanged(client: WelbyClient | undefined): void {
    this.#session.use(client);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has("staffId") && this.hasUpdated) {
      this.#data.reset();
      if (this.#session.isOpen) void this.#data.reload();
    }
  }

  protected override updated(): void {
    if (this.changeCount > 0) this.#internals.states.add("dirty");
    else this.#internals.states.delete("dirty");
  }

  protected override render() {
    return html`<div lang=${this.#texts.locale}>
      <slot name="header"></slot>
      <div class="w-stack">${this.#body()}</div>
      <slot name="footer"></slot>
      ${this.#confirm.render()} ${this.#review.render()}
    </div>`;
  }

  // What is shown

  get #changes() {
    return changesOf(this.#draft, this.#data.value?.members ?? []);
  }

  #body() {
    const { closedBy } = this.#session;
    if (closedBy) return this.#closed(closedBy);
    const { state } = this.#data;
    const accounts = this.#data.value;
    const failure = "failure" in state ? this.#loadFailure(state.failure, state.status) : nothing;
    if (!accounts) return "failure" in state ? failure : this.#skeleton();
    const { t } = this.#texts;
    return html`<p class="w-text">${t("intro")}</p>
      <slot name="help"></slot>
      ${"failure" in state ? html`<p class="w-text">${t("stale")}</p>` : nothing} ${failure}
      ${state.status === "refreshing" ? html`<p class="muted">${t("refreshing")}</p>` : nothing}
      ${this.#notices()} ${this.#list(accounts)}`;
  }

  #closed(code: string) {
    const { message, remedy } = this.#texts.errorText({ code });
    return html`<div class="w-alert" part="error" role="status">
      <p class="w-text"><strong>${message}</strong> ${remedy}</p>
    </div>`;
  }

  #skeleton() {
    return html`<div aria-busy="true"><div class="skeleton" aria-hidden="true"></div></div>`;
  }

  #loadFailure(failure: Failure, status: string) {
    const { t } = this.#texts;
    return html`<div class="w-alert w-alert-error w-stack" part="error" role="alert">
      ${status === "offline" ? html`<p class="w-text">${t("offline")}</p>` : failureText(failure, this.#texts)}
      ${
        status === "forbidden"
          ? nothing
          : html`<div class="w-actions">
              <button class="w-button w-button-secondary" type="button" @click=${() => void this.reload()}>
                ${t("retry")}
              </button>
            </div>`
      }
    </div>`;
  }

  #notices() {
    const { tone, text } = this.#notice ?? {};
    return html`${
      text ? html`<div class="w-alert w-alert-${tone}"><p class="w-text">${text()}</p></div>` : nothing
    }
    ${
      this.#failure
        ? html`<div class="w-alert w-alert-error" part="error" role="alert">
            ${failureText(this.#failure, this.#texts)}
          </div>`
        : nothing
    }`;
  }

  #list(accounts: Accounts) {
    const { t } = this.#texts;
    if (accounts.members.length === 0)
      return html`<slot name="empty"><p class="w-text">${t("empty")}</p></slot>`;
    const shown = this.#filtered(accounts.members);
    const hidden = this.#changes.filter(({ staffId }) => !shown.some(({ id }) => id === staffId)).length;
    return html`${this.staffId === undefined ? this.#filterField() : nothing}
    ${
      shown.length > 0
        ? tableTemplate(this.#model(accounts), shown)
        : html`<p class="w-text">${t("filteredEmpty")}</p>`
    }
    ${hidden > 0 ? html`<p class="w-text">${t("hiddenChanges", { count: hidden })}</p>` : nothing}
    ${this.#saveBar()}`;
  }

  #filterField() {
    return html`<div class="w-field">
      <label class="w-label" for="filter">${this.#texts.t("filter")}</label>
      <input
        class="w-input"
        part="filter"
        id="filter"
        type="search"
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        @input=${this.#onFilter}
        @compositionend=${this.#sayResults}
      />
    </div>`;
  }

  #saveBar() {
    const { t } = this.#texts;
    const count = this.changeCount;
    // The notice at the top may be out of sight.
    const saved = this.#notice?.tone === "success" ? this.#notice.text() : undefined;
    return html`<div class="savebar" part="save-bar">
      <p class="w-text" id="changes">
        ${count > 0 ? t("changes", { count }) : (saved ?? html`${t("noChanges")} ${t("chooseFirst")}`)}
      </p>
      <div class="w-actions">
        ${
          count > 0
            ? html`<button class="w-button w-button-secondary" type="button" @click=${this.#revert}>
                ${t("revert")}
              </button>`
            : nothing
        }
        <button
          class="w-button"
          part="review"
          id="review"
          type="button"
          aria-disabled=${count === 0 || this.#reviewing ? "true" : nothing}
          aria-describedby="changes"
          @click=${() => void this.#openReview()}
        >
          ${this.#reviewing ? t("reviewing") : t("review")}
        </button>
      </div>
    </div>`;
  }

  #filtered(members: readonly StaffMember[]): StaffMember[] {
    const found = matcher(this.#query);
    return members.filter(({ name, email }) =>
      [name.text, name.kana ?? `${name.familyKana ?? ""}${name.givenKana ?? ""}`, email].some((text) =>
        found(searchKey(text)),
      ),
    );
  }

  #model(accounts: Accounts): RoleEditorModel {
    return {
      texts: this.#texts,
      draft: this.#draft,
      conflicts: this.#conflicts,
      accounts,
      choose: (member, role) => this.#choose(member, role),
      refuse: (member) => this.#sayLock(member),
      resolve: (member, mine) => void this.#resolve(member, mine),
    };
  }

  // What happens

  async #load(signal: AbortSignal): Promise<Accounts> {
    const client = await this.requireClient();
    const options = { signal };
    const [me, members] = await Promise.all([
      client.me.get(options),
      this.staffId === undefined
        ? collectAll(client.staff.list({ limit: 200 }, options), signal)
        : client.staff.get(this.staffId, options).then((member) => [member]),
    ]);
    signal.throwIfAborted();
    // With one person's editor the drafts of the others wait for their own turn.
    if (this.staffId === undefined) {
      const gone = [...this.#draft.keys()].filter((id) => !members.some((member) => member.id === id)).length;
      this.#draft = remaining(this.#draft, members);
      if (gone > 0) this.#notice = { tone: "warning", text: () => this.#texts.t("gone", { count: gone }) };
    }
    return { members, me };
  }

  #forget(): void {
    this.#draft = new Map();
    this.#conflicts = new Map();
    this.#query = "";
    this.#clearMessages();
  }

  #clearMessages(): void {
    this.#notice = undefined;
    this.#failure = undefined;
  }

  #choose(member: StaffMember, role: Role): void {
    this.#draft = chosen(this.#draft, member, role);
    this.#clearMessages();
    this.#announcer.announce(
      this.changeCount > 0
        ? this.#texts.t("changes", { count: this.changeCount })
        : this.#texts.t("noChanges"),
    );
    this.requestUpdate();
  }

  #sayLock(member: StaffMember): void {
    const { message, remedy } = this.#texts.errorText({
      code: lockReason(member, this.#draft) ?? "forbidden",
    });
    this.#announcer.announce(this.#texts.t("locked", { reason: `${message} ${remedy}` }));
    this.requestUpdate();
  }

  readonly #onFilter = (event: Event): void => {
    this.#query = (event.target as HTMLInputElement).value;
    this.requestUpdate();
    if (!this.#composition.composing) this.#sayResults();
  };

  readonly #sayResults = (): void => {
    const count = this.#filtered(this.#data.value?.members ?? []).length;
    const { t } = this.#texts;
    this.#announcer.announce(count > 0 ? t("results", { count }) : t("filteredEmpty"), RESULTS_DELAY_MS);
  };

  readonly #revert = (): void => {
    const ids = new Set<string>(this.#changes.map(({ staffId }) => staffId));
    this.#draft = new Map([...this.#draft].filter(([id]) => !ids.has(id)));
    this.#conflicts = new Map();
    this.#clearMessages();
    this.#announcer.announce(this.#texts.t("reverted"));
    this.requestUpdate();
    this.#focus("#review");
  };

  async #openReview(): Promise<void> {
    const changes = this.#changes;
    const { t } = this.#texts;
    if (this.#reviewing) return;
    if (changes.length === 0) return this.#announcer.announce(t("chooseFirst"));
    if (this.#conflicts.size > 0) {
      this.#notice = { tone: "warning", text: () => t("resolveFirst") };
      this.#announcer.announce(t("resolveFirst"));
      this.#focus("[part='conflict'] button");
      return;
    }
    this.#clearMessages();
    this.#reviewing = true;
    this.requestUpdate();
    try {
      const client = await this.requireClient();
      // The question about the own right comes in the dialog; here only real obstacles are asked for.
      const preview = await client.staff.previewRoles({
        changes: changes.map((change) => ({ ...change })),
        confirmSelf: true,
      });
      const stale = preview.changes.filter(
        ({ problem }) => problem === "version_conflict" || problem === "not_found",
      );
      if (stale.length > 0)
        await this.#conflicted(
          undefined,
          stale.map(({ staffId }) => staffId),
        );
      else if (this.#session.isOpen) this.#review.open(changes, preview);
    } catch (thrown) {
      this.#failure = toFailure(thrown);
      this.dispatchEvent(new WelbyErrorEvent("role-preview", this.#failure));
    } finally {
      this.#reviewing = false;
      this.requestUpdate();
    }
    // The button is at the bottom, and the alert at the top.
    await this.updateComplete;
    if (this.#failure) this.renderRoot.querySelector("[part='error']")?.scrollIntoView({ block: "nearest" });
  }

  /** Somebody else was quicker: shows the newest state beside the own wishes, which stay. */
  async #conflicted(failure: Failure | undefined, ids: readonly string[] = []): Promise<void> {
    const before = new Map(this.#changes.map(({ staffId, version }) => [staffId, version]));
    const named = conflictsOf(this.#draft, failure?.conflicts);
    await this.#data.reload();
    const unknown: RowConflict = { changedBy: null, changedAt: null };
    const moved = this.#changes
      .filter(({ staffId, version }) => ids.includes(staffId) || before.get(staffId) !== version)
      .map(({ staffId }) => [staffId, unknown] as const);
    this.#conflicts = new Map(
      [...moved, ...named].filter(([id]) => this.#changes.some(({ staffId }) => staffId === id)),
    );
    const { t } = this.#texts;
    // Nothing is left to decide: what was wished is there already. Who was it?
    const names = [...new Set([...named.values()].flatMap(({ changedBy }) => changedBy ?? []))];
    const who = names.map((name) => t("person", { name: displayName(name) })).join(" / ");
    const text = () =>
      this.#conflicts.size > 0
        ? t("conflictSaveRefused")
        : who
          ? t("conflictSame", { who })
          : this.#texts.errorText({ code: "version_conflict" }).message;
    this.#notice ??= { tone: "warning", text };
    this.#announcer.announce(text());
    this.requestUpdate();
    this.#focus("[part='conflict'] button");
  }

  async #resolve(member: StaffMember, mine: boolean): Promise<void> {
    this.#conflicts = new Map([...this.#conflicts].filter(([id]) => id !== member.id));
    if (!mine) this.#draft = chosen(this.#draft, member, member.role === "admin" ? "admin" : "staff");
    if (this.#conflicts.size === 0) this.#clearMessages();
    this.requestUpdate();
    this.#focus(`[name="role-${member.id}"]:checked`);
  }

  async #saved(members: readonly StaffMember[], changes: readonly RoleChangeDetail[]): Promise<void> {
    const accounts = this.#data.value;
    if (!accounts) return;
    const newest = new Map(members.map((member) => [member.id, member]));
    const all = accounts.members.map((member) => newest.get(member.id) ?? member);
    this.#data.set({ ...accounts, members: all });
    this.#draft = remaining(this.#draft, all);
    const { t } = this.#texts;
    const lost = changes.some(({ staffId, to }) => staffId === accounts.me.staffId && to !== "admin");
    const text = () => (lost ? t("savedSelf") : t("saved", { count: changes.length }));
    this.#notice = { tone: "success", text };
    this.#failure = undefined;
    this.dispatchEvent(new WelbyActionEvent<RoleChangesDetail>("role-change", { changes }));
    this.#announcer.announce(text());
    await this.updateComplete;
    this.#focus(`[name="role-${changes[0]?.staffId}"]:checked`);
    // Whose role can be changed next depends on who is an administrator now.
    if (!lost) await this.#data.reload();
  }

  #focus(selector: string): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(selector)?.focus());
  }

  readonly #onBeforeUnload = (event: BeforeUnloadEvent): void => {
    if (this.changeCount === 0) return;
    const before = new WelbyBeforeEvent<LeaveDetail>("leave", { changes: this.changeCount });
    this.dispatchEvent(before);
    if (!before.defaultPrevented) event.preventDefault();
  };
}

// Carries the types of the events along: a page that imports the element gets them too.
export type { RoleChangesDetail, LeaveDetail } from "./staff-role-editor.types.ts";

declare global {
  interface HTMLElementTagNameMap {
    "welby-staff-role-editor": WelbyStaffRoleEditor;
  }
}
