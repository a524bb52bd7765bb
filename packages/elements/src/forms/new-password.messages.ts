import type { Catalogue, TranslationOf } from "../internal/messages.ts";

const ja = {
  rules: "パスワードの条件",
  loadingRules: "パスワードの条件を読み込んでいます。",
  rulesUnavailable: "パスワードの条件を表示できませんでした。設定するときに確認します。",
  retryRules: "条件をもう一度読み込む",
  too_short: "{min}文字以上",
  too_long: "{max}文字以内",
  not_mixed: "文字・数字・記号をすべて含む",
  context_word: "ログインID、病院名、サービス名など推測されやすい語を含まない",
  repeated: "同じ文字の繰り返しが多くない",
  common: "よく使われるパスワードではない",
  met: "満たしています",
  unmet: "まだ満たしていません",
  refused: "使用できません",
  onServer: "設定するときに確認します",
  progress: "{total}項目中{met}項目を満たしています",
} as const;

const en: TranslationOf<typeof ja> = {
  rules: "Password conditions",
  loadingRules: "Loading the password conditions.",
  rulesUnavailable: "The password conditions could not be shown. They are checked when you save.",
  retryRules: "Load the conditions again",
  too_short: "At least {min} characters",
  too_long: "At most {max} characters",
  not_mixed: "Letters, digits and symbols",
  context_word: "No guessable words such as your login ID, the hospital or the service",
  repeated: "Not the same characters over and over",
  common: "Not a commonly used password",
  met: "met",
  unmet: "not met yet",
  refused: "not allowed",
  onServer: "checked when you save",
  progress: "{met} of {total} conditions met",
};

/** One line for each rule of the contract's password policy; a test compares the ids. */
export const newPasswordMessages = { ja, en } satisfies Catalogue;
