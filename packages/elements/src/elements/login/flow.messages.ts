import type { Catalogue, TranslationOf } from "../../internal/messages.ts";

const ja = {
  missingLoginId: "ログインIDを入力してください。",
  missingPassword: "パスワードを入力してください。",
  signedOut: "ログアウトしました。",
  signedInHeading: "ログインしました",
  lastSignIn: "前回のログイン",
  lastSignInHelp: "心当たりがない場合は、パスワードを変更し、管理者にお知らせください。",
  proceed: "次へ進む",
  signOut: "ログアウトする",
  signingOut: "ログアウトしています",
} as const;

const en: TranslationOf<typeof ja> = {
  missingLoginId: "Enter your login ID.",
  missingPassword: "Enter your password.",
  signedOut: "You are signed out.",
  signedInHeading: "You are signed in",
  lastSignIn: "Last sign-in",
  lastSignInHelp: "If this was not you, change your password and tell your administrator.",
  proceed: "Continue",
  signOut: "Sign out",
  signingOut: "Signing out",
};

/** Texts of what the first view does, and of the end of the way. */
export const flowMessages = { ja, en } satisfies Catalogue;
