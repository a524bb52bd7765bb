import type { SignInStep } from "@welby/sdk";
import { mfaStep } from "../../../../test/support/mfa-step.ts";
import { failure, policy, stubClient } from "../../../../test/support/stub-client.ts";
import type { StubClient } from "../../../../test/support/stub-client.ts";
import { until } from "../../../../test/support/until.ts";
import { field, fill, mount, signIn, submit, text, untilHeading } from "./mount.ts";
import { loginMessages } from "../login.messages.ts";
import { flowMessages } from "../flow.messages.ts";
import { stepMessages } from "../steps.messages.ts";

type Locale = "ja" | "en";
type Step = (locale: Locale) => Promise<void>;

const never = new Promise<never>(() => undefined);
const answers = (step: SignInStep) => async () => step;
const refuses = (code: string, fields?: Record<string, unknown>) => async () => {
  throw failure(code, fields);
};

const totp = (verify: () => Promise<SignInStep>): SignInStep => mfaStep({ verify });
const change = (setPassword: () => Promise<SignInStep>): SignInStep => ({
  status: "password_change_required",
  setPassword,
});

function signInWith(
  signInAnswer: () => Promise<SignInStep>,
  more: Parameters<typeof stubClient>[0] = {},
): StubClient {
  return stubClient({ ...more, auth: { signIn: signInAnswer, ...more.auth } });
}

async function after(client: StubClient, locale: Locale, shown: () => boolean): Promise<void> {
  await mount(client, { locale });
  signIn();
  await until(shown);
}

const alert = () => document.querySelector("welby-login .w-alert-error") !== null;
const headings = {
  ja: { ...stepMessages.ja, ...flowMessages.ja },
  en: { ...stepMessages.en, ...flowMessages.en },
};
const headed = (id: keyof typeof headings.ja, locale: Locale) => untilHeading(headings[locale][id]);

/** How each state of `welby-login` in states.json is reached. */
export const loginStates: Readonly<Record<string, Step>> = {
  credentials: async (locale) => void (await mount(stubClient(), { locale })),

  "credentials-patient": async (locale) => void (await mount(stubClient(), { locale, audience: "patient" })),

  "one-field-missing": async (locale) => {
    await mount(stubClient(), { locale });
    signIn("suzuki@minato.example.jp", "");
    await until(() => text().includes(flowMessages[locale].missingPassword));
  },

  "both-fields-missing": async (locale) => {
    await mount(stubClient(), { locale });
    submit();
    await until(alert);
  },

  "signing-in": (locale) =>
    after(
      signInWith(() => never),
      locale,
      () => text().includes(loginMessages[locale].busy),
    ),

  "wrong-credentials": (locale) => after(signInWith(refuses("invalid_credentials")), locale, alert),

  "rate-limited": (locale) =>
    after(signInWith(refuses("rate_limited", { retryable: true, retryAfterMs: 30_000 })), locale, alert),

  "connection-failed": (locale) =>
    after(signInWith(refuses("connection_failed", { retryable: true })), locale, alert),

  "server-error": (locale) =>
    after(signInWith(refuses("internal_error", { retryable: true, requestId: "req-7" })), locale, alert),

  maintenance: (locale) => after(signInWith(refuses("maintenance", { retryable: true })), locale, alert),

  offline: async (locale) => {
    Object.defineProperty(navigator, "onLine", { value: false, configurable: true });
    try {
      await mount(stubClient(), { locale });
      await until(() => document.querySelector("welby-login .w-alert"));
    } finally {
      Reflect.deleteProperty(navigator, "onLine");
    }
  },

  "password-shown": async (locale) => {
    await mount(stubClient(), { locale });
    document.querySelector<HTMLButtonElement>("welby-login [aria-controls]")?.click();
    await until(() => field("password").type === "text");
    fill("password", "ｐａｓｓ");
    await until(() => document.querySelector("welby-login [id$=-notes]"));
  },

  "second-factor": async (locale) => {
    await mount(signInWith(answers(totp(() => never))), { locale });
    signIn();
    await headed("secondFactorHeading", locale);
  },

  "second-factor-wrong": async (locale) => {
    await mount(signInWith(answers(totp(refuses("mfa_invalid")))), { locale });
    signIn();
    await headed("secondFactorHeading", locale);
    fill("code", "123456");
    submit();
    await until(alert);
  },

  "password-change": async (locale) => {
    await mount(signInWith(answers(change(() => never))), { locale });
    signIn();
    await headed("changeHeading", locale);
    await until(() => document.querySelectorAll("welby-login li").length > 3);
  },

  "password-change-rules-loading": async (locale) => {
    await mount(signInWith(answers(change(() => never)), { meta: { passwordPolicy: () => never } }), {
      locale,
    });
    signIn();
    await headed("changeHeading", locale);
  },

  "password-change-rules-unavailable": async (locale) => {
    const client = signInWith(answers(change(() => never)), {
      meta: { passwordPolicy: refuses("connection_failed") },
    });
    await mount(client, { locale });
    signIn();
    await headed("changeHeading", locale);
    await until(() => document.querySelector("welby-login .w-alert-warning"));
  },

  "password-change-refused": async (locale) => {
    const client = signInWith(answers(change(refuses("weak_password", { rules: ["common"] }))), {
      meta: { passwordPolicy: async () => ({ ...policy, minLength: 8 }) },
    });
    await mount(client, { locale });
    signIn();
    await headed("changeHeading", locale);
    await until(() => document.querySelectorAll("welby-login li").length > 3);
    fill("new-password", "koharubiyori");
    submit();
    await until(() => document.querySelector("welby-login .w-check-refused"));
  },

  locked: async (locale) => {
    await mount(stubClient({}, "locked"), { locale });
    await headed("lockedHeading", locale);
  },

  expired: async (locale) => {
    const { client } = await mount(stubClient({}, "signed_in"), { locale });
    await headed("signedInHeading", locale);
    client.emit("signed_out", "expired");
    await untilHeading(loginMessages[locale].heading);
  },

  "signed-in": async (locale) => {
    const step: SignInStep = { status: "signed_in", lastSignInAt: "2026-11-22T09:05:00+09:00" };
    await mount(signInWith(answers(step)), { locale });
    signIn();
    await headed("signedInHeading", locale);
  },

  "signed-in-restored": async (locale) => {
    await mount(stubClient({}, "signed_in"), { locale });
    await headed("signedInHeading", locale);
  },

  "signed-out": async (locale) => {
    await mount(stubClient({ auth: { signOut: async () => undefined } }, "signed_in"), { locale });
    await headed("signedInHeading", locale);
    document.querySelector<HTMLButtonElement>("welby-login .welby-light button")?.click();
    await untilHeading(loginMessages[locale].heading);
  },

  "unsupported-step": async (locale) => {
    await mount(signInWith(answers({ status: "unknown", serverStatus: "passkey_required" })), { locale });
    signIn();
    await headed("unsupportedHeading", locale);
  },

  insecure: async (locale) => {
    await mount(signInWith(refuses("insecure_context")), { locale });
    signIn();
    await headed("insecureHeading", locale);
    await until(() => text().includes("https"));
  },
};
