import type { TemplateResult } from "lit";
import type { SignInStep } from "@welby/sdk";
import { normalizeWidth } from "@welby/text";
import { NewPasswordController } from "../../forms/new-password.ts";
import { WelbyActionEvent } from "../../internal/events.ts";
import type { LoginModel } from "./login-model.ts";
import type { LoginActionDetail, LoginView } from "./login.types.ts";
import { stepMessages } from "./steps.messages.ts";
import { insecureView, unsupportedStepView } from "./views/dead-end.ts";
import { passwordChangeView } from "./views/password-change.ts";
import { reauthenticateView } from "./views/reauthenticate.ts";
import { secondFactorView } from "./views/second-factor.ts";

/** After these codes only a new sign-in helps. */
const LOST = ["challenge_expired", "session_expired", "refresh_reused", "unauthenticated"];

/** Views that most sign-ins never show; this part is loaded when one of them is to be shown. */
export type StepView = Exclude<LoginView, "credentials" | "signed-in">;

/** The steps between password and signed in, and the ways that end before. */
export class LoginSteps {
  readonly #model: LoginModel;
  readonly #t;
  readonly #newPassword: NewPasswordController;

  constructor(model: LoginModel) {
    this.#model = model;
    this.#t = model.texts.of(stepMessages);
    this.#newPassword = new NewPasswordController(model.host, {
      ...model,
      personalWords: () => [model.now().loginId, model.now().loginId.split("@")[0] ?? ""],
    });
  }

  /** Called before a view is shown. */
  enter(view: StepView): void {
    this.#newPassword.forget();
    if (view === "password-change") this.#newPassword.load();
  }

  render(view: StepView): TemplateResult {
    const model = this.#model;
    switch (view) {
      case "second-factor":
        return secondFactorView(model, (event) => void this.#verify(event));
      case "password-change":
        return passwordChangeView(model, this.#newPassword, (event) => void this.#changePassword(event));
      case "reauthenticate":
        return reauthenticateView(model, (event) => void this.#reauthenticate(event));
      case "unsupported-step":
        return unsupportedStepView(model);
      case "insecure":
        return insecureView(model);
    }
  }

  async #verify(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { form } = this.#model;
    const { step } = this.#model.now();
    if (step?.status !== "mfa_required") return this.#model.startOver();
    // Codes are often shown and copied as 123 456.
    const code = normalizeWidth(this.#model.fieldValue("code")).value.replace(/[\s-]/g, "");
    if (!/^\d{6}$/.test(code)) {
      return form.reject([{ field: "code", text: this.#t(code === "" ? "missingCode" : "badCode") }]);
    }
    await this.#advance("second-factor", { mfa_invalid: ["code"] }, () =>
      step.verify({ method: "totp", code }),
    );
  }

  async #changePassword(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { form, password, host } = this.#model;
    const { step } = this.#model.now();
    const value = this.#model.fieldValue("new-password");
    if (value === "" || this.#newPassword.unmet) {
      const text = this.#t(value === "" ? "missingNewPassword" : "unmetPassword");
      return form.reject([{ field: "new-password", text }]);
    }
    password.hide();
    const field = ["new-password"];
    await this.#advance("password-change", { weak_password: field, password_reused: field }, async () => {
      const next =
        step?.status === "password_change_required"
          ? await step.setPassword(value)
          : await (await this.#model.client()).auth.setInitialPassword(value);
      host.dispatchEvent(new WelbyActionEvent("password-change", this.#detail));
      return next;
    });
    if (form.failure?.code === "weak_password") this.#newPassword.refuse(form.failure.rules);
  }

  async #reauthenticate(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { form, password } = this.#model;
    const value = this.#model.fieldValue("password");
    if (value === "") return form.reject([{ field: "password", text: this.#t("missingCurrentPassword") }]);
    password.hide();
    const done = await form.submit({
      action: "reauthenticate",
      detail: this.#detail,
      blame: { invalid_credentials: ["password"] },
      readAs: { invalid_credentials: "current_password_wrong" },
      work: async () => (await this.#model.client()).auth.reauthenticate(value),
    });
    if (done) await this.#model.restored();
    else await this.#leaveIfLost();
  }

  async #advance(
    action: string,
    blame: Readonly<Record<string, readonly string[]>>,
    work: () => Promise<SignInStep>,
  ): Promise<void> {
    const done = await this.#model.form.submit({ action, detail: this.#detail, blame, work });
    if (done) await this.#model.advance(done.result);
    else await this.#leaveIfLost();
  }

  async #leaveIfLost(): Promise<void> {
    const { form, texts } = this.#model;
    const code = form.failure?.code;
    if (code === undefined || !LOST.includes(code)) return;
    await this.#model.startOver(() => {
      const { message, remedy } = texts.errorText({ code });
      return `${message} ${remedy}`;
    });
  }

  get #detail(): LoginActionDetail {
    return { audience: this.#model.now().audience };
  }
}
