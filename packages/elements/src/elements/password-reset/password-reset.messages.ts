import type { Catalogue, TranslationOf } from "../../internal/messages.ts";

const ja = {
  requestHeading: "パスワードの再設定",
  requestText:
    "ログインIDとして登録したメールアドレスを入力してください。再設定用のURLをメールでお送りします。",
  email: "メールアドレス",
  missingEmail: "メールアドレスを入力してください。",
  badEmail: "メールアドレスを確認してください。例: taro@example.jp",
  send: "メールを送信する",
  sending: "送信しています",
  backToSignIn: "ログイン画面へ戻る",
  sentHeading: "メールを確認してください",
  sentText: "入力されたメールアドレスが登録されている場合、再設定用のURLをメールでお送りしました。",
  sentTo: "入力されたメールアドレス",
  sentExpiry:
    "URLは{minutes}分間({time}まで)、1回だけ使えます。新しいメールを送信すると、前のURLは使えなくなります。",
  resent: "もう一度送信しました。",
  helpHeading: "メールが届かないとき",
  helpSpam: "迷惑メールフォルダーをご確認ください。",
  helpCarrier:
    "携帯電話会社のメールアドレスの場合は、受信設定(指定受信)で「{domain}」からのメールを許可してから、もう一度送信してください。",
  helpCarrierNoDomain:
    "携帯電話会社のメールアドレスの場合は、受信設定(指定受信)でこのサービスからのメールを許可してから、もう一度送信してください。",
  helpLegacy: "「..」や「.@」を含むメールアドレスには、届かない場合があります。",
  helpAddress: "入力したメールアドレスに間違いがないか、ご確認ください。",
  resend: "もう一度送信する",
  resendWait: "もう一度送信できるまで、あと{seconds}秒です。",
  resendReady: "もう一度送信できます。",
  editEmail: "メールアドレスを入力し直す",
  confirmHeading: "新しいパスワードの設定",
  confirmText: "新しいパスワードを設定すると、すべての端末からログアウトします。",
  newPassword: "新しいパスワード",
  missingNewPassword: "新しいパスワードを入力してください。",
  unmetPassword: "条件を満たしていない項目があります。",
  save: "設定する",
  saving: "設定しています",
  invalidHeading: "このURLは使えません",
  startAgain: "もう一度手続きする",
  doneHeading: "パスワードを設定しました",
  doneText: "新しいパスワードでログインしてください。",
  signIn: "ログイン画面へ進む",
} as const;

const en: TranslationOf<typeof ja> = {
  requestHeading: "Reset your password",
  requestText:
    "Enter the e-mail address that you registered as your login ID. We send you a link to set a new password.",
  email: "E-mail address",
  missingEmail: "Enter your e-mail address.",
  badEmail: "Check the e-mail address. Example: taro@example.jp",
  send: "Send the e-mail",
  sending: "Sending",
  backToSignIn: "Back to sign-in",
  sentHeading: "Check your e-mail",
  sentText: "If the address you entered is registered, we have sent you a link to set a new password.",
  sentTo: "Address you entered",
  sentExpiry:
    "The link works once, for {minutes} minutes (until {time} Japan time). A newer e-mail replaces it.",
  resent: "Sent again.",
  helpHeading: "If the e-mail does not arrive",
  helpSpam: "Look into your spam folder.",
  helpCarrier:
    "For an address of a Japanese mobile carrier, allow e-mail from “{domain}” in the carrier's settings and send again.",
  helpCarrierNoDomain:
    "For an address of a Japanese mobile carrier, allow e-mail from this service in the carrier's settings and send again.",
  helpLegacy: "E-mail to an address with “..” or “.@” may not arrive.",
  helpAddress: "Check the address for mistakes.",
  resend: "Send again",
  resendWait: "You can send again in {seconds} seconds.",
  resendReady: "You can send again now.",
  editEmail: "Enter another address",
  confirmHeading: "Set a new password",
  confirmText: "Setting a new password signs you out on all devices.",
  newPassword: "New password",
  missingNewPassword: "Enter a new password.",
  unmetPassword: "Some conditions are not met yet.",
  save: "Set password",
  saving: "Setting your password",
  invalidHeading: "This link does not work",
  startAgain: "Start again",
  doneHeading: "Your password is set",
  doneText: "Sign in with your new password.",
  signIn: "Go to sign-in",
};

export const passwordResetMessages = { ja, en } satisfies Catalogue;
