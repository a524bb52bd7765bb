import { html } from "lit";
import type { PropertyDeclarations, PropertyValues } from "lit";
import type { Audience, WelbyClient } from "@welby/sdk";
import { checkEmail } from "@welby/text";
import { AnnouncerController } from "../../controllers/announcer.ts";
import { LightDomController } from "../../controllers/light-dom.ts";
import { LocalizeController, preloadErrorTexts } from "../../controllers/localize.ts";
import { OnlineController } from "../../controllers/online.ts";
import { RetryWaitController } from "../../controllers/retry-wait.ts";
import { FormController } from "../../forms/form-controller.ts";
import { HalfWidthFieldController } from "../../forms/half-width-field.ts";
import { NewPasswordController } from "../../forms/new-password.ts";
import { PasswordFieldController } from "../../forms/password-field.ts";
import { WelbyElement } from "../../internal/base-element.ts";
import { devWarning } from "../../internal/dev-warning.ts";
import { WelbyActionEvent, WelbyViewChangeEvent } from "../../internal/events.ts";
import { safeLink } from "../../internal/safe-url.ts";
import { uniqueId } from "../../internal/unique-id.ts";
import { formStyles, frameStyles } from "./password-reset.css.ts";
import { passwordResetMessages } from "./password-reset.messages.ts";
import type { PasswordResetDetail, PasswordResetView } from "./password-reset.types.ts";
import type { ResetModel } from "./reset-model.ts";
import { takeToken } from "./reset-token.ts";
import { confirmView } from "./views/confirm.ts";
import { doneView, invalidTokenView } from "./views/outcome.ts";
import { requestView } from "./views/request.ts";
import { sentView } from "./views/sent.ts";

/** Between two mails to the same address. */
const RESEND_AFTER_MS = 60_000;

const views = {
  request: requestView,
  sent: sentView,
  confirm: confirmView,
  "invalid-token": invalidTokenView,
  done: doneView,
} satisfies Record<PasswordResetView, unknown>;

/**
 * Resets a forgotten password: asks for a mail, and sets the new password when it is opened by the mail's link.
 *
 * The token is taken out of the address (`#token=…`) at once and lives in this element only.
 *
 * ```html
 * <welby-password-reset audience="staff" sign-in-href="/" sender-domain="mail.example.jp"></welby-password-reset>
 * ```
 *
 * @slot header - Above the form.
 * @slot help - Below the form, in the same place in every view.
 * @slot footer - Last.
 * @event welby-before-password-reset-request - Cancelable, `waitUntil`: before a mail is asked for: `{ audience }`.
 * @event welby-password-reset-request - The request was taken; says nothing about the account.
 * @event welby-before-password-reset - Cancelable, before the new password is set.
 * @event welby-password-reset - The new password is set.
 * @event welby-sign-in-request - Cancelable: the way to the sign-in was used.
 * @event welby-view-change - `{ from, to }`.
 * @event welby-error - `{ action, code, retryable, requestId }`.
 * @csspart frame - Around everything.
 * @cssprop --welby-form-width - Widest the form gets; 28em unless set.
 * @status experimental
 * @since 0.1.0
 */
export class WelbyPasswordReset extends WelbyElement {
  static override properties: PropertyDeclarations = {
    audience: { type: String },
    signInHref: { attribute: "sign-in-href" },
    senderDomain: { attribute: "sender-domain" },
    view: { state: true },
  };

  static override styles = frameStyles;

  /** Whose accounts: `staff` unless set. */
  declare audience: Audience;
  /** Address of the sign-in page; without it the link fires `welby-sign-in-request` only. */
  declare signInHref: string | undefined;
  /** The domain mails come from, named in the help for mobile carriers' filters. */
  declare senderDomain: string | undefined;
  /** What is shown now. */
  declare protected view: PasswordResetView;

  readonly #id = uniqueId("password-reset");
  readonly #texts = new LocalizeController(this, "password-reset", passwordResetMessages);
  readonly #announcer = new AnnouncerController(this);
  readonly #online = new OnlineController(this);
  readonly #light = new LightDomController(this, {
    slot: "form",
    styles: formStyles,
    template: () => views[this.view](this.#model()),
  });
  readonly #form = new FormController(this, {
    texts: this.#texts,
    announcer: this.#announcer,
    id: (part) => this.#partId(part),
    query: (selector) => this.#light.query(selector),
  });
  readonly #password = new PasswordFieldController(this, this.#texts, this.#announcer);
  readonly #halfWidth = new HalfWidthFieldController(this, this.#texts, this.#announcer);
  readonly #newPassword = new NewPasswordController(this, {
    texts: this.#texts,
    announcer: this.#announcer,
    password: this.#password,
    personalWords: () => [],
  });
  readonly #resendWait = new RetryWaitController(this, {
    onMilestone: (left) => left === 0 && this.#announcer.announce(this.#texts.t("resendReady")),
  });

  #token: string | undefined;
  #email = "";
  #sentAt = 0;
  #resent = false;
  #takesFocus = false;

  constructor() {
    super();
    this.audience = "staff";
    this.view = "request";
    this.addEventListener("focusin", () => void this.#warmUp());
  }

  override connectedCallback(): void {
    // Before everything else: no request may be made while the token stands in the address.
    const token = takeToken();
    super.connectedCallback();
    addEventListener("hashchange", this.#onHash);
    if (token !== undefined) this.#open(token);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("hashchange", this.#onHash);
  }

  protected override render() {
    return html`<div class="frame w-stack" part="frame" lang=${this.#texts.locale}>
      <slot name="header"></slot>
      <slot name="form"></slot>
      <slot name="help"></slot>
      <slot name="footer"></slot>
    </div>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has("view")) return;
    const from = (changed.get("view") as PasswordResetView | undefined) ?? null;
    if (this.#takesFocus) this.#light.query(`[id="${this.#partId("heading")}"]`)?.focus();
    this.#takesFocus = false;
    this.dispatchEvent(new WelbyViewChangeEvent(from, this.view));
  }

  protected override clientChanged(client: WelbyClient | undefined, previous: WelbyClient | undefined): void {
    if (previous) this.#newPassword.reset();
    if (client && this.view === "confirm") this.#newPassword.load();
  }

  /** Also hears a mail's link that is opened in a tab which shows this page already. */
  readonly #onHash = (): void => {
    const token = takeToken();
    if (token !== undefined) this.#open(token);
  };

  #open(token: string): void {
    this.#token = token;
    this.#show(token === "" ? "invalid-token" : "confirm");
    if (token !== "") this.#newPassword.load();
  }

  async #onRequest(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.#form.busy) return;
    const checked = checkEmail(this.#fieldValue("email"));
    if (!checked.ok) {
      const text = this.#texts.t(checked.problem === "empty" ? "missingEmail" : "badEmail");
      return this.#form.reject([{ field: "email", text }]);
    }
    if (await this.#send(checked.email)) {
      this.#resent = false;
      this.#show("sent");
    }
  }

  async #onResend(): Promise<void> {
    if (this.#resendWait.secondsLeft > 0) {
      return this.#announcer.announce(this.#texts.t("resendWait", { seconds: this.#resendWait.secondsLeft }));
    }
    if (!(await this.#send(this.#email))) return;
    this.#resent = true;
    this.#announcer.announce(this.#texts.t("resent"));
  }

  async #send(email: string): Promise<boolean> {
    const done = await this.#form.submit({
      action: "password-reset-request",
      detail: this.#detail,
      blame: { validation_failed: ["email"] },
      work: async () => (await this.requireClient()).auth.requestPasswordReset({ ...this.#detail, email }),
    });
    if (!done) return false;
    this.#email = email;
    this.#sentAt = Date.now();
    this.#resendWait.start(RESEND_AFTER_MS);
    this.dispatchEvent(new WelbyActionEvent("password-reset-request", this.#detail));
    return true;
  }

  async #onConfirm(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const token = this.#token;
    if (token === undefined || this.#form.busy) return;
    const newPassword = this.#fieldValue("new-password");
    if (newPassword === "" || this.#newPassword.unmet) {
      const text = this.#texts.t(newPassword === "" ? "missingNewPassword" : "unmetPassword");
      return this.#form.reject([{ field: "new-password", text }]);
    }
    this.#password.hide();
    const done = await this.#form.submit({
      action: "password-reset",
      detail: this.#detail,
      blame: { weak_password: ["new-password"], password_reused: ["new-password"] },
      work: async () => (await this.requireClient()).auth.confirmPasswordReset({ token, newPassword }),
    });
    const code = this.#form.failure?.code;
    if (code === "weak_password") this.#newPassword.refuse(this.#form.failure?.rules ?? []);
    if (!done && code !== "token_invalid") return;
    this.#token = undefined;
    this.#show(done ? "done" : "invalid-token");
    if (done) this.dispatchEvent(new WelbyActionEvent("password-reset", this.#detail));
  }

  #onSignIn(event: Event): void {
    const request = new WelbyActionEvent("sign-in-request", this.#detail, { cancelable: true });
    if (!this.dispatchEvent(request)) event.preventDefault();
  }

  #show(view: PasswordResetView): void {
    const root = this.getRootNode() as Document | ShadowRoot;
    this.#takesFocus = this.hasUpdated && this.contains(root.activeElement);
    this.#form.reset();
    this.#password.hide();
    this.#newPassword.forget();
    this.view = view;
  }

  #signInHref(): string | undefined {
    const href = safeLink(this.signInHref);
    if (this.signInHref && !href) devWarning(this, "sign-in-href is not an http(s) address");
    return href;
  }

  /** Whoever comes to the form will send it soon. */
  async #warmUp(): Promise<void> {
    void preloadErrorTexts();
    if (!this.currentClient && !this.environment.value) return;
    await this.requireClient()
      .then((client) => client.preload())
      // Nobody has asked for anything yet; sending will tell.
      .catch(() => undefined);
  }

  #fieldValue(name: string): string {
    return this.#light.query<HTMLInputElement>(`input[name="${name}"]`)?.value ?? "";
  }

  #partId(part: string): string {
    return `${this.#id}-${part}`;
  }

  get #detail(): PasswordResetDetail {
    return { audience: this.audience === "patient" ? "patient" : "staff" };
  }

  #model(): ResetModel {
    return {
      t: this.#texts.t,
      texts: this.#texts,
      form: this.#form,
      halfWidth: this.#halfWidth,
      newPassword: this.#newPassword,
      senderDomain: this.senderDomain,
      email: this.#email,
      sentAt: this.#sentAt,
      resent: this.#resent,
      secondsToResend: this.#resendWait.secondsLeft,
      offline: !this.#online.online,
      signIn: { href: this.#signInHref(), onClick: (event) => this.#onSignIn(event) },
      id: (part) => this.#partId(part),
      onRequest: (event) => void this.#onRequest(event),
      onResend: () => void this.#onResend(),
      onConfirm: (event) => void this.#onConfirm(event),
      onStartAgain: () => this.#show("request"),
    };
  }
}

// Carries the types of the events along: a page that imports the element gets them too.
export type { PasswordResetDetail, PasswordResetView } from "./password-reset.types.ts";

declare global {
  interface HTMLElementTagNameMap {
    "welby-password-reset": WelbyPasswordReset;
  }
}
