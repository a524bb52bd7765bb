import type { Catalogue, TranslationOf } from "../internal/messages.ts";

const ja = {
  summary: "入力内容をご確認ください",
  converted: "半角に変換しました",
  tooManyAttempts: "入力の誤りが続いたため、しばらく受け付けられません。",
  waitSeconds: "あと{seconds}秒お待ちください。",
  waitMinutes: "あと約{minutes}分お待ちください。",
  waitOver: "もう一度お試しいただけます。",
  passwordShown: "パスワードを表示しています",
  passwordHidden: "パスワードを隠しました",
  fullWidth: "全角文字が含まれています",
  capsLock: "Caps Lockがオンになっています",
} as const;

const en: TranslationOf<typeof ja> = {
  summary: "Please check what you entered",
  converted: "Converted to half-width characters",
  tooManyAttempts: "Paused after several failed attempts.",
  waitSeconds: "Please wait {seconds} more seconds.",
  waitMinutes: "Please wait about {minutes} more minutes.",
  waitOver: "You can try again now.",
  passwordShown: "Your password is visible",
  passwordHidden: "Your password is hidden",
  fullWidth: "There are full-width characters in it",
  capsLock: "Caps Lock is on",
};

/** Texts that forms show once somebody uses them. */
export const formMessages = { ja, en } satisfies Catalogue;
