/** A day of the calendar with no time and no zone; month 1–12, day 1–31. */
export interface PlainDate {
  year: number;
  month: number;
  day: number;
}

/**
 * Tells whether a day exists in the Gregorian calendar (years 1–9999).
 *
 * @example
 * isPlainDate({ year: 2023, month: 2, day: 29 }); // false
 */
export function isPlainDate({ year, month, day }: PlainDate): boolean {
  const whole = Number.isInteger(year) && Number.isInteger(month) && Number.isInteger(day);
  return (
    whole && year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
  );
}

/**
 * Reads `YYYY-MM-DD`; undefined for any other text and for days that do not exist.
 *
 * @example
 * parsePlainDate("1958-04-02"); // { year: 1958, month: 4, day: 2 }
 */
export function parsePlainDate(text: string): PlainDate | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  return isPlainDate(date) ? date : undefined;
}

/**
 * Writes a day as `YYYY-MM-DD`.
 *
 * @example
 * formatPlainDate({ year: 1958, month: 4, day: 2 }); // "1958-04-02"
 */
export function formatPlainDate({ year, month, day }: PlainDate): string {
  const pad = (number: number, length: number) => String(number).padStart(length, "0");
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}
