import { html, nothing } from "lit";
import type { ReactiveController, LitElement, TemplateResult } from "lit";
import { isSecondOfDouble } from "../internal/double-click.ts";

export interface ConfirmRequest {
  readonly title: string;
  /** What will happen, in words or as a template. */
  readonly body: string | TemplateResult;
  /** A verb: 「権限を外す」, never OK. */
  readonly confirmLabel: string;
  /** The safe way out, which has the focus first: 「やめる」. */
  readonly cancelLabel: string;
  /** `primary` for what takes nothing away; `danger` unless set. */
  readonly tone?: "danger" | "primary";
}

/**
 * Asks before something that cannot be undone easily. The host renders `confirm.render()` somewhere in its root;
 * `ask()` resolves with the answer, and the focus goes back to where it was.
 */
export class ConfirmController implements ReactiveController {
  readonly #host: LitElement;
  #request: ConfirmRequest | undefined;
  #answer: ((confirmed: boolean) => void) | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#settle(false);
  }

  /** Opens the dialog. A second question answers the first one with "no". */
  async ask(request: ConfirmRequest): Promise<boolean> {
    this.#settle(false);
    const root = this.#host.getRootNode() as Document | ShadowRoot;
    const before = (this.#host.shadowRoot?.activeElement ?? root.activeElement) as HTMLElement | null;
    this.#request = request;
    const answer = new Promise<boolean>((resolve) => (this.#answer = resolve));
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const dialog = this.#dialog;
    if (!dialog) this.#settle(false);
    else {
      if (!dialog.open) dialog.showModal();
      dialog.querySelector<HTMLElement>(".w-button-secondary")?.focus();
    }
    const confirmed = await answer;
    await this.#host.updateComplete;
    if (before?.isConnected) before.focus();
    return confirmed;
  }

  render(): TemplateResult | typeof nothing {
    const request = this.#request;
    if (!request) return nothing;
    return html`<dialog
      class="w-dialog"
      role="alertdialog"
      part="dialog"
      aria-labelledby="confirm-title"
      aria-describedby="confirm-body"
      @cancel=${() => this.#settle(false)}
      @close=${this.#onClose}
    >
      <h2 class="w-heading" id="confirm-title">${request.title}</h2>
      <div id="confirm-body">${request.body}</div>
      <div class="w-actions">
        <button class="w-button w-button-secondary" type="button" @click=${() => this.#settle(false)}>
          ${request.cancelLabel}
        </button>
        <button
          class="w-button ${request.tone === "primary" ? "" : "w-button-danger"}"
          type="button"
          @click=${(event: MouseEvent) => isSecondOfDouble(event) || this.#settle(true)}
        >
          ${request.confirmLabel}
        </button>
      </div>
    </dialog>`;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector("dialog.w-dialog");
  }

  /** Also comes, late, from a dialog that was answered already; the next question must not hear it. */
  readonly #onClose = (event: Event): void => {
    if (event.target === this.#dialog) this.#settle(false);
  };

  #settle(confirmed: boolean): void {
    const answer = this.#answer;
    this.#answer = undefined;
    this.#request = undefined;
    const dialog = this.#host.hasUpdated ? this.#dialog : null;
    if (dialog?.open) dialog.close();
    this.#host.requestUpdate();
    answer?.(confirmed);
  }
}
