import { html } from "lit";
import type { PropertyDeclarations } from "lit";
import type { Audience, WelbyClient } from "@welby/sdk";
import { LightDomController } from "../../controllers/light-dom.ts";
import { LocalizeController } from "../../controllers/localize.ts";
import { textField, untouched } from "../../forms/field.ts";
import { passwordFieldMessages } from "../../forms/password-field.messages.ts";
import { passwordField } from "../../forms/password-template.ts";
import { WelbyElement } from "../../internal/base-element.ts";
import { devWarning } from "../../internal/dev-warning.ts";
import { WelbyActionEvent } from "../../internal/events.ts";
import { whenIdle } from "../../internal/idle.ts";
import { lazy } from "../../internal/lazy.ts";
import { safeLink } from "../../internal/safe-url.ts";
import { uniqueId } from "../../internal/unique-id.ts";
import type { LoginFlow } from "./login-flow.ts";
import type { LoginHost } from "./login-model.ts";
import { formStyles, frameStyles } from "./login.css.ts";
import { loginMessages } from "./login.messages.ts";
import type { LoginView } from "./login.types.ts";
import { credentialsView } from "./views/credentials.ts";
import type { CredentialsOptions } from "./views/credentials.ts";

const loadFlow = lazy(() => import("./login-flow.ts"));

/**
 * Signs staff or patients in: login id and password, second factor, first own password.
 *
 * The fields are in the page's own (light) DOM, so that password managers see them. They paint before anything is asked
 * or loaded; what the form does comes when the page is idle, at the latest when somebody uses it.
 *
 * ```html
 * <welby-login audience="staff" reset-href="/reset.html" return-to="/patients.html"></welby-login>
 * ```
 *
 * @slot header - Above the form, e.g. the hospital's name.
 * @slot forgot - Instead of the link for those who forgot their password.
 * @slot help - Below the form, in the same place in every view.
 * @slot footer - Last.
 * @event welby-before-sign-in - Cancelable, `waitUntil`: before login id and password are sent: `{ audience }`.
 * @event welby-before-second-factor - Cancelable, before the code is sent.
 * @event welby-before-password-change - Cancelable, before the first own password is set.
 * @event welby-before-reauthenticate - Cancelable, before a locked session is unlocked.
 * @event welby-before-sign-out - Cancelable, before signing out.
 * @event welby-signed-in - `{ audience, lastSignInAt, restored }`. Cancel it to stay although `return-to` is set.
 * @event welby-password-change - The first own password is set: `{ audience }`.
 * @event welby-forgot-password - Cancelable: the link was used: `{ audience }`.
 * @event welby-view-change - `{ from, to }`.
 * @event welby-error - `{ action, code, retryable, requestId }`.
 * @csspart frame - Around everything.
 * @cssprop --welby-form-width - Widest the form gets; 28em unless set.
 * @status experimental
 * @since 0.1.0
 */
export class WelbyLogin extends WelbyElement implements LoginHost {
  static override properties: PropertyDeclarations = {
    audience: { type: String },
    resetHref: { attribute: "reset-href" },
    returnTo: { attribute: "return-to" },
  };

  static override styles = frameStyles;

  /** Whose accounts: `staff` unless set. */
  declare audience: Audience;
  /** Address of the page with `welby-password-reset`; without it the link fires `welby-forgot-password` only. */
  declare resetHref: string | undefined;
  /** Where to go after signing in: an address of this site, without scheme and host. Nothing else is followed. */
  declare returnTo: string | undefined;

  /** What is shown now. @internal */
  view: LoginView = "credentials";
  /** @internal */
  readonly texts = new LocalizeController(this, "login", loginMessages);
  /** @internal */
  readonly light = new LightDomController(this, {
    slot: "form",
    styles: formStyles,
    template: () => this.#flow?.render() ?? this.#firstView(),
  });

  readonly #id = uniqueId("login");
  #flow: LoginFlow | undefined;
  #failed = false;
  #cancelIdle: (() => void) | undefined;

  constructor() {
    super();
    this.audience = "staff";
    this.addEventListener("focusin", this.#onUse);
    this.addEventListener("input", this.#onUse);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#useWhenIdle();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#cancelIdle?.();
  }

  /** @internal */
  partId(part: string): string {
    return `${this.#id}-${part}`;
  }

  /** The way for those who forgot their password, unless the page has its own. @internal */
  forgot(): CredentialsOptions["forgot"] {
    if (this.querySelector(':scope > [slot="forgot"]')) return undefined;
    const href = safeLink(this.resetHref);
    if (this.resetHref && !href) devWarning(this, "reset-href is not an http(s) address");
    return { href, onClick: this.#onForgot };
  }

  /** Goes to another page; apart so that a page in a frame or a test can do it its own way. @internal */
  navigate(url: string): void {
    location.assign(url);
  }

  protected override render() {
    return html`<div class="frame w-stack" part="frame" lang=${this.texts.locale}>
      <slot name="header"></slot>
      <slot name="form"></slot>
      <slot name="forgot" @slotchange=${() => this.requestUpdate()}></slot>
      <slot name="help"></slot>
      <slot name="footer"></slot>
    </div>`;
  }

  protected override clientChanged(
    _client: WelbyClient | undefined,
    previous: WelbyClient | undefined,
  ): void {
    this.#flow?.unfollow();
    if (previous) void this.#flow?.startOver();
    if (this.#flow) this.#onUse();
    else this.#useWhenIdle();
  }

  /** The form until the flow is here; the same template, so that nothing that was typed is lost. */
  #firstView() {
    const { t } = this.texts;
    return credentialsView({
      t,
      form: untouched,
      audience: this.audience,
      loginId: "",
      notices: this.#failed ? [`${this.texts.common("failed")} ${this.texts.common("failedRemedy")}`] : [],
      alert: undefined,
      forgot: this.forgot(),
      id: (part) => this.partId(part),
      renderUsername: textField,
      renderPassword: (options) =>
        passwordField({
          ...options,
          text: this.texts.of(passwordFieldMessages),
          onToggle: (value) => this.#use((flow) => flow.password.toggle(value)),
        }),
      onSubmit: (event) => {
        event.preventDefault();
        this.#use((flow) => flow.signIn());
      },
    });
  }

  #useWhenIdle(): void {
    this.#cancelIdle?.();
    this.#cancelIdle = whenIdle(this.#onUse);
  }

  /** Gets everything ready: on first use, when the page is idle, and when there is another client. */
  readonly #onUse = (): void =>
    this.#use((flow) => {
      // Without a client and a provider there is nothing to wait for yet.
      if (this.currentClient ?? this.environment.value) return flow.warmUp();
    });

  /** Does something with the flow, which is fetched if need be; says so if that fails. */
  #use(work: (flow: LoginFlow) => unknown): void {
    if (this.#flow) return void work(this.#flow);
    loadFlow().then(
      ({ LoginFlow }) => void work((this.#flow ??= new LoginFlow(this))),
      () => {
        this.#failed = true;
        this.requestUpdate();
      },
    );
  }

  readonly #onForgot = (event: Event): void => {
    const detail = { audience: this.audience };
    const goes = this.dispatchEvent(new WelbyActionEvent("forgot-password", detail, { cancelable: true }));
    if (!goes) event.preventDefault();
  };
}

// Carries the types of the events along: a page that imports the element gets them too.
export type { LoginView } from "./login.types.ts";

declare global {
  interface HTMLElementTagNameMap {
    "welby-login": WelbyLogin;
  }
}
