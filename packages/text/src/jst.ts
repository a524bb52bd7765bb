/** A moment: a `Date`, milliseconds since 1970, or RFC 3339 text with `Z` or an offset. */
export type Instant = Date | number | string;

// Japan has had no summer time since 1951, so a fixed shift is exact and needs no time-zone data.
const OFFSET_MS = 9 * 60 * 60 * 1000;
const HAS_OFFSET = /T.*(?:Z|[+-]\d\d:?\d\d)$/i;

/**
 * Writes a moment as RFC 3339 in Japan time (`+09:00`), with milliseconds on request; empty for what is no moment.
 *
 * @example
 * formatJst("2026-11-23T00:05:00Z"); // "2026-11-23T09:05:00+09:00"
 */
export function formatJst(instant: Instant, { ms = false }: { ms?: boolean } = {}): string {
  const clock = jstClock(instant);
  return clock && `${clock.slice(0, ms ? -1 : -5)}+09:00`;
}

/**
 * Writes a moment in Japan time for reading and for CSV: `2026/11/23 09:05`, to the second on request.
 *
 * @example
 * displayJst("2026-11-23T00:05:00Z"); // "2026/11/23 09:05"
 */
export function displayJst(instant: Instant, { seconds = false }: { seconds?: boolean } = {}): string {
  return jstClock(instant)
    .slice(0, seconds ? -5 : -8)
    .replace("T", " ")
    .replace(/(\d)-(\d\d)-/, "$1/$2/");
}

/**
 * Gives the calendar day in Japan, `YYYY-MM-DD`.
 *
 * @example
 * jstDate("2026-11-22T15:00:00Z"); // "2026-11-23"
 */
export function jstDate(instant: Instant): string {
  return jstClock(instant).split("T")[0] ?? "";
}

// The wall clock in Japan as `YYYY-MM-DDTHH:mm:ss.sssZ`. Text without an offset would be read in the machine's own zone.
function jstClock(instant: Instant): string {
  if (typeof instant === "string" && !HAS_OFFSET.test(instant)) return "";
  const shifted = new Date(new Date(instant).getTime() + OFFSET_MS);
  return Number.isNaN(shifted.getTime()) ? "" : shifted.toISOString();
}
