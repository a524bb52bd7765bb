import { isErrorCode, isRetryable } from "@welby/contract/error-codes";
import type { Locale } from "@welby/contract/errors";
import { WelbyApiError, WelbyConnectionError } from "./classes.ts";
import { catalogue } from "./catalogue.ts";
import { WelbyError, type WelbyErrorFields } from "./welby-error.ts";

/** What the pipeline knows about a call that went wrong. */
export type ErrorDetails = Omit<WelbyErrorFields, "retryable">;

const CONNECTION = new Set<string>([
  "connection_failed",
  "timeout",
  "protocol_error",
  "aborted",
  "client_disposed",
]);
const RETRYABLE_STATUS = new Set([408, 429, 500, 502, 503, 504]);

/** Where even the texts could not be fetched, which is the network's fault too. */
const WITHOUT_TEXTS = {
  ja: {
    message: "通信できませんでした。",
    remedy: "ネットワークの接続をご確認ください。入力した内容は残っています。",
  },
  en: { message: "The connection failed.", remedy: "Check your network. What you typed is kept." },
} as const;

/** Nobody reads these, so their text is not waited for. */
const SILENT = new Set<string>(["aborted", "client_disposed"]);

/** The error that a caller sees: text from the catalogue in the client's language, never a sentence of the server. */
export async function createError(
  details: ErrorDetails,
  locale: Locale,
  load: typeof catalogue = catalogue,
): Promise<WelbyError> {
  const { code, status, requestId, retryAfterMs } = details;
  const texts = await load(SILENT.has(code) ? 0 : undefined);
  const { message, remedy } =
    texts?.errorText(
      code,
      locale,
      retryAfterMs === undefined ? {} : { seconds: Math.ceil(retryAfterMs / 1000) },
    ) ?? WITHOUT_TEXTS[locale];
  const retryable = isErrorCode(code) ? isRetryable(code) : RETRYABLE_STATUS.has(status ?? 0);
  const Class = CONNECTION.has(code)
    ? WelbyConnectionError
    : status === undefined
      ? WelbyError
      : WelbyApiError;
  return new Class(sentence(message, remedy, requestId, locale), { ...details, retryable });
}

function sentence(message: string, remedy: string, requestId: string | undefined, locale: Locale): string {
  if (locale === "ja") return `${message}${remedy}${requestId ? `（お問い合わせ番号: ${requestId}）` : ""}`;
  return `${message} ${remedy}${requestId ? ` (Request ID: ${requestId})` : ""}`;
}
