import { html, nothing } from "lit";
import type { ReactiveController } from "lit";
import type { WelbyClient } from "@welby/sdk";
import { checkName } from "@welby/text";
import type { AnnouncerController } from "../../controllers/announcer.ts";
import type { CompositionController } from "../../controllers/composition.ts";
import { LightDomController } from "../../controllers/light-dom.ts";
import { FormController } from "../../forms/form-controller.ts";
import { PasswordFieldController } from "../../forms/password-field.ts";
import type { StaffMember } from "../../internal/api-types.ts";
import { AttemptKey } from "../../internal/attempt-key.ts";
import type { WelbyElement } from "../../internal/base-element.ts";
import { WelbyViewChangeEvent } from "../../internal/events.ts";
import { toFailure } from "../../internal/failure.ts";
import type { Failure } from "../../internal/failure.ts";
import { runAction } from "../../internal/run-action.ts";
import { uniqueId } from "../../internal/unique-id.ts";
import { controls } from "../../theme/controls.css.ts";
import type { Review, Texts } from "./model.ts";
import type { RoleChange } from "./role-draft.ts";
import { MAX_REASON } from "./staff-role-editor.types.ts";
import type { RoleChangeDetail, RoleEditorView } from "./staff-role-editor.types.ts";
import { givesUpOwnRight, previewTemplate } from "./views/preview.ts";
import { stepUpTemplate } from "./views/step-up.ts";

export interface ReviewOptions {
  readonly texts: Texts;
  readonly announcer: AnnouncerController;
  readonly composition: CompositionController;
  /** The signed-in person's e-mail address, for password managers. */
  username(): string;
  /** The address of somebody in the list; empty for nobody. */
  readonly emailOf: (staffId: string) => string;
  onSaved(members: readonly StaffMember[], changes: readonly RoleChangeDetail[]): void;
  /** Somebody else was quicker: nothing is saved, and the table has to show it. */
  onConflict(failure: Failure): void;
}

/** Light-DOM styles of the password form. One array, so that all editors of a page share a sheet. */
const FORM_STYLES = [controls];

/**
 * From 「変更を確認する」 to the saved change: the difference, a reason, the password once more if the server wants it,
 * and the save. Whatever goes wrong, the draft and what was typed stay.
 */
export class ReviewController implements ReactiveController {
  readonly #host: WelbyElement;
  readonly #options: ReviewOptions;
  readonly #light: LightDomController;
  readonly #form: FormController;
  readonly #password: PasswordFieldController;
  readonly #key = new AttemptKey();
  readonly #id = uniqueId("staff-role-editor");
  #view: RoleEditorView = "list";
  #shownView: RoleEditorView = "list";
  #changes: readonly RoleChange[] = [];
  #review: Review | undefined;

  constructor(host: WelbyElement, options: ReviewOptions) {
    this.#host = host;
    this.#options = options;
    this.#light = new LightDomController(host, {
      slot: "step-up",
      styles: FORM_STYLES,
      template: () => this.#stepUp(),
    });
    this.#form = new FormController(host, {
      texts: options.texts,
      announcer: options.announcer,
      id: this.#partId,
      query: (selector) => this.#light.query(selector),
    });
    this.#password = new PasswordFieldController(host, options.texts, options.announcer);
    host.addController(this);
  }

  get view(): RoleEditorView {
    return this.#view;
  }

  /** Opens the question; the answers of an earlier one are kept if they are about the same changes. */
  open(changes: readonly RoleChange[], preview: Review["preview"]): void {
    const reason = this.#review?.reason ?? "";
    this.#changes = changes;
    this.#review = {
      preview,
      reason,
      confirmSelf: false,
      problem: undefined,
      failure: undefined,
      saving: false,
    };
    this.#show("preview");
  }

  /** Closes the dialog and keeps the typed reason for the next time; `forget` drops that, too. */
  close({ forget = false } = {}): void {
    this.#form.reset();
    this.#password.hide();
    if (forget) this.#review = undefined;
    this.#show("list");
  }

  hostUpdated(): void {
    const dialog = this.#dialog;
    if (this.#view === "list") {
      if (dialog?.open) dialog.close();
    } else if (dialog && !dialog.open) dialog.showModal();
    this.#settleFocus();
  }

  hostDisconnected(): void {
    this.close();
  }

  render() {
    const { t } = this.#options.texts;
    const review = this.#review;
    if (this.#view === "list" || !review) return nothing;
    return html`<dialog
      class="w-dialog"
      id="review-dialog"
      part="dialog"
      role="alertdialog"
      aria-label=${this.#view === "preview" ? t("previewTitle") : t("passwordTitle")}
      aria-describedby=${this.#view === "preview" ? "dialog-text" : nothing}
      @cancel=${this.#onCancel}
      @close=${this.#onClose}
    >
      ${
        this.#view === "preview"
          ? previewTemplate(review, this.#options.texts, {
              emailOf: this.#options.emailOf,
              cancel: () => this.close(),
              save: () => void this.#save(),
              update: (change) => this.#update(change),
            })
          : html`<slot name="step-up"></slot>`
      }
    </dialog>`;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector("#review-dialog");
  }

  readonly #partId = (part: string): string => `${this.#id}-${part}`;

  #show(view: RoleEditorView): void {
    this.#view = view;
    this.#host.requestUpdate();
  }

  #settleFocus(): void {
    if (this.#view === this.#shownView) return;
    const from = this.#shownView;
    this.#shownView = this.#view;
    // The safe way out first: Enter must not save what nobody has read.
    if (this.#view === "preview") this.#dialog?.querySelector<HTMLElement>("[part='cancel']")?.focus();
    if (this.#view === "step-up") this.#light.query("input[name='password']")?.focus();
    // Not the element that had the focus before: Safari gives none to a button that was clicked.
    if (this.#view === "list") this.#host.renderRoot.querySelector<HTMLElement>("[part='review']")?.focus();
    this.#host.dispatchEvent(new WelbyViewChangeEvent(from, this.#view));
  }

  #update(change: Partial<Review>): void {
    if (!this.#review) return;
    this.#review = { ...this.#review, ...change };
    this.#host.requestUpdate();
  }

  readonly #onCancel = (event: Event): void => {
    event.preventDefault();
    // Escape that ends a conversion is not meant for the dialog, and an answer under way is waited for.
    if (!this.#options.composition.composing && !this.#review?.saving) this.close();
  };

  /** A browser may close the dialog without asking; then an answer under way brings it back. */
  readonly #onClose = (): void => {
    if (this.#review?.saving) this.#host.requestUpdate();
    else if (this.#view !== "list") this.close();
  };

  #stepUp() {
    if (this.#view !== "step-up") return nothing;
    return stepUpTemplate({
      texts: this.#options.texts,
      form: this.#form,
      password: this.#password,
      username: this.#options.username(),
      id: this.#partId,
      submit: (event) => void this.#reauthenticate(event),
      cancel: () => this.close(),
    });
  }

  async #save(): Promise<void> {
    const review = this.#review;
    if (!review || review.saving) return;
    const problem = problemOf(review);
    if (problem) return this.#reject(problem);
    const changes = this.#changes;
    this.#update({ saving: true, failure: undefined });
    const reason = review.reason.trim();
    const input = {
      changes: changes.map((change) => ({ ...change })),
      ...(reason ? { reason } : {}),
      ...(givesUpOwnRight(review) ? { confirmSelf: true } : {}),
    };
    const detail = review.preview.changes.map(({ staffId, from, to }) => ({
      staffId,
      from,
      to: to === "admin" ? ("admin" as const) : ("staff" as const),
    }));
    const outcome = await runAction(this.#host, "role-change", { changes: detail }, async () => {
      const client = await this.#host.requireClient();
      return this.#send(client, input);
    });
    this.#key.settle(outcome.status === "failed" ? outcome.failure : undefined);
    this.#update({ saving: false });
    // The session may have ended meanwhile, and the question with it.
    if (this.#review === undefined) return;
    if (outcome.status === "cancelled") return this.#show("preview");
    if (outcome.status === "failed") return this.#failed(outcome.failure);
    if (outcome.result === "step_up_required") return this.#show("step-up");
    this.close({ forget: true });
    this.#options.onSaved(outcome.result.items, detail);
  }

  /** A demand for the password is a step on the way, not a failure. After the password it is one. */
  async #send(client: WelbyClient, input: Parameters<WelbyClient["staff"]["changeRoles"]>[0]) {
    try {
      return await client.staff.changeRoles(input, this.#key.for(input));
    } catch (thrown) {
      if (toFailure(thrown).code !== "step_up_required" || this.#view === "step-up") throw thrown;
      return "step_up_required" as const;
    }
  }

  async #reauthenticate(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const field = this.#light.query<HTMLInputElement>("input[name='password']");
    const password = field?.value ?? "";
    if (this.#review?.saving || this.#form.busy) return;
    if (password === "")
      return this.#form.reject([{ field: "password", text: this.#options.texts.t("passwordMissing") }]);
    this.#password.hide();
    const done = await this.#form.submit({
      action: "reauthenticate",
      detail: null,
      blame: { invalid_credentials: ["password"] },
      readAs: { invalid_credentials: "current_password_wrong" },
      work: async () => {
        const client = await this.#host.requireClient();
        await client.auth.reauthenticate(password);
      },
    });
    if (!done) return;
    if (field) field.value = "";
    await this.#save();
  }

  async #reject(problem: NonNullable<Review["problem"]>): Promise<void> {
    this.#update({ problem });
    await this.#host.updateComplete;
    const id = problem === "confirmSelfMissing" ? "confirm-self" : "reason";
    this.#host.renderRoot.querySelector<HTMLElement>(`#${id}`)?.focus();
  }

  #failed(failure: Failure): void {
    if (failure.code === "version_conflict") {
      this.close();
      this.#options.onConflict(failure);
      return;
    }
    this.#update({ failure });
    this.#show("preview");
  }
}

function problemOf(review: Review): Review["problem"] {
  if (givesUpOwnRight(review) && !review.confirmSelf) return "confirmSelfMissing";
  const reason = review.reason.trim();
  const checked = reason === "" ? undefined : checkName(reason, { max: MAX_REASON });
  if (!checked || checked.ok) return undefined;
  return checked.problem === "too_long" ? "reasonTooLong" : "reasonForbidden";
}
