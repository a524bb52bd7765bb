/** What a conversion gives back: the normal form, and whether the screen should say so. */
export interface Normalized {
  value: string;
  /** True when a character was converted; trimming alone does not count. */
  changed: boolean;
}

// Everything a Japanese keyboard, Word or Excel puts where a hyphen is meant. NFKC knows only U+FF0D;
// the long vowel mark U+30FC (and its half-width form U+FF70) is the commonest in phone numbers.
const DASHES = /[\u02D7\u2010-\u2015\u2043\u2212\u2500\u2501\u2796\u30A0\u30FC\uFF0D\uFF70]/g;

// Invisible marks that copying from a mail, a spreadsheet or a contact card leaves around a value.
const EDGE = /[\s\u200B-\u200F\u202A-\u202E\u2060-\u2069]/;

/**
 * Turns every dash-like character into `-`, leaving all else alone.
 *
 * @example
 * foldDashes("03−1234‐5678"); // "03-1234-5678"
 */
export function foldDashes(text: string): string {
  return text.replace(DASHES, "-");
}

/**
 * Converts full-width letters, digits, spaces, dashes and Japanese full stops to ASCII; for ids and numbers, never for names.
 *
 * @example
 * toHalfWidth("ｔａｒｏ＠ｅｘａｍｐｌｅ。ｊｐ"); // "taro@example.jp"
 */
export function toHalfWidth(text: string): string {
  // NFKC turns ｡ into 。 but stops there.
  return foldDashes(text.normalize("NFKC")).replaceAll("。", ".");
}

/**
 * Converts to half width and trims, and reports whether anything but the edges changed (「半角に変換しました」).
 *
 * @example
 * normalizeWidth(" １２３ "); // { value: "123", changed: true }
 */
export function normalizeWidth(text: string): Normalized {
  const value = trimEdges(toHalfWidth(text));
  return { value, changed: value !== trimEdges(text) };
}

// A loop, because /[…]+$/ takes quadratic time on a long run of spaces in the middle.
function trimEdges(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && EDGE.test(text.charAt(start))) start++;
  while (end > start && EDGE.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
