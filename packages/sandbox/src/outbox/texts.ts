/** Words of the outbox pages. */
const ja = {
  title: "送信メール",
  intro: "このサンドボックスが送ったメールとSMSです。外部には送信されていません。",
  empty: "まだ1通も送信されていません。",
  caption: "新しい順",
  time: "日時(日本時間)",
  channel: "種類",
  to: "宛先",
  subject: "件名",
  body: "本文",
  email: "メール",
  sms: "SMS",
  webhook: "Webhook",
  queued: "送信待ち",
  failed: "送信できませんでした",
  reload: "最新の状態にする",
  back: "一覧に戻る",
  other: "English",
  notFound: "このメールは見つかりません。",
  badId: "メールの番号が正しくありません。",
  forbidden:
    "このページは、サンドボックスを動かしているパソコンのブラウザーで、http://localhost から開いてください。",
  method: "このページでは、表示以外の操作はできません。",
};

const en: typeof ja = {
  title: "Sent mail",
  intro: "Mail and text messages of this sandbox. Nothing left this machine.",
  empty: "Nothing was sent yet.",
  caption: "Newest first",
  time: "Time (Japan)",
  channel: "Kind",
  to: "To",
  subject: "Subject",
  body: "Body",
  email: "Mail",
  sms: "SMS",
  webhook: "Webhook",
  queued: "waiting",
  failed: "failed",
  reload: "Show the latest",
  back: "Back to the list",
  other: "日本語",
  notFound: "There is no such message.",
  badId: "This is not the id of a message.",
  forbidden: "Open this page in a browser on the machine that runs the sandbox, by http://localhost.",
  method: "This page can only be read.",
};

export type Language = "ja" | "en";
export type Texts = typeof ja;
export const texts: Record<Language, Texts> = { ja, en };

/** `?lang` first, then what the browser prefers, then Japanese. */
export function languageOf(url: URL, headers: Headers): Language {
  const wished = url.searchParams.get("lang");
  if (wished === "ja" || wished === "en") return wished;
  const preferred = (headers.get("accept-language") ?? "").toLowerCase().match(/\b(ja|en)\b/);
  return preferred?.[1] === "en" ? "en" : "ja";
}
