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
  /** The same with a link instead of an initial password. */
  invitation: { name: string; institution: string; loginId: string; url: string; expiresAt: string };
  /** Only ever sent to an address that has an account. */
  password_reset: { institution: string; url: string; expiresAt: string };
  password_changed: { institution: string; changedAt: string; resetUrl: string };
  /** To an address that is to become the account's own; whoever opens the link has its mailbox. */
  email_change: { institution: string; url: string; expiresAt: string };
  /** To the address of now, whatever becomes of the request. */
  email_change_requested: { institution: string; changedAt: string; resetUrl: string };
  /** To the address of before. */
  email_changed: { institution: string; changedAt: string; resetUrl: string };
  /** To an address that asked for a registration and has no account. */
  registration: { institution: string; url: string; expiresAt: string };
  /** To an address that asked for a registration and has an account already. */
  already_registered: { institution: string; resetUrl: string };
  withdrawn: { institution: string; changedAt: string };
  /** An administrator took away the second factors, as after a loss. */
  factors_reset: { institution: string; changedAt: string; resetUrl: string };
  /** A sign-in that succeeded after several wrong passwords. */
  sign_in_after_failures: { institution: string; signedInAt: string; resetUrl: string };
  /** A refresh token was used twice: somebody may have copied it. */
  session_revoked: { institution: string; endedAt: string; resetUrl: string };
  factor_added: { institution: string; changedAt: string; resetUrl: string };
  factor_removed: { institution: string; changedAt: string; resetUrl: string };
  recovery_codes_created: { institution: string; changedAt: string; resetUrl: string };
  /** Its counter went back: somebody may have copied it. */
  passkey_refused: { institution: string; signedInAt: string; resetUrl: string };
  /** Somebody signed in without the device that is usually asked for. */
  recovery_code_used: { institution: string; signedInAt: string; resetUrl: string };
  /** To the contacts of an institution, when something cannot wait until they look (clause 9). */
  emergency_notice: { institution: string; title: string; body: string; publishedAt: string };
  /** To the contacts of an institution within a day of a security incident (clause 15). */
  incident_opened: {
    institution: string;
    kind: string;
    occurredAt: string;
    detectedAt: string;
    what: string;
    effect: string;
    measures: string;
    contact: string;
    /** By when the institution itself has to report. */
    reports: string;
    nextUpdateAt: string;
  };
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
  invitation: {
    subject: { ja: "【Welby マイカルテ】ご利用開始のご案内", en: "Your Welby account" },
    body: {
      ja: (v) => `${v.name} 様

「${v.institution}」の医療者画面に、${v.name} さんのアカウントが登録されました。
次のページで、ご自身のパスワードを設定してください。設定すると、ログインできるようになります。

${v.url}

ログインID: ${v.loginId}

このURLは ${v.expiresAt}(日本時間)まで、1回だけ使えます。
期限が過ぎた場合や心当たりがない場合は、「${v.institution}」の管理者にお問い合わせください。`,
      en: (v) => `Dear ${v.name},

An account has been opened for you on the clinician screen of ${v.institution}.
Please set a password of your own on this page; after that you can sign in.

${v.url}

Login ID: ${v.loginId}

The link works once, until ${v.expiresAt} (Japan time).
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
  email_change: {
    subject: { ja: "【Welby マイカルテ】メールアドレスの確認", en: "Confirm your new e-mail address" },
    body: {
      ja: (
        v,
      ) => `「${v.institution}」でご利用のアカウントのメールアドレスを、このアドレスに変更する手続きを受け付けました。
次のページでお手続きいただくと、変更が完了します。

${v.url}

このURLは ${v.expiresAt}(日本時間)まで、1回だけ使えます。
心当たりがない場合は、このメールを破棄してください。何も変更されません。
ご不明な点は、ご利用の医療機関(${v.institution})にお問い合わせください。`,
      en: (v) => `We received a request to use this address for an account at ${v.institution}.
Open this page to complete the change:

${v.url}

The link works once, until ${v.expiresAt} (Japan time).
If you did not ask for this, ignore this mail; nothing is changed.
If you have questions, please ask your institution (${v.institution}).`,
    },
  },
  email_change_requested: {
    subject: {
      ja: "【Welby マイカルテ】メールアドレス変更の受付",
      en: "A change of your e-mail address was requested",
    },
    body: {
      ja: (
        v,
      ) => `${v.changedAt}(日本時間)に、「${v.institution}」でご利用のアカウントのメールアドレスを変更する手続きを受け付けました。
新しいアドレスで確認されるまで、変更は完了しません。
ご自身で手続きされた場合は、何もする必要はありません。

${jaReset(v.resetUrl)}`,
      en: (
        v,
      ) => `On ${v.changedAt} (Japan time) a change of the e-mail address of your account at ${v.institution} was requested.
It is not complete until it is confirmed at the new address.
If you asked for it yourself, there is nothing to do.

${enReset(v.resetUrl)}`,
    },
  },
  email_changed: {
    subject: {
      ja: "【Welby マイカルテ】メールアドレスが変更されました",
      en: "Your e-mail address was changed",
    },
    body: {
      ja: (
        v,
      ) => `${v.changedAt}(日本時間)に、「${v.institution}」でご利用のアカウントのメールアドレスが変更されました。
今後のお知らせは、新しいアドレスに届きます。ログインにも新しいアドレスをお使いください。
心当たりがない場合は、すぐに「${v.institution}」にお問い合わせください。
パスワードの変更は、次の画面からもお手続きいただけます。
${v.resetUrl}`,
      en: (
        v,
      ) => `The e-mail address of your account at ${v.institution} was changed on ${v.changedAt} (Japan time).
From now on, mail goes to the new address, and you sign in with it.
If this was not you, please contact ${v.institution} at once.
You can also set a new password on this page:
${v.resetUrl}`,
    },
  },
  registration: {
    subject: { ja: "【Welby マイカルテ】ご登録のご案内", en: "Your registration" },
    body: {
      ja: (v) => `「${v.institution}」での Welby マイカルテのご登録を受け付けました。
次のページでお名前などを入力し、パスワードを設定すると、登録が完了します。

${v.url}

このURLは ${v.expiresAt}(日本時間)まで、1回だけ使えます。
心当たりがない場合は、このメールを破棄してください。登録は行われません。
ご不明な点は、ご利用の医療機関(${v.institution})にお問い合わせください。`,
      en: (v) => `We received a registration for Welby My Karte at ${v.institution}.
Enter your details and choose a password on this page to complete it:

${v.url}

The link works once, until ${v.expiresAt} (Japan time).
If you did not ask for this, ignore this mail; nothing is registered.
If you have questions, please ask your institution (${v.institution}).`,
    },
  },
  already_registered: {
    subject: { ja: "【Welby マイカルテ】すでに登録されています", en: "You are already registered" },
    body: {
      ja: (
        v,
      ) => `「${v.institution}」で Welby マイカルテの登録のお手続きがありましたが、このメールアドレスはすでに登録されています。
これまでどおり、ログイン画面からログインしてください。
パスワードをお忘れの場合は、次のページから再設定できます。

${v.resetUrl}

心当たりがない場合は、何もする必要はありません。アカウントはそのままです。
ご不明な点は、ご利用の医療機関(${v.institution})にお問い合わせください。`,
      en: (
        v,
      ) => `Somebody asked to register this address for Welby My Karte at ${v.institution}, but it is registered already.
Please just sign in.
If you have forgotten your password, set a new one on this page:

${v.resetUrl}

If you did not ask for this, there is nothing to do; your account stays as it is.
If you have questions, please ask your institution (${v.institution}).`,
    },
  },
  withdrawn: {
    subject: { ja: "【Welby マイカルテ】退会手続きが完了しました", en: "Your account was closed" },
    body: {
      ja: (v) => `${v.changedAt}(日本時間)に、Welby マイカルテの退会手続きが完了しました。
このアカウントでは、もうログインできません。お預かりしたデータは、利用規約に基づいて保管したあと、削除します。
あらためて利用される場合は、新しく登録してください。
心当たりがない場合やご不明な点は、すぐに「${v.institution}」にお問い合わせください。`,
      en: (v) => `Your Welby account was closed on ${v.changedAt} (Japan time).
You can no longer sign in with it. Your data are kept as the terms of use say, and then deleted.
To use the service again, please register anew.
If this was not you, or if you have questions, please contact ${v.institution} at once.`,
    },
  },
  factors_reset: {
    subject: {
      ja: "【Welby マイカルテ】2段階認証が解除されました",
      en: "Your two-step verification was reset",
    },
    body: {
      ja: (
        v,
      ) => `${v.changedAt}(日本時間)に、「${v.institution}」の管理者が、ご利用のアカウントの2段階認証の方法(認証アプリなど)をすべて解除しました。
ログイン中のすべての端末からログアウトしています。もう一度ログインして、認証方法を登録し直してください。

${jaReset(v.resetUrl)}`,
      en: (
        v,
      ) => `On ${v.changedAt} (Japan time) an administrator of ${v.institution} removed every two-step verification method of your account, such as your authenticator app.
You are signed out on all devices. Please sign in again and set up a method anew.

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
  emergency_notice: {
    subject: { ja: "【Welby マイカルテ】緊急のお知らせ", en: "Urgent notice" },
    body: {
      ja: (v) => `「${v.institution}」でご利用のサービスについて、緊急のお知らせがあります。

${v.title}

${v.body}

公開日時: ${v.publishedAt}(日本時間)
このお知らせは、ログイン後の「お知らせ」でもご覧いただけます。
ご不明な点は、ご契約時にご案内した窓口にお問い合わせください。`,
      en: (v) => `There is an urgent notice about the service that ${v.institution} uses.

${v.title}

${v.body}

Published: ${v.publishedAt} (Japan time)
You also find it under "Notices" once you are signed in.
If you have questions, please ask the contact that you were given with your contract.`,
    },
  },
  incident_opened: {
    subject: {
      ja: "【Welby マイカルテ】セキュリティインシデントのご連絡",
      en: "A security incident",
    },
    body: {
      ja: (v) => `「${v.institution}」でご利用のサービスで、セキュリティインシデントが発生しました。
ご迷惑をおかけし、申し訳ありません。

種類: ${v.kind}
発生日時: ${v.occurredAt}(日本時間)
検知日時: ${v.detectedAt}(日本時間)

■ 発生した内容
${v.what}

■ お客様への影響
${v.effect}

■ 対応の状況
${v.measures}

■ 次のご連絡の予定
${v.nextUpdateAt}

■ 医療機関から個人情報保護委員会への報告期限の目安
${v.reports}

このご連絡は、ログイン後の画面でもご確認いただけます。
ご不明な点は、次の窓口にお問い合わせください。
${v.contact}`,
      en: (v) => `A security incident has occurred in the service that ${v.institution} uses.
We apologise for the trouble.

Kind: ${v.kind}
Occurred: ${v.occurredAt} (Japan time)
Detected: ${v.detectedAt} (Japan time)

What happened
${v.what}

What it means for you
${v.effect}

What we are doing
${v.measures}

Next update
${v.nextUpdateAt}

By when your institution should report to the Personal Information Protection Commission
${v.reports}

You also find this once you are signed in.
Please direct questions to:
${v.contact}`,
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
  factor_added: {
    subject: {
      ja: "【Welby マイカルテ】2段階認証の方法が追加されました",
      en: "A verification method was added",
    },
    body: {
      ja: (
        v,
      ) => `${v.changedAt}(日本時間)に、「${v.institution}」でご利用のアカウントに、2段階認証の方法が追加されました。
ご自身で追加された場合は、何もする必要はありません。

${jaReset(v.resetUrl)}`,
      en: (
        v,
      ) => `A method of two-step verification was added to your account at ${v.institution} on ${v.changedAt} (Japan time).
If you added it yourself, there is nothing to do.

${enReset(v.resetUrl)}`,
    },
  },
  factor_removed: {
    subject: {
      ja: "【Welby マイカルテ】2段階認証の方法が削除されました",
      en: "A verification method was removed",
    },
    body: {
      ja: (
        v,
      ) => `${v.changedAt}(日本時間)に、「${v.institution}」でご利用のアカウントから、2段階認証の方法が削除されました。
ご自身で削除された場合は、何もする必要はありません。

${jaReset(v.resetUrl)}`,
      en: (
        v,
      ) => `A method of two-step verification was removed from your account at ${v.institution} on ${v.changedAt} (Japan time).
If you removed it yourself, there is nothing to do.

${enReset(v.resetUrl)}`,
    },
  },
  recovery_codes_created: {
    subject: {
      ja: "【Welby マイカルテ】リカバリーコードが発行されました",
      en: "New recovery codes were made",
    },
    body: {
      ja: (
        v,
      ) => `${v.changedAt}(日本時間)に、「${v.institution}」でご利用のアカウントのリカバリーコードが発行されました。以前のコードは、もう使えません。
ご自身で発行された場合は、何もする必要はありません。

${jaReset(v.resetUrl)}`,
      en: (
        v,
      ) => `New recovery codes were made for your account at ${v.institution} on ${v.changedAt} (Japan time). The former codes no longer work.
If you made them yourself, there is nothing to do.

${enReset(v.resetUrl)}`,
    },
  },
  passkey_refused: {
    subject: {
      ja: "【Welby マイカルテ】パスキーでのログインを拒否しました",
      en: "A sign-in with a passkey was refused",
    },
    body: {
      ja: (
        v,
      ) => `${v.signedInAt}(日本時間)に、パスキーによる「${v.institution}」へのログインを拒否しました。パスキーが複製されたおそれがあるためです。
別の方法でログインし、そのパスキーを削除してから登録し直してください。

${jaReset(v.resetUrl)}`,
      en: (
        v,
      ) => `Somebody tried to sign in to your account at ${v.institution} with a passkey on ${v.signedInAt} (Japan time). It was refused: the passkey may have been copied.
Sign in another way, remove that passkey and set it up again.

${enReset(v.resetUrl)}`,
    },
  },
  recovery_code_used: {
    subject: {
      ja: "【Welby マイカルテ】リカバリーコードでログインされました",
      en: "A sign-in with a recovery code",
    },
    body: {
      ja: (
        v,
      ) => `${v.signedInAt}(日本時間)に、リカバリーコードを使って「${v.institution}」へのログインがありました。使用済みのコードは、もう使えません。
ご自身でログインされた場合は、何もする必要はありません。

${jaReset(v.resetUrl)}`,
      en: (
        v,
      ) => `Somebody signed in to your account at ${v.institution} with a recovery code on ${v.signedInAt} (Japan time). That code no longer works.
If it was you, there is nothing to do.

${enReset(v.resetUrl)}`,
    },
  },
};

/** Stands below every mail. */
export const mailFooter: Readonly<Record<Locale, string>> = {
  ja: "※このメールは送信専用です。ご返信いただいてもお答えできません。",
  en: "This address only sends mail; replies are not read.",
};
