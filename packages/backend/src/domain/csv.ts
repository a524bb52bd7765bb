/** So that Excel reads the file as UTF-8. */
export const BYTE_ORDER_MARK = "\uFEFF";

// What a spreadsheet takes for the beginning of a formula, in any width and behind what it does not show (OWASP; ASVS 1.2.10).
// eslint-disable-next-line no-control-regex
const FORMULA = /^(?:[\t\r\n\u0000]|[\s\p{C}]*[=+\-@＝＋－＠﹦﹢﹣﹫−])/u;
// Semicolon and tab part cells in other settings of the same spreadsheets.
const NEEDS_QUOTES = /[",;\t\r\n]/;

/** One record as RFC 4180 has it, with its line end. A cell that a spreadsheet would run begins with an apostrophe. */
export function csvRecord(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(text) || text !== value ? `"${text.replaceAll('"', '""')}"` : text;
}
