import { eraOf, findEra, yearOfEra } from "./era.ts";
import { formatPlainDate, isPlainDate, parsePlainDate } from "./plain-date.ts";
import type { PlainDate } from "./plain-date.ts";
import { toHalfWidth } from "./width.ts";

/** Why a birth date was not understood: nothing typed, not a date form, no such day, or a day outside the era named. */
export type BirthDateProblem = "empty" | "format" | "no_such_day" | "era_mismatch";

/** The answer of {@link parseBirthDate}; `value` is `YYYY-MM-DD`. */
export type BirthDateParse =
  { ok: true; date: PlainDate; value: string } | { ok: false; problem: BirthDateProblem };

const MAX_INPUT = 64;
// Written with signs (1958/4/2, S33.4.2, 昭和33年4月2日) or as digits only (19580402, S330402).
const SIGNED =
  /^(明治|大正|昭和|平成|令和|[明大昭平令MTSHR])?(元|\d{1,4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/i;
const PACKED = /^(?:(明治|大正|昭和|平成|令和|[明大昭平令MTSHR])(\d\d)|(\d{4}))(\d\d)(\d\d)$/i;

/**
 * Reads a birth date as people write it, 西暦 or 和暦, in any width; refuses days that never were, such as 昭和64年1月8日.
 *
 * @example
 * parseBirthDate("Ｓ３３．４．２"); // { ok: true, date: { year: 1958, month: 4, day: 2 }, value: "1958-04-02" }
 * parseBirthDate("昭和64年1月8日"); // { ok: false, problem: "era_mismatch" }
 */
export function parseBirthDate(text: string): BirthDateParse {
  if (text.length > MAX_INPUT) return refuse("format");
  const compact = toHalfWidth(text).replace(/[\s\u200B-\u200F\u202A-\u202E\u2060-\u2069]+/g, "");
  if (compact === "") return refuse("empty");
  const packed = PACKED.exec(compact);
  const [, mark, year, month, day] = packed
    ? [packed[0], packed[1], packed[2] ?? packed[3], packed[4], packed[5]]
    : (SIGNED.exec(compact) ?? []);
  if (year === undefined) return refuse("format");
  return read(mark, year === "元" ? 1 : Number(year), Number(month), Number(day), year.length);
}

/**
 * Reads the three fields 年・月・日; the year may be written S39 or 昭和39, and the fields may carry their 年・月・日.
 *
 * @example
 * parseBirthDateFields({ year: "昭和39", month: "10", day: "10" }); // value: "1964-10-10"
 */
export function parseBirthDateFields(fields: { year: string; month: string; day: string }): BirthDateParse {
  const parts = [fields.year, fields.month, fields.day].map((part) => part.trim().replace(/[年月日]$/, ""));
  return parts.every((part) => part === "") ? refuse("empty") : parseBirthDate(parts.join("/"));
}

/**
 * Writes a birth date with both calendars in Japanese (`1964年(昭和39年)10月10日`), `10 Oct 1964 (Showa 39)` otherwise.
 *
 * Text that is no date is given back as it is, so that a list never loses what the server sent.
 *
 * @example
 * formatBirthDate("2019-05-01", "ja"); // "2019年(令和元年)5月1日"
 */
export function formatBirthDate(date: PlainDate | string, locale = "ja"): string {
  const plain = typeof date === "string" ? parsePlainDate(date) : date;
  if (plain === undefined) return typeof date === "string" ? date : "";
  const era = eraOf(plain);
  const eraYear = era ? plain.year - yearOfEra(era, 1) + 1 : 0;
  if (locale.startsWith("ja")) {
    const both = era ? `(${era.name}${eraYear === 1 ? "元" : eraYear}年)` : "";
    return `${plain.year}年${both}${plain.month}月${plain.day}日`;
  }
  const month = "JanFebMarAprMayJunJulAugSepOctNovDec".slice(plain.month * 3 - 3, plain.month * 3);
  return `${plain.day} ${month} ${plain.year}${era ? ` (${era.romaji} ${eraYear})` : ""}`;
}

function read(
  mark: string | undefined,
  year: number,
  month: number,
  day: number,
  digits: number,
): BirthDateParse {
  const era = mark === undefined ? undefined : findEra(mark);
  // 「58/4/2」 could be 1958 or 昭和58年: ask again rather than guess.
  if (era ? digits > 2 : digits !== 4) return refuse("format");
  const date = { year: era ? yearOfEra(era, year) : year, month, day };
  if (!isPlainDate(date) || year < 1) return refuse("no_such_day");
  const value = formatPlainDate(date);
  if (era && (value < era.from || value > era.until)) return refuse("era_mismatch");
  return { ok: true, date, value };
}

function refuse(problem: BirthDateProblem): BirthDateParse {
  return { ok: false, problem };
}
