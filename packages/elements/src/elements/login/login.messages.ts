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
};

/** Texts of the first view; what is said once somebody uses it is in `flow.messages.ts`, loaded with it. */
export const loginMessages = { ja, en } satisfies Catalogue;
