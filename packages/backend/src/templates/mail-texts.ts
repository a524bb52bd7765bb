import type { Locale } from "@welby/contract/errors";

/** What each mail needs. Instants come as text in Japan time, addresses of pages as complete URLs. */
export interface MailValues {
  /** 利用開始の案内メール to a new member. */
  welcome: {
    name: string;
    institution: string;
    loginId: string;
    initialPassword: string;
    signInUrl: string;
    expiresAt: string;
  };
  /** Only ever sent to an address that has an account. */
  password_reset: { institution: string; url: string; expiresAt: string };
  password_changed: { institution: string; changedAt: string; resetUrl: string };
  /** A sign-in that succeeded after several wrong passwords. */
  sign_in_after_failures: { institution: string; signedInAt: string; resetUrl: string };
  /** A refresh token was used twice: somebody may have copied it. */
  session_revoked: { institution: string; endedAt: string; resetUrl: string };
}

export type MailTemplate = keyof MailValues;

type Texts = {
  readonly [T in MailTemplate]: {
    /** Fixed: nothing that a person typed stands in a subject. */
    readonly subject: Readonly<Record<Locale, string>>;
    readonly body: { readonly [L in Locale]: (values: MailValues[T]) => string };
  };
};

const jaReset = (
  url: string,
) => `心当たりがない場合は、すぐに次の画面の「パスワードを忘れた方」からパスワードを再設定してください。
${url}
ご不明な点は、ご利用の医療機関の管理者にお問い合わせください。`;
const enReset = (
  url: string,
) => `If this was not you, set a new password at once with "Forgot your password?" on this page:
${url}
If you have questions, please ask the administrator of your institution.`;

export const mailTexts: Texts = {
  welcome: {
    subject: { ja: "【Welby マイカルテ】ご利用開始のご案内", en: "Your Welby account" },
    body: {
      ja: (v) => `${v.name} 様

「${v.institution}」の医療者画面に、${v.name} さんのアカウントが登録されました。
次の初期パスワードでログインし、ご自身のパスワードを設定してください。

ログイン画面: ${v.signInUrl}
ログインID: ${v.loginId}
初期パスワード: ${v.initialPassword}

初期パスワードの有効期限は ${v.expiresAt}(日本時間)です。
期限が過ぎた場合や心当たりがない場合は、「${v.institution}」の管理者にお問い合わせください。`,
      en: (v) => `Dear ${v.name},

An account has been opened for you on the clinician screen of ${v.institution}.
Sign in with the initial password below and set a password of your own.

Sign-in page: ${v.signInUrl}
Login ID: ${v.loginId}
Initial password: ${v.initialPassword}

The initial password works until ${v.expiresAt} (Japan time).
If it has expired, or if you did not expect this mail, please ask the administrator of ${v.institution}.`,
    },
  },
  password_reset: {
    subject: { ja: "【Welby マイカルテ】パスワード再設定のご案内", en: "Set a new password" },
    body: {
      ja: (v) => `パスワードの再設定を受け付けました。
次のページで、新しいパスワードを設定してください。

${v.url}

このURLは ${v.expiresAt}(日本時間)まで、1回だけ使えます。
新しいパスワードを設定すると、ログイン中のすべての端末からログアウトします。

心当たりがない場合は、このメールを破棄してください。パスワードは変わりません。
ご不明な点は、ご利用の医療機関(${v.institution})にお問い合わせください。`,
      en: (v) => `We received a request to set a new password.
Please set it on this page:

${v.url}

The link works once, until ${v.expiresAt} (Japan time).
Once the new password is set, you are signed out on all devices.

If you did not ask for this, ignore this mail; your password stays as it is.
If you have questions, please ask your institution (${v.institution}).`,
    },
  },
  password_changed: {
    subject: { ja: "【Welby マイカルテ】パスワードが変更されました", en: "Your password was changed" },
    body: {
      ja: (
        v,
      ) => `${v.changedAt}(日本時間)に、「${v.institution}」でご利用のアカウントのパスワードが変更されました。
ご自身で変更された場合は、何もする必要はありません。

${jaReset(v.resetUrl)}`,
      en: (v) => `The password of your account at ${v.institution} was changed on ${v.changedAt} (Japan time).
If you changed it yourself, there is nothing to do.

${enReset(v.resetUrl)}`,
    },
  },
  sign_in_after_failures: {
    subject: { ja: "【Welby マイカルテ】ログインのお知らせ", en: "A sign-in to your account" },
    body: {
      ja: (
        v,
      ) => `パスワードの入力が続けて失敗したあと、${v.signedInAt}(日本時間)に「${v.institution}」へのログインがありました。
ご自身でログインされた場合は、何もする必要はありません。

${jaReset(v.resetUrl)}`,
      en: (
        v,
      ) => `After several wrong passwords, somebody signed in to your account at ${v.institution} on ${v.signedInAt} (Japan time).
If it was you, there is nothing to do.

${enReset(v.resetUrl)}`,
    },
  },
  session_revoked: {
    subject: {
      ja: "【Welby マイカルテ】安全のためログアウトしました",
      en: "You were signed out for your safety",
    },
    body: {
      ja: (
        v,
      ) => `ログイン情報が2か所で使われた可能性があるため、${v.endedAt}(日本時間)に「${v.institution}」のログインを1件終了しました。
もう一度ログインすると、続けてご利用いただけます。

${jaReset(v.resetUrl)}`,
      en: (
        v,
      ) => `A sign-in at ${v.institution} may have been used in two places, so it was ended on ${v.endedAt} (Japan time).
Please sign in again to go on.

${enReset(v.resetUrl)}`,
    },
  },
};

/** Stands below every mail. */
export const mailFooter: Readonly<Record<Locale, string>> = {
  ja: "※このメールは送信専用です。ご返信いただいてもお答えできません。",
  en: "This address only sends mail; replies are not read.",
};
