import type { Catalogue, TranslationOf } from "./messages.ts";

const ja = {
  loading: "読み込んでいます。",
  retry: "もう一度試す",
  failed: "処理できませんでした。",
  failedRemedy: "ネットワークの接続を確認して、もう一度お試しください。",
  requestId: "お問い合わせ番号: {id}",
  offline: "ネットワークに接続していません。接続が戻ると続けられます。",
} as const;

const en: TranslationOf<typeof ja> = {
  loading: "Loading.",
  retry: "Try again",
  failed: "This could not be done.",
  failedRemedy: "Check your network and try again.",
  requestId: "Request id: {id}",
  offline: "You are offline. You can go on once the connection is back.",
};

/** Texts that several elements show. */
export const commonMessages = { ja, en } satisfies Catalogue;
