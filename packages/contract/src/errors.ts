import { isErrorCode, isRetryable, statusOf } from "./error-codes.ts";
import type { ErrorCode } from "./error-codes.ts";

export { isErrorCode };
export type { ErrorCode };

/**
 * Every error code with its HTTP status, whether repeating may help, and what a person reads: what happened and what to do.
 * The text lives here and nowhere else; a server never sends sentences. Status and `retryable` come from `error-codes.ts`,
 * which the client loads without the texts.
 * `{seconds}` is filled from `Retry-After`. A status of 0 marks a code that only the client makes.
 */
export interface ErrorText {
  readonly message: string;
  readonly remedy: string;
}

export interface ErrorEntry {
  readonly status: number;
  readonly retryable: boolean;
  readonly ja: ErrorText;
  readonly en: ErrorText;
}

const text = (message: string, remedy: string): ErrorText => ({ message, remedy });
interface Texts {
  readonly ja: ErrorText;
  readonly en: ErrorText;
}
const says = (ja: ErrorText, en: ErrorText): Texts => ({ ja, en });

const texts: Readonly<Record<ErrorCode, Texts>> = {
  malformed_request: says(
    text("リクエストの形式が正しくありません。", "システム担当者にお知らせください。"),
    text("The request could not be read.", "Please tell your system administrator."),
  ),
  client_required: says(
    text(
      "接続元のシステムを確認できませんでした。",
      "システム担当者に、クライアントIDの設定をご確認ください。",
    ),
    text(
      "The calling system did not identify itself.",
      "Ask your system administrator to check the client id.",
    ),
  ),
  idempotency_key_required: says(
    text("二重登録を防ぐための情報が不足しています。", "画面を読み込み直して、もう一度お試しください。"),
    text("The Idempotency-Key header is missing.", "Reload the page and try again."),
  ),
  unauthenticated: says(
    text("ログインしていません。", "ログインしてください。"),
    text("You are not signed in.", "Please sign in."),
  ),
  invalid_credentials: says(
    text("ログインIDまたはパスワードが正しくありません。", "入力内容を確認して、もう一度お試しください。"),
    text("The login ID or the password is not correct.", "Check what you typed and try again."),
  ),
  mfa_invalid: says(
    text(
      "認証コードが正しくありません。",
      "入力したコードを確認してください。認証アプリやSMSのコードは、最新のものを入力してください。",
    ),
    text(
      "The verification code is not correct.",
      "Check what you typed. Codes from an authenticator app or a text message must be the latest ones.",
    ),
  ),
  challenge_expired: says(
    text("認証の有効期限が切れました。", "もう一度、最初からログインしてください。"),
    text("The verification has expired.", "Please sign in again from the start."),
  ),
  token_expired: says(
    text("ログイン情報を更新する必要があります。", "もう一度お試しください。"),
    text("The sign-in has to be renewed.", "Please try again."),
  ),
  invalid_dpop_proof: says(
    text(
      "この端末からの通信であることを確認できませんでした。",
      "端末の時計を確認し、もう一度ログインしてください。",
    ),
    text(
      "The request could not be proved to come from this device.",
      "Check the device's clock and sign in again.",
    ),
  ),
  use_dpop_nonce: says(
    text("この端末の確認をやり直します。", "もう一度お試しください。"),
    text("The device has to be confirmed again.", "Please try again."),
  ),
  session_locked: says(
    text("しばらく操作がなかったため、画面をロックしました。", "パスワードを入力すると続けられます。"),
    text("The screen was locked because nothing was done for a while.", "Enter your password to go on."),
  ),
  session_expired: says(
    text("ログインの有効期限が切れました。", "もう一度ログインしてください。"),
    text("Your sign-in has expired.", "Please sign in again."),
  ),
  refresh_reused: says(
    text(
      "安全のため、ログアウトしました。",
      "もう一度ログインしてください。心当たりがない場合は、パスワードを変更してください。",
    ),
    text(
      "You were signed out for your safety.",
      "Please sign in again. If this surprises you, change your password.",
    ),
  ),
  origin_not_allowed: says(
    text(
      "このサイトからは接続できません。",
      "システム担当者に、接続を許可するサイトの設定をご確認ください。",
    ),
    text(
      "This site is not allowed to connect.",
      "Ask your system administrator to check the list of allowed sites.",
    ),
  ),
  forbidden: says(
    text("この操作を行う権限がありません。", "管理者にお問い合わせください。"),
    text("You do not have permission to do this.", "Please ask an administrator."),
  ),
  password_change_required: says(
    text("初期パスワードを変更してください。", "新しいパスワードを設定すると、続けられます。"),
    text("Please change your initial password.", "You can go on once a new password is set."),
  ),
  mfa_enrollment_required: says(
    text("2段階認証の設定が必要です。", "認証アプリなどの認証方法を登録すると、続けられます。"),
    text(
      "Two-step verification has to be set up.",
      "You can go on once you have set up a method, such as an authenticator app.",
    ),
  ),
  step_up_required: says(
    text("この操作には、パスワードの再入力が必要です。", "パスワードを入力してください。"),
    text("This action needs your password once more.", "Please enter your password."),
  ),
  not_found: says(
    text("対象が見つかりません。", "すでに削除された可能性があります。一覧を読み込み直してください。"),
    text("It could not be found.", "It may have been deleted. Reload the list."),
  ),
  method_not_allowed: says(
    text("この操作には対応していません。", "システム担当者にお知らせください。"),
    text("This operation is not supported here.", "Please tell your system administrator."),
  ),
  not_acceptable: says(
    text("この形式では回答できません。", "システム担当者にお知らせください。"),
    text("The requested format is not available.", "Please tell your system administrator."),
  ),
  email_in_use: says(
    text(
      "このメールアドレスはすでに登録されています。",
      "別のメールアドレスを入力するか、アカウント一覧をご確認ください。",
    ),
    text("This e-mail address is already registered.", "Use another address or check the account list."),
  ),
  seat_limit: says(
    text(
      "ご契約の登録可能人数に達しています。",
      "使われていないアカウントを削除するか、Welbyサポート担当にご相談ください。",
    ),
    text(
      "The number of accounts in your contract is reached.",
      "Remove an unused account or contact Welby support.",
    ),
  ),
  last_admin: says(
    text("管理者が1人もいなくなるため、変更できません。", "先に別のスタッフを管理者にしてください。"),
    text(
      "This cannot be changed: no administrator would be left.",
      "Make someone else an administrator first.",
    ),
  ),
  last_factor: says(
    text(
      "最後の認証方法は削除できません。",
      "ご利用の医療機関では、2段階認証が必須です。先に別の認証方法を登録してください。",
    ),
    text(
      "Your last verification method cannot be removed.",
      "Your institution requires two-step verification. Set up another method first.",
    ),
  ),
  self_change_refused: says(
    text(
      "ご自身のアカウントに対するこの操作は、制限されています。",
      "ご自身の管理者権限を外す場合は、内容を確認して同意してください。利用停止や削除などは、ほかの管理者に依頼してください。",
    ),
    text(
      "This action is restricted on your own account.",
      "To give up your own administrator role, confirm the change. To be suspended or removed, ask another administrator.",
    ),
  ),
  wrong_status: says(
    text("現在の状態では、この操作を行えません。", "一覧を読み込み直して、最新の状態をご確認ください。"),
    text("This cannot be done in the current status.", "Reload the list to see the latest status."),
  ),
  duplicate_name: says(
    text("同じ名前がすでにあります。", "別の名前を入力するか、すでにあるものを選んでください。"),
    text("This name is already taken.", "Use another name or pick the existing one."),
  ),
  limit_reached: says(
    text("登録できる数の上限に達しています。", "使われていないものを削除してください。"),
    text("The maximum number is reached.", "Delete something that is no longer used."),
  ),
  not_linked: says(
    text(
      "連携していない患者さんが含まれているため、割り当てられません。",
      "一覧を読み込み直して、もう一度選んでください。",
    ),
    text("Some of the patients are not linked to this institution.", "Reload the list and pick them again."),
  ),
  idempotency_in_flight: says(
    text("同じ操作を処理しています。", "しばらく待ってから、結果をご確認ください。"),
    text("The same action is still being carried out.", "Wait a moment and check the result."),
  ),
  version_conflict: says(
    text("ほかのスタッフが先に変更しました。", "最新の内容を確認してください。"),
    text("Someone else changed this first.", "Please check the latest content."),
  ),
  payload_too_large: says(
    text("送信する内容が大きすぎます。", "内容を分けて、もう一度お試しください。"),
    text("The content is too large.", "Split it and try again."),
  ),
  unsupported_media_type: says(
    text("この形式のデータは受け付けられません。", "システム担当者にお知らせください。"),
    text("This type of content is not accepted.", "Please tell your system administrator."),
  ),
  validation_failed: says(
    text("入力内容をご確認ください。", "印の付いた項目を直して、もう一度お試しください。"),
    text("Please check what you entered.", "Correct the marked fields and try again."),
  ),
  weak_password: says(
    text(
      "このパスワードは安全性が足りないため、使用できません。",
      "条件を満たす別のパスワードを入力してください。",
    ),
    text("This password is not safe enough.", "Choose one that meets the conditions."),
  ),
  password_reused: says(
    text("いまのパスワードと同じものは使用できません。", "別のパスワードを入力してください。"),
    text("The new password must differ from the current one.", "Choose another password."),
  ),
  current_password_wrong: says(
    text("現在のパスワードが正しくありません。", "入力内容を確認して、もう一度お試しください。"),
    text("The current password is not correct.", "Check what you typed and try again."),
  ),
  range_too_wide: says(
    text("指定された期間が長すぎます。", "期間を366日以内にして、もう一度お試しください。"),
    text("The period is too long.", "Choose a period of at most 366 days and try again."),
  ),
  token_invalid: says(
    text("このURLは有効期限が切れているか、すでに使用されています。", "もう一度お手続きください。"),
    text("This link has expired or was already used.", "Please start again."),
  ),
  passkey_invalid: says(
    text(
      "パスキーを確認できませんでした。",
      "もう一度お試しください。うまくいかない場合は、別の方法をお使いください。",
    ),
    text("The passkey could not be verified.", "Try again. If that does not help, use another method."),
  ),
  idempotency_mismatch: says(
    text(
      "前回と異なる内容が、同じ操作として送信されました。",
      "画面を読み込み直して、もう一度お試しください。",
    ),
    text("Different content was sent as the same action.", "Reload the page and try again."),
  ),
  precondition_required: says(
    text("変更のもとになる版が指定されていません。", "画面を読み込み直して、もう一度お試しください。"),
    text("The version that the change is based on is missing.", "Reload the page and try again."),
  ),
  rate_limited: says(
    text("アクセスが集中しています。", "{seconds}秒後にもう一度お試しください。"),
    text("Too many requests.", "Please try again in {seconds} seconds."),
  ),
  headers_too_large: says(
    text("送信する情報が大きすぎます。", "システム担当者にお知らせください。"),
    text("The request headers are too large.", "Please tell your system administrator."),
  ),
  internal_error: says(
    text(
      "サーバーで問題が起きたため、処理できませんでした。",
      "しばらく待ってから、もう一度お試しください。続くときは、お問い合わせ番号を添えてご連絡ください。",
    ),
    text(
      "The server had a problem and could not do this.",
      "Try again later. If it goes on, contact us with the request id.",
    ),
  ),
  overloaded: says(
    text("ただいま混み合っています。", "{seconds}秒後にもう一度お試しください。"),
    text("The service is busy.", "Please try again in {seconds} seconds."),
  ),
  maintenance: says(
    text("ただいまメンテナンス中です。", "終了予定はお知らせをご確認ください。"),
    text("The service is under maintenance.", "See the notices for the expected end."),
  ),

  connection_failed: says(
    text("通信できませんでした。", "ネットワークの接続をご確認ください。入力した内容は残っています。"),
    text("The connection failed.", "Check your network. What you typed is kept."),
  ),
  timeout: says(
    text(
      "時間内に応答がありませんでした。",
      "通信の状態を確認して、もう一度お試しください。入力した内容は残っています。",
    ),
    text("There was no answer in time.", "Check your network and try again. What you typed is kept."),
  ),
  protocol_error: says(
    text(
      "サーバーからの応答を読み取れませんでした。",
      "ネットワークの接続先を確認し、続くときはシステム担当者にお知らせください。",
    ),
    text(
      "The server's answer could not be read.",
      "Check your network; if it goes on, tell your system administrator.",
    ),
  ),
  insecure_context: says(
    text(
      "このページは安全な接続(https)ではないため、ログインできません。",
      "システム担当者にお知らせください。",
    ),
    text(
      "This page is not on a secure connection (https), so you cannot sign in.",
      "Please tell your system administrator.",
    ),
  ),
  invalid_configuration: says(
    text("このシステムの設定が正しくないため、利用できません。", "システム担当者にお知らせください。"),
    text("This system is not set up correctly.", "Please tell your system administrator."),
  ),
  aborted: says(
    text("操作を取り消しました。", "必要なときは、もう一度お試しください。"),
    text("The action was cancelled.", "Try again if you need to."),
  ),
  client_missing: says(
    text(
      "この画面は、まだサービスに接続されていません。",
      "画面を読み込み直し、続くときはシステム担当者にお知らせください。",
    ),
    text(
      "This screen is not connected to the service.",
      "Reload the page; if it goes on, tell your system administrator.",
    ),
  ),
  client_disposed: says(
    text("この画面との接続は終了しています。", "画面を読み込み直してください。"),
    text("This connection has been closed.", "Reload the page."),
  ),
};

export const errors = Object.fromEntries(
  (Object.keys(texts) as ErrorCode[]).map((code): [ErrorCode, ErrorEntry] => [
    code,
    { status: statusOf(code) ?? 0, retryable: isRetryable(code), ...texts[code] },
  ]),
) as Readonly<Record<ErrorCode, ErrorEntry>>;

export type Locale = "ja" | "en";

/**
 * The text for a code; a code from a newer server gets the text of a server problem.
 * @example errorText("rate_limited", "ja", { seconds: 30 }).remedy // "30秒後にもう一度お試しください。"
 */
export function errorText(
  code: string,
  locale: Locale,
  values: Readonly<Record<string, string | number>> = {},
): ErrorText {
  const found: ErrorText = errors[isErrorCode(code) ? code : "internal_error"][locale];
  const fill = (line: string) =>
    line.replace(/\{(\w+)\}/g, (whole, name: string) =>
      String(values[name] ?? FALLBACK[locale][name] ?? whole),
    );
  return { message: fill(found.message), remedy: fill(found.remedy) };
}

/** Said where a value is unknown, so that no brace is ever shown. */
const FALLBACK: Record<Locale, Record<string, string>> = {
  ja: { seconds: "数十" },
  en: { seconds: "a few" },
};
