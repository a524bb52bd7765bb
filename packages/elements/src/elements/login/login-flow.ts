import type { ReactiveController } from "lit";
import type { ClientEvents, SessionState, SignInStep, WelbyClient } from "@welby/sdk";
import { normalizeWidth } from "@welby/text";
import { AnnouncerController } from "../../controllers/announcer.ts";
import { OnlineController } from "../../controllers/online.ts";
import { FormController } from "../../forms/form-controller.ts";
import { HalfWidthFieldController } from "../../forms/half-width-field.ts";
import { PasswordFieldController } from "../../forms/password-field.ts";
import { WelbyActionEvent, WelbyViewChangeEvent } from "../../internal/events.ts";
import { toFailure } from "../../internal/failure.ts";
import { lazy } from "../../internal/lazy.ts";
import { sameSitePath } from "../../internal/safe-url.ts";
import { flowMessages } from "./flow.messages.ts";
import type { LoginHost, LoginModel, LoginState } from "./login-model.ts";
import type { LoginView, SignedInDetail } from "./login.types.ts";
import type { LoginSteps, StepView } from "./steps.ts";
import { credentialsView } from "./views/credentials.ts";
import { signedInView } from "./views/signed-in.ts";

const loadSteps = lazy(() => import("./steps.ts"));

/** Views that a session that ended takes away. */
const WITH_SESSION: readonly LoginView[] = ["signed-in", "password-change", "reauthenticate"];

/** What the login does, as against how its first view looks: loaded behind the form, at the latest with the first key. */
export class LoginFlow implements LoginModel, ReactiveController {
  readonly host: LoginHost;
  readonly texts;
  readonly announcer: AnnouncerController;
  readonly form: FormController;
  readonly password: PasswordFieldController;
  readonly halfWidth: HalfWidthFieldController;
  readonly #t;
  readonly #online: OnlineController;

  #steps: LoginSteps | undefined;
  #step: SignInStep | undefined;
  #loginId = "";
  #lastSignInAt: string | null = null;
  #notice: (() => string) | undefined;
  /** The client whose session is followed. */
  #client: WelbyClient | undefined;
  #endSubscription: (() => void) | undefined;

  constructor(host: LoginHost) {
    this.host = host;
    this.texts = host.texts;
    this.#t = host.texts.of(flowMessages);
    this.announcer = new AnnouncerController(host);
    this.#online = new OnlineController(host);
    this.form = new FormController(host, {
      texts: host.texts,
      announcer: this.announcer,
      id: this.id,
      query: (selector) => host.light.query(selector),
    });
    this.password = new PasswordFieldController(host, host.texts, this.announcer);
    this.halfWidth = new HalfWidthFieldController(host, host.texts, this.announcer);
    host.addController(this);
    if (globalThis.isSecureContext === false) void this.#show("insecure");
    host.requestUpdate();
    this.#catchUp();
  }

  /** A password manager may have filled the field before this part was here. */
  #catchUp(): void {
    const field = this.host.light.query<HTMLInputElement>('input[name="username"]');
    if (field && !field.matches(":focus")) this.halfWidth.convert(field);
  }

  hostDisconnected(): void {
    this.unfollow();
  }

  render() {
    const { host, form, texts } = this;
    if (host.view === "signed-in") return signedInView(this);
    if (host.view !== "credentials" && this.#steps) return this.#steps.render(host.view);
    return credentialsView({
      ...this.now(),
      t: texts.t,
      form,
      id: this.id,
      notices: [this.#online.online ? "" : texts.common("offline"), this.#notice?.() ?? ""].filter(Boolean),
      alert: form.renderAlert(),
      forgot: host.forgot(),
      renderUsername: this.halfWidth.render,
      renderPassword: this.password.render,
      onSubmit: (event) => {
        event.preventDefault();
        void this.signIn();
      },
    });
  }

  /** Sends login id and password. */
  async signIn(): Promise<void> {
    const { audience } = this.now();
    const loginId = normalizeWidth(this.fieldValue("username")).value;
    const password = this.fieldValue("password");
    const problems = [
      ...(loginId === "" ? [{ field: "username", text: this.#t("missingLoginId") }] : []),
      ...(password === "" ? [{ field: "password", text: this.#t("missingPassword") }] : []),
    ];
    if (problems.length > 0 && !this.form.busy) return this.form.reject(problems);
    this.password.hide();
    this.#notice = undefined;
    const done = await this.form.submit({
      action: "sign-in",
      detail: { audience },
      blame: { invalid_credentials: ["password", "username"] },
      work: async () => (await this.client()).auth.signIn({ audience, loginId, password }),
    });
    if (done || this.form.failure) this.#loginId = loginId;
    if (done) await this.advance(done.result);
    else if (this.form.failure?.code === "insecure_context") await this.#show("insecure");
  }

  /** Gets the client ready, and finds out whether somebody is signed in already. Never rejects. */
  async warmUp(): Promise<void> {
    if (!this.host.isConnected || (this.#client && this.#client === this.host.currentClient)) return;
    try {
      const client = await this.host.requireClient();
      if (client === this.#client) return;
      this.unfollow();
      this.#client = client;
      void client.preload().catch(() => undefined);
      const state = await client.session.ready();
      if (client !== this.#client || !this.host.isConnected) return;
      this.#endSubscription = client.on("session", (detail) => void this.#onSession(detail));
      // "loading" still: the store could not be read. Nobody has asked for anything yet; the next attempt may tell.
      if (state === "loading") this.unfollow();
      else await this.#onSession({ state, reason: "restored" });
    } catch {
      this.unfollow();
    }
  }

  /** Forgets the client, e.g. because another one is in use. */
  unfollow(): void {
    this.#client = undefined;
    this.#endSubscription?.();
    this.#endSubscription = undefined;
  }

  // What the steps use.

  readonly id = (part: string): string => this.host.partId(part);

  now(): LoginState {
    return {
      audience: this.host.audience === "patient" ? "patient" : "staff",
      loginId: this.#loginId,
      step: this.#step,
      lastSignInAt: this.#lastSignInAt,
      continueTo: sameSitePath(this.host.returnTo),
    };
  }

  fieldValue(name: string): string {
    return this.host.light.query<HTMLInputElement>(`input[name="${name}"]`)?.value ?? "";
  }

  client(): Promise<WelbyClient> {
    return this.host.requireClient();
  }

  async advance(step: SignInStep): Promise<void> {
    this.#step = step;
    if (step.status === "signed_in") return this.#finish(step.lastSignInAt, false);
    if (step.status === "password_change_required") return this.#show("password-change");
    const known = step.status === "mfa_required" && step.methods.includes("totp");
    return this.#show(known ? "second-factor" : "unsupported-step");
  }

  restored(): Promise<void> {
    return this.#finish(null, true);
  }

  startOver(notice?: () => string): Promise<void> {
    this.#step = undefined;
    this.#notice = notice;
    return this.#show("credentials");
  }

  async signOut(): Promise<void> {
    const done = await this.form.submit({
      action: "sign-out",
      detail: { audience: this.now().audience },
      work: async () => (await this.client()).auth.signOut(),
    });
    if (!done) return;
    this.#loginId = "";
    await this.startOver(() => this.#t("signedOut"));
  }

  async #finish(lastSignInAt: string | null, restored: boolean): Promise<void> {
    this.#lastSignInAt = lastSignInAt;
    this.#step = undefined;
    await this.#show("signed-in");
    const { audience, continueTo } = this.now();
    const detail: SignedInDetail = { audience, lastSignInAt, restored };
    const goes = this.host.dispatchEvent(new WelbyActionEvent("signed-in", detail, { cancelable: true }));
    if (goes && continueTo) this.host.navigate(continueTo);
  }

  /** Shows a view; its part is fetched if it is not there yet, and a failure of that is shown where the person is. */
  async #show(view: LoginView): Promise<void> {
    if (view !== "credentials" && view !== "signed-in") {
      try {
        await this.#enterStep(view);
      } catch (thrown) {
        return this.form.fail(toFailure(thrown));
      }
    }
    const { host } = this;
    const from = host.view;
    const active = (host.getRootNode() as Document | ShadowRoot).activeElement;
    const takesFocus = active !== host && host.contains(active);
    this.form.reset();
    this.password.hide();
    host.view = view;
    host.requestUpdate();
    await host.updateComplete;
    if (view === from || host.view !== view) return;
    if (takesFocus) host.light.query(`[id="${this.id("heading")}"]`)?.focus();
    host.dispatchEvent(new WelbyViewChangeEvent(from, view));
  }

  async #enterStep(view: StepView): Promise<void> {
    const { LoginSteps } = await loadSteps();
    this.#steps ??= new LoginSteps(this);
    this.#steps.enter(view);
  }

  async #onSession({ state, reason }: ClientEvents["session"]): Promise<void> {
    // While this form's own request is under way, its answer decides.
    if (this.form.busy) return;
    const { view } = this.host;
    const target = viewOf(state);
    if (target === view || target === undefined || view === "insecure") return;
    if (target === "signed-in") return this.#finish(null, true);
    if (target !== "credentials") return this.#show(target);
    if (!WITH_SESSION.includes(view)) return;
    if (reason !== "expired") this.#loginId = "";
    await this.startOver(() => this.#endText(reason));
  }

  /** Why the session ended, for the person who finds the form instead of their work. */
  #endText(reason: ClientEvents["session"]["reason"]): string {
    if (reason !== "expired" && reason !== "refresh_reused") return this.#t("signedOut");
    const { message, remedy } = this.texts.errorText({
      code: reason === "expired" ? "session_expired" : "refresh_reused",
    });
    return `${message} ${remedy}`;
  }
}

function viewOf(state: SessionState): LoginView | undefined {
  const views: Readonly<Record<SessionState, LoginView | undefined>> = {
    loading: undefined,
    signed_out: "credentials",
    signed_in: "signed-in",
    password_change_required: "password-change",
    mfa_enrollment_required: "unsupported-step",
    locked: "reauthenticate",
  };
  return views[state];
}
