import { formatPlainDate } from "./plain-date.ts";
import type { PlainDate } from "./plain-date.ts";

/** A Japanese era (元号): its name, its letter on forms, its romanised name, its first day and the last day written with it. */
export interface Era {
  name: string;
  letter: string;
  romaji: string;
  /** First day, `YYYY-MM-DD`; the era's year 1 is this calendar year. */
  from: string;
  /** Last day that papers name by this era, `YYYY-MM-DD`. */
  until: string;
}

// Taisho and Showa began on the very day their predecessors ended, and papers of that day carry either name: both are
// read, the new one is written. Heisei and Reiwa began at midnight, so 昭和64年1月8日 never was.
const ERAS: readonly Era[] = [
  { name: "令和", letter: "R", romaji: "Reiwa", from: "2019-05-01", until: "9999-12-31" },
  { name: "平成", letter: "H", romaji: "Heisei", from: "1989-01-08", until: "2019-04-30" },
  { name: "昭和", letter: "S", romaji: "Showa", from: "1926-12-25", until: "1989-01-07" },
  { name: "大正", letter: "T", romaji: "Taisho", from: "1912-07-30", until: "1926-12-25" },
  { name: "明治", letter: "M", romaji: "Meiji", from: "1868-01-25", until: "1912-07-30" },
];

/**
 * Finds the era of a day; undefined before Meiji.
 *
 * @example
 * eraOf({ year: 1989, month: 1, day: 8 })?.name; // "平成"
 */
export function eraOf(date: PlainDate): Era | undefined {
  const day = formatPlainDate(date);
  return ERAS.find(({ from }) => day >= from);
}

/**
 * Finds an era by its name, first character or letter (昭和, 昭, S, s).
 *
 * @example
 * findEra("S")?.name; // "昭和"
 */
export function findEra(mark: string): Era | undefined {
  return ERAS.find(
    ({ name, letter }) => mark === name || mark === name.charAt(0) || mark.toUpperCase() === letter,
  );
}

/**
 * Gives the calendar year of an era year.
 *
 * @example
 * yearOfEra(findEra("昭和")!, 39); // 1964
 */
export function yearOfEra(era: Era, eraYear: number): number {
  return Number(era.from.slice(0, 4)) + eraYear - 1;
}
