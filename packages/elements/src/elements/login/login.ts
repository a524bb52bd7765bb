import { html } from "lit";
import type { PropertyDeclarations, PropertyValues } from "lit";
import type { ClientEvents, SessionState, SignInStep, WelbyClient } from "@welby/sdk";
import type { Audience } from "@welby/contract/schemas";
import { normalizeWidth } from "@welby/text";
import { AnnouncerController } from "../../controllers/announcer.ts";
import { LightDomController } from "../../controllers/light-dom.ts";
import { LocalizeController, preloadErrorTexts } from "../../controllers/localize.ts";
import { OnlineController } from "../../controllers/online.ts";
import { FormController } from "../../forms/form-controller.ts";
import { HalfWidthFieldController } from "../../forms/half-width-field.ts";
import { PasswordFieldController } from "../../forms/password-field.ts";
import { WelbyElement } from "../../internal/base-element.ts";
import { devWarning } from "../../internal/dev-warning.ts";
import { WelbyActionEvent, WelbyViewChangeEvent } from "../../internal/events.ts";
import { toFailure } from "../../internal/failure.ts";
import { whenIdle } from "../../internal/idle.ts";
import { lazy } from "../../internal/lazy.ts";
import { safeLink, sameSitePath } from "../../internal/safe-url.ts";
import { uniqueId } from "../../internal/unique-id.ts";
import type { LoginModel } from "./login-model.ts";
import { formStyles, frameStyles } from "./login.css.ts";
import { loginMessages } from "./login.messages.ts";
import type { LoginView, SignedInDetail } from "./login.types.ts";
import type { LoginSteps } from "./steps.ts";
import { credentialsView } from "./views/credentials.ts";

const loadSteps = lazy(() => import("./steps.ts"));

/** Views that a session that ended takes away. */
const WITH_SESSION: readonly LoginView[] = ["signed-in", "password-change", "reauthenticate"];

/**
 * Signs staff or patients in: login id and password, second factor, first own password.
 *
 * The fields are in the page's own (light) DOM, so that password managers see them, and paint before anything is asked.
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
export class WelbyLogin extends WelbyElement {
  static override properties: PropertyDeclarations = {
    audience: { type: String },
    resetHref: { attribute: "reset-href" },
    returnTo: { attribute: "return-to" },
    view: { state: true },
  };

  static override styles = frameStyles;

  /** Whose accounts: `staff` unless set. */
  declare audience: Audience;
  /** Address of the page with `welby-password-reset`; without it the link fires `welby-forgot-password` only. */
  declare resetHref: string | undefined;
  /** Where to go after signing in: an address of this site, without scheme and host. Nothing else is followed. */
  declare returnTo: string | undefined;
  /** What is shown now. */
  declare protected view: LoginView;

  readonly #id = uniqueId("login");
  readonly #texts = new LocalizeController(this, "login", loginMessages);
  readonly #announcer = new AnnouncerController(this);
  readonly #online = new OnlineController(this);
  readonly #light = new LightDomController(this, {
    slot: "form",
    styles: formStyles,
    template: () => this.#renderView(),
  });
  readonly #form = new FormController(this, {
    texts: this.#texts,
    announcer: this.#announcer,
    id: (part) => this.#partId(part),
    query: (selector) => this.#light.query(selector),
  });
  readonly #password = new PasswordFieldController(this, this.#texts, this.#announcer);
  readonly #halfWidth = new HalfWidthFieldController(this, this.#texts, this.#announcer);
  readonly #model = this.#makeModel();

  #steps: LoginSteps | undefined;
  #step: SignInStep | undefined;
  #loginId = "";
  #lastSignInAt: string | null = null;
  #notice: (() => string) | undefined;
  #takesFocus = false;
  #warm = false;
  #endSubscription: (() => void) | undefined;
  #cancelIdle: (() => void) | undefined;

  constructor() {
    super();
    this.audience = "staff";
    this.view = "credentials";
    // Whoever comes to the form will need the rest soon.
    this.addEventListener("focusin", () => void this.#warmUp());
    this.addEventListener("input", () => void this.#warmUp());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#warmUpWhenIdle();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unfollow();
    this.#cancelIdle?.();
  }

  protected override render() {
    return html`<div class="frame w-stack" part="frame" lang=${this.#texts.locale}>
      <slot name="header"></slot>
      <slot name="form"></slot>
      <slot name="forgot" @slotchange=${() => this.requestUpdate()}></slot>
      <slot name="help"></slot>
      <slot name="footer"></slot>
    </div>`;
  }

  protected override firstUpdated(): void {
    if (globalThis.isSecureContext === false) void this.#show("insecure");
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has("view")) return;
    const from = (changed.get("view") as LoginView | undefined) ?? null;
    // The light-DOM part is rendered by a controller, which has run before this.
    if (this.#takesFocus) this.#light.query(`[id="${this.#partId("heading")}"]`)?.focus();
    this.#takesFocus = false;
    this.dispatchEvent(new WelbyViewChangeEvent(from, this.view));
  }

  protected override clientChanged(client: WelbyClient | undefined, previous: WelbyClient | undefined): void {
    this.#unfollow();
    if (previous) void this.#model.startOver();
    if (client) this.#warmUpWhenIdle();
  }

  /** Goes to another page; apart so that a page in a frame or a test can do it its own way. */
  protected navigate(url: string): void {
    location.assign(url);
  }

  #renderView() {
    if (this.view !== "credentials" && this.#steps) return this.#steps.render(this.view);
    return credentialsView(this.#model, {
      notices: [this.#online.online ? "" : this.#texts.common("offline"), this.#notice?.() ?? ""].filter(
        Boolean,
      ),
      forgot: this.querySelector(':scope > [slot="forgot"]')
        ? undefined
        : { href: this.#forgotHref(), onClick: (event) => this.#onForgot(event) },
      onSubmit: (event) => void this.#onSignIn(event),
    });
  }

  async #onSignIn(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { audience } = this.#model.now();
    const loginId = normalizeWidth(this.#model.fieldValue("username")).value;
    const password = this.#model.fieldValue("password");
    const problems = [
      ...(loginId === "" ? [{ field: "username", text: this.#texts.t("missingLoginId") }] : []),
      ...(password === "" ? [{ field: "password", text: this.#texts.t("missingPassword") }] : []),
    ];
    if (problems.length > 0 && !this.#form.busy) return this.#form.reject(problems);
    this.#password.hide();
    this.#notice = undefined;
    const done = await this.#form.submit({
      action: "sign-in",
      detail: { audience },
      blame: { invalid_credentials: ["password", "username"] },
      work: async () => {
        // The next step must be there before the first one succeeds: its code may have expired when a connection is back.
        const [client] = await Promise.all([this.requireClient(), this.#ensureSteps()]);
        return client.auth.signIn({ audience, loginId, password });
      },
    });
    this.#loginId = loginId;
    if (done) await this.#advance(done.result);
    else if (this.#form.failure?.code === "insecure_context") await this.#show("insecure");
  }

  async #advance(step: SignInStep): Promise<void> {
    this.#step = step;
    if (step.status === "signed_in") return this.#finish(step.lastSignInAt, false);
    if (step.status === "password_change_required") return this.#show("password-change");
    const known = step.status === "mfa_required" && step.methods.includes("totp");
    return this.#show(known ? "second-factor" : "unsupported-step");
  }

  async #finish(lastSignInAt: string | null, restored: boolean): Promise<void> {
    this.#lastSignInAt = lastSignInAt;
    this.#step = undefined;
    await this.#show("signed-in");
    const detail: SignedInDetail = { audience: this.#model.now().audience, lastSignInAt, restored };
    const event = new WelbyActionEvent("signed-in", detail, { cancelable: true });
    const goes = this.dispatchEvent(event);
    const { continueTo } = this.#model.now();
    if (goes && continueTo) this.navigate(continueTo);
  }

  /** Shows a view; its part is fetched if it is not there yet, and a failure of that is shown where the person is. */
  async #show(view: LoginView): Promise<void> {
    try {
      if (view !== "credentials") (await this.#ensureSteps()).enter(view);
    } catch (thrown) {
      return this.#form.fail(toFailure(thrown));
    }
    const root = this.getRootNode() as Document | ShadowRoot;
    this.#takesFocus = this.contains(root.activeElement) && root.activeElement !== this;
    this.#form.reset();
    this.#password.hide();
    this.view = view;
    this.requestUpdate();
    await this.updateComplete;
  }

  async #ensureSteps(): Promise<LoginSteps> {
    const { LoginSteps } = await loadSteps();
    return (this.#steps ??= new LoginSteps(this.#model));
  }

  #warmUpWhenIdle(): void {
    this.#cancelIdle?.();
    this.#cancelIdle = whenIdle(() => void this.#warmUp());
  }

  /** Loads what the form will need, and finds out whether somebody is signed in already. */
  async #warmUp(): Promise<void> {
    if (this.#warm || !this.isConnected || !(this.currentClient ?? this.environment.value)) return;
    this.#warm = true;
    void preloadErrorTexts();
    try {
      const [client] = await Promise.all([this.requireClient(), this.#ensureSteps()]);
      void client.preload().catch(() => undefined);
      const state = await client.session.ready();
      if (client !== this.currentClient || !this.isConnected) return;
      // Still "loading": the store could not be read. Nobody has asked for anything yet; the next attempt may tell.
      this.#warm = state !== "loading";
      this.#follow(client);
      await this.#onSession({ state, reason: "restored" });
    } catch {
      this.#warm = false;
    }
  }

  /** Only now: listening makes the client load itself, and the form must paint before that. */
  #follow(client: WelbyClient): void {
    this.#endSubscription?.();
    this.#endSubscription = client.on("session", (detail) => void this.#onSession(detail));
  }

  #unfollow(): void {
    this.#warm = false;
    this.#endSubscription?.();
    this.#endSubscription = undefined;
  }

  async #onSession({ state, reason }: ClientEvents["session"]): Promise<void> {
    // While this form's own request is under way, its answer decides.
    if (this.#form.busy) return;
    const target = viewOf(state);
    if (target === this.view || target === undefined) return;
    if (target === "signed-in") return this.#finish(null, true);
    if (target !== "credentials") return this.#show(target);
    if (!WITH_SESSION.includes(this.view)) return;
    this.#loginId = reason === "expired" ? this.#loginId : "";
    await this.#model.startOver(() => this.#endText(reason));
  }

  /** Why the session ended, for the person who finds the form instead of their work. */
  #endText(reason: ClientEvents["session"]["reason"]): string {
    if (reason !== "expired" && reason !== "refresh_reused") return this.#texts.t("signedOut");
    const { message, remedy } = this.#texts.errorText({
      code: reason === "expired" ? "session_expired" : "refresh_reused",
    });
    return `${message} ${remedy}`;
  }

  #forgotHref(): string | undefined {
    const href = safeLink(this.resetHref);
    if (this.resetHref && !href) devWarning(this, "reset-href is not an http(s) address");
    return href;
  }

  #onForgot(event: Event): void {
    const detail = { audience: this.#model.now().audience };
    const goes = this.dispatchEvent(new WelbyActionEvent("forgot-password", detail, { cancelable: true }));
    if (!goes) event.preventDefault();
  }

  #partId(part: string): string {
    return `${this.#id}-${part}`;
  }

  #makeModel(): LoginModel {
    return {
      host: this,
      texts: this.#texts,
      announcer: this.#announcer,
      form: this.#form,
      password: this.#password,
      halfWidth: this.#halfWidth,
      now: () => ({
        audience: this.audience === "patient" ? "patient" : "staff",
        loginId: this.#loginId,
        step: this.#step,
        lastSignInAt: this.#lastSignInAt,
        continueTo: sameSitePath(this.returnTo),
      }),
      id: (part) => this.#partId(part),
      fieldValue: (name) => this.#light.query<HTMLInputElement>(`input[name="${name}"]`)?.value ?? "",
      client: () => this.requireClient(),
      advance: (step) => this.#advance(step),
      restored: () => this.#finish(null, true),
      startOver: (notice) => {
        this.#step = undefined;
        this.#notice = notice;
        return this.#show("credentials");
      },
      forgetLoginId: () => {
        this.#loginId = "";
      },
    };
  }
}

function viewOf(state: SessionState): LoginView | undefined {
  const views: Readonly<Record<SessionState, LoginView | undefined>> = {
    loading: undefined,
    signed_out: "credentials",
    signed_in: "signed-in",
    password_change_required: "password-change",
    locked: "reauthenticate",
  };
  return views[state];
}

declare global {
  interface HTMLElementTagNameMap {
    "welby-login": WelbyLogin;
  }
}
