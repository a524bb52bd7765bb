import type { Catalogue, TranslationOf } from "../internal/messages.ts";

const ja = {
  show: "表示",
  hide: "隠す",
  showPassword: "パスワードを表示",
  hidePassword: "パスワードを隠す",
} as const;

const en: TranslationOf<typeof ja> = {
  show: "Show",
  hide: "Hide",
  showPassword: "Show password",
  hidePassword: "Hide password",
};

/** The button of a password field. */
export const passwordFieldMessages = { ja, en } satisfies Catalogue;
