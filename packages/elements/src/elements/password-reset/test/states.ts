import { failure, policy, stubClient } from "../../../../test/support/stub-client.ts";
import type { StubClient } from "../../../../test/support/stub-client.ts";
import { until } from "../../../../test/support/until.ts";
import { passwordResetMessages } from "../password-reset.messages.ts";
import { button, fill, mount, submit, text, untilHeading } from "./mount.ts";

type Locale = "ja" | "en";

const never = new Promise<never>(() => undefined);
const requesting = (requestPasswordReset: () => Promise<void>) =>
  stubClient({ auth: { requestPasswordReset } });
const confirming = (confirmPasswordReset: () => Promise<void>) =>
  stubClient({
    auth: { confirmPasswordReset },
    meta: { passwordPolicy: async () => ({ ...policy, minLength: 8 }) },
  });
const refuses = (code: string, fields?: Record<string, unknown>) => async () => {
  throw failure(code, fields);
};
const accepts = async () => undefined;
const shown = (selector: string) => until(() => document.querySelector(`welby-password-reset ${selector}`));

async function send(client: StubClient, locale: Locale, email = "suzuki@minato.example.jp"): Promise<void> {
  await mount(client, { locale });
  fill("email", email);
  submit();
}

async function setPassword(client: StubClient, locale: Locale): Promise<void> {
  await mount(client, { locale, token: "abc" });
  await shown("li");
  fill("new-password", "koharubiyori");
  submit();
}

/** How each state of `welby-password-reset` in states.json is reached. */
export const passwordResetStates: Readonly<Record<string, (locale: Locale) => Promise<void>>> = {
  request: async (locale) => void (await mount(stubClient(), { locale })),

  "request-missing": async (locale) => {
    await send(stubClient(), locale, "");
    await shown(".w-error");
  },

  "request-malformed": async (locale) => {
    await send(stubClient(), locale, "suzuki@@minato");
    await shown(".w-error");
  },

  "request-sending": async (locale) => {
    await send(
      requesting(() => never),
      locale,
    );
    await shown("[aria-disabled]");
  },

  "request-failed": async (locale) => {
    await send(requesting(refuses("connection_failed", { retryable: true })), locale);
    await shown(".w-alert-error");
  },

  offline: async (locale) => {
    Object.defineProperty(navigator, "onLine", { value: false, configurable: true });
    try {
      await mount(stubClient(), { locale });
      await shown(".w-alert");
    } finally {
      Reflect.deleteProperty(navigator, "onLine");
    }
  },

  sent: async (locale) => {
    await send(requesting(accepts), locale);
    await untilHeading(passwordResetMessages[locale].sentHeading);
  },

  "sent-carrier": async (locale) => {
    await send(requesting(accepts), locale, "a..b@docomo.ne.jp");
    await untilHeading(passwordResetMessages[locale].sentHeading);
  },

  resent: async (locale) => {
    const clock = performance.now.bind(performance);
    await send(requesting(accepts), locale);
    await untilHeading(passwordResetMessages[locale].sentHeading);
    // The wait is over a minute later; only this element's own clock is moved.
    performance.now = () => clock() + 61_000;
    try {
      await until(() => !text().includes(locale === "ja" ? "あと" : "seconds"), 3000);
      button(passwordResetMessages[locale].resend).click();
      await until(() => text().includes(passwordResetMessages[locale].resent));
    } finally {
      performance.now = clock;
    }
  },

  confirm: async (locale) => {
    await mount(stubClient(), { locale, token: "abc" });
    await shown("li");
  },

  "confirm-refused": async (locale) => {
    await setPassword(confirming(refuses("weak_password", { rules: ["common"] })), locale);
    await shown(".w-check-refused");
  },

  "invalid-token": async (locale) => {
    await setPassword(confirming(refuses("token_invalid")), locale);
    await untilHeading(passwordResetMessages[locale].invalidHeading);
  },

  done: async (locale) => {
    await setPassword(confirming(accepts), locale);
    await untilHeading(passwordResetMessages[locale].doneHeading);
  },
};
