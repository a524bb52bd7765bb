import type { Catalogue, TranslationOf } from "../../internal/messages.ts";

const ja = {
  heading: "ログイン",
  loginId: "ログインID",
  loginIdHintStaff: "登録したメールアドレス",
  loginIdHintPatient: "登録したメールアドレスまたは電話番号",
  password: "パスワード",
  submit: "ログインする",
  busy: "ログインしています",
  forgot: "パスワードを忘れた方",
  missingLoginId: "ログインIDを入力してください。",
  missingPassword: "パスワードを入力してください。",
  signedOut: "ログアウトしました。",
} as const;

const en: TranslationOf<typeof ja> = {
  heading: "Sign in",
  loginId: "Login ID",
  loginIdHintStaff: "Your registered e-mail address",
  loginIdHintPatient: "Your registered e-mail address or phone number",
  password: "Password",
  submit: "Sign in",
  busy: "Signing in",
  forgot: "Forgot your password?",
  missingLoginId: "Enter your login ID.",
  missingPassword: "Enter your password.",
  signedOut: "You are signed out.",
};

/** Texts of the first view; those of the later ones are in `steps.messages.ts`, loaded with them. */
export const loginMessages = { ja, en } satisfies Catalogue;
