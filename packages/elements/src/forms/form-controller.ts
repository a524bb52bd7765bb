import { html, nothing } from "lit";
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from "lit";
import type { ErrorText } from "@welby/contract/errors";
import type { AnnouncerController } from "../controllers/announcer.ts";
import { errorTextsOrPatience } from "../controllers/localize.ts";
import type { LocalizeController } from "../controllers/localize.ts";
import { RetryWaitController } from "../controllers/retry-wait.ts";
import type { Failure } from "../internal/failure.ts";
import type { Catalogue } from "../internal/messages.ts";
import { runAction } from "../internal/run-action.ts";
import type { FormState } from "./field.ts";
import { formMessages } from "./form.messages.ts";

export interface FieldProblem {
  /** The field's `name`. */
  readonly field: string;
  readonly text: string;
}

export interface FormControllerOptions {
  readonly texts: LocalizeController<Catalogue>;
  readonly announcer: AnnouncerController;
  /** The id of a part of the form, unique in the page. */
  id(part: string): string;
  query(selector: string): HTMLElement | null;
}

export interface FormAction<Detail, Result> {
  /** For the events `welby-before-<action>` and `welby-error`. */
  readonly action: string;
  readonly detail: Detail;
  /** Which fields an error code is about; the first one gets the focus. */
  readonly blame?: Readonly<Record<string, readonly string[]>>;
  /** Error codes whose text fits this form less well than that of another code. */
  readonly readAs?: Readonly<Record<string, string>>;
  work(): Promise<Result>;
}

/** One request at a time, what is wrong and where, where the focus goes, and how long to wait. */
export class FormController implements FormState, ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: FormControllerOptions;
  readonly #wait: RetryWaitController;
  readonly #text;
  #run = 0;
  #busy = false;
  #failure: Failure | undefined;
  #problems: readonly FieldProblem[] = [];
  #blamed: readonly string[] = [];
  #readAs: FormAction<unknown, unknown>["readAs"];

  constructor(host: ReactiveControllerHost & HTMLElement, options: FormControllerOptions) {
    this.#host = host;
    this.#options = options;
    this.#text = options.texts.of(formMessages);
    this.#wait = new RetryWaitController(host, { onMilestone: (left) => this.#onMilestone(left) });
    host.addController(this);
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Why the last action failed; undefined once something else happened. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  hostConnected(): void {}

  /** What is wrong with a field; undefined when nothing is. */
  problem(field: string): string | undefined {
    return this.#problems.find((problem) => problem.field === field)?.text;
  }

  /** Whether the alert is about this field, which then is described by it. */
  blamed(field: string): boolean {
    return this.#blamed.includes(field);
  }

  /** Shows what is wrong before anything is sent: the first bad field gets the focus, a summary if there are several. */
  async reject(problems: readonly FieldProblem[]): Promise<void> {
    this.clear();
    this.#problems = problems;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    if (problems.length > 1) this.#focus(this.#options.id("alert"));
    else if (problems[0]) this.#focusField(problems[0].field);
  }

  /** Forgets what was wrong. */
  clear(): void {
    this.#failure = undefined;
    this.#problems = [];
    this.#blamed = [];
    this.#host.requestUpdate();
  }

  /** Forgets everything; an answer that is still to come is dropped. */
  reset(): void {
    this.#run += 1;
    this.#busy = false;
    this.#wait.stop();
    this.clear();
  }

  /** Does the form's action. Undefined when it was busy, had to wait, was cancelled, failed or was reset meanwhile. */
  async submit<Detail, Result>(request: FormAction<Detail, Result>): Promise<{ result: Result } | undefined> {
    if (this.#busy) return undefined;
    if (this.#wait.secondsLeft > 0) {
      this.#options.announcer.announce(this.#waitText());
      return undefined;
    }
    const run = (this.#run += 1);
    this.#busy = true;
    this.clear();
    this.#readAs = request.readAs;
    const outcome = await runAction(this.#host, request.action, request.detail, request.work);
    if (run !== this.#run) return undefined;
    this.#busy = false;
    this.#host.requestUpdate();
    if (outcome.status === "failed") await this.fail(outcome.failure, request.blame);
    return outcome.status === "done" ? { result: outcome.result } : undefined;
  }

  /** The alert above the fields: a failure, or the summary of several problems. */
  renderAlert(): TemplateResult | typeof nothing {
    if (this.#failure) return this.#renderFailure(this.#failure);
    if (this.#problems.length < 2) return nothing;
    return html`<div class="w-alert w-alert-error w-focusable" id=${this.#options.id("alert")} tabindex="-1">
      <p class="w-text w-strong">${this.#text("summary")}</p>
      <ul class="w-list">
        ${this.#problems.map(
          ({ field, text }) =>
            html`<li>
              <button class="w-link" type="button" @click=${() => this.#focusField(field)}>${text}</button>
            </li>`,
        )}
      </ul>
    </div>`;
  }

  #renderFailure(failure: Failure): TemplateResult {
    const { message, remedy } = this.#errorText(failure);
    const waiting = failure.retryAfterMs !== undefined;
    return html`<div class="w-alert w-alert-error w-focusable" id=${this.#options.id("alert")} tabindex="-1">
      <p class="w-text w-strong">${message}</p>
      <p class="w-text">${waiting ? this.#waitText() : remedy}</p>
      ${
        failure.code === "internal_error" && failure.requestId
          ? html`<p class="w-hint">${this.#options.texts.common("requestId", { id: failure.requestId })}</p>`
          : nothing
      }
    </div>`;
  }

  /** Shows a failure and moves the focus to what it is about. */
  async fail(failure: Failure, blame: Readonly<Record<string, readonly string[]>> = {}): Promise<void> {
    this.#failure = failure;
    this.#blamed = blame[failure.code] ?? [];
    if (failure.retryAfterMs !== undefined) this.#wait.start(failure.retryAfterMs);
    this.#host.requestUpdate();
    await errorTextsOrPatience();
    // The form may have gone on meanwhile.
    if (this.#failure !== failure) return;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const [first] = this.#blamed;
    if (first === undefined) return this.#focus(this.#options.id("alert"));
    // The focus may be there already, and then a screen reader would say nothing.
    const { message, remedy } = this.#errorText(failure);
    this.#options.announcer.announce(`${message} ${remedy}`);
    this.#focusField(first);
  }

  /** Who mistyped a password a few times is not told of too much traffic. */
  #errorText(failure: Failure): ErrorText {
    const message = failure.code === "rate_limited" ? this.#text("tooManyAttempts") : undefined;
    return this.#options.texts.errorText(
      { ...failure, code: this.#readAs?.[failure.code] ?? failure.code },
      message,
    );
  }

  #onMilestone(left: number): void {
    this.#options.announcer.announce(this.#waitText());
    if (left === 0) this.#host.requestUpdate();
  }

  #waitText(): string {
    const seconds = this.#wait.secondsLeft;
    if (seconds === 0) return this.#text("waitOver");
    if (seconds > 90) return this.#text("waitMinutes", { minutes: Math.ceil(seconds / 60) });
    return this.#text("waitSeconds", { seconds });
  }

  #focusField(name: string): void {
    this.#focus(this.#options.id(name));
    const field = this.#options.query(`[id="${this.#options.id(name)}"]`);
    if (field instanceof HTMLInputElement && field.value !== "") field.select();
  }

  #focus(id: string): void {
    this.#options.query(`[id="${id}"]`)?.focus();
  }
}
