/** A server that means more than a day means something else. */
const MAX_MS = 86_400_000;

/**
 * Milliseconds to wait by `Retry-After`: seconds, or an HTTP date against `now`. Anything else counts as not sent.
 * @example parseRetryAfter("120", Date.now()) // 120000
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^\d{1,9}$/.test(text)) return Math.min(Number(text) * 1000, MAX_MS);
  // Date.parse alone would also take "-5 apples". The asctime form has no zone and means GMT (RFC 9110 §5.6.7).
  const date = /^[A-Z][a-z]{2,8},? .*\d\d:\d\d:\d\d/.test(text)
    ? Date.parse(text.endsWith("GMT") ? text : `${text} GMT`)
    : NaN;
  return Number.isNaN(date) ? undefined : Math.min(Math.max(0, date - now), MAX_MS);
}
