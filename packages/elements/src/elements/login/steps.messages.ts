import type { Catalogue, TranslationOf } from "../../internal/messages.ts";

const ja = {
  secondFactorHeading: "認証コードの入力",
  secondFactorText: "認証アプリに表示されている6桁の数字を入力してください。",
  code: "認証コード",
  codeHint: "例: 123456",
  missingCode: "認証コードを入力してください。",
  badCode: "認証コードは6桁の数字です。",
  verify: "確認する",
  verifying: "確認しています",
  startOver: "最初からやり直す",
  changeHeading: "パスワードの変更",
  changeText:
    "初期パスワードのままでは続けられません。ご自身だけが知っている新しいパスワードを設定してください。",
  newPassword: "新しいパスワード",
  missingNewPassword: "新しいパスワードを入力してください。",
  unmetPassword: "条件を満たしていない項目があります。",
  change: "変更する",
  changing: "変更しています",
  lockedHeading: "画面をロックしています",
  currentPassword: "パスワード",
  missingCurrentPassword: "パスワードを入力してください。",
  unlock: "ロックを解除する",
  unlocking: "解除しています",
  otherAccount: "別のアカウントでログインする",
  unsupportedHeading: "この画面では続けられません",
  unsupportedText: "この画面が対応していない確認手順が必要です。システム担当者にお知らせください。",
  insecureHeading: "ログインできません",
} as const;

const en: TranslationOf<typeof ja> = {
  secondFactorHeading: "Enter the verification code",
  secondFactorText: "Enter the six digits that your authenticator app shows.",
  code: "Verification code",
  codeHint: "Example: 123456",
  missingCode: "Enter the verification code.",
  badCode: "The verification code has six digits.",
  verify: "Verify",
  verifying: "Verifying",
  startOver: "Start again",
  changeHeading: "Change your password",
  changeText: "You cannot go on with the initial password. Choose a new one that only you know.",
  newPassword: "New password",
  missingNewPassword: "Enter a new password.",
  unmetPassword: "Some conditions are not met yet.",
  change: "Change password",
  changing: "Changing your password",
  lockedHeading: "The screen is locked",
  currentPassword: "Password",
  missingCurrentPassword: "Enter your password.",
  unlock: "Unlock",
  unlocking: "Unlocking",
  otherAccount: "Sign in with another account",
  unsupportedHeading: "You cannot go on here",
  unsupportedText:
    "A verification is needed that this screen does not know. Please tell your system administrator.",
  insecureHeading: "You cannot sign in",
};

/** Texts of the steps that not everybody sees. */
export const stepMessages = { ja, en } satisfies Catalogue;
