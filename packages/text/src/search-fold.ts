import { toFullWidthKatakana, toHiragana } from "./kana.ts";
import { foldKanjiVariants } from "./kanji-variants.ts";
import { foldDashes } from "./width.ts";

/** A heading of the kana index. */
export type KanaRow = "あ" | "か" | "さ" | "た" | "な" | "は" | "ま" | "や" | "ら" | "わ" | "他";

// Spaces, dashes, middle dots; accents of Latin letters (Nguyễn); everything invisible, variation selectors included.
const DROPPED = /[\s\-·•‧⋅・]|[\u0300-\u036F]|\p{Default_Ignorable_Code_Point}/gu;

// Romaji that the IME has not turned into kana yet: 「やまd」.
const UNFINISHED = /([ぁ-ゖ])[a-z]{1,3}$/;

/**
 * Folds text to the form that searches compare: width, case, kana, accents and common 異体字 no longer matter.
 *
 * Keep it beside the original for searching; never show or store it as a name.
 *
 * @example
 * searchKey("髙橋　ハナコ") === searchKey("高橋はなこ"); // true
 */
export function searchKey(text: string): string {
  const decomposed = toFullWidthKatakana(text).normalize("NFKD").toLowerCase().replaceAll("ς", "σ");
  const kept = foldDashes(decomposed).replace(DROPPED, "").normalize("NFKC");
  return foldKanjiVariants(toHiragana(kept));
}

/**
 * Prepares a query for many rows: the returned function takes a row's {@link searchKey} and tells whether it contains the query.
 *
 * Romaji still being converted at the end is overlooked, so 「やまd」 already finds ヤマダ.
 *
 * @example
 * rows.filter((row) => matcher("たかはし")(row.key));
 */
export function matcher(query: string): (key: string) => boolean {
  const wanted = searchKey(query);
  const finished = wanted.replace(UNFINISHED, "$1");
  return (key) => key.includes(wanted) || (finished !== wanted && key.includes(finished));
}

/**
 * Tells whether a query as typed is found in one row's {@link searchKey}; an empty query is found everywhere.
 *
 * @example
 * matches("ﾀｶﾊｼ", searchKey("タカハシ")); // true
 */
export function matches(query: string, key: string): boolean {
  return matcher(query)(key);
}

/**
 * Gives the index heading (あかさたなはまやらわ) for a reading, 他 when it does not start with kana.
 *
 * @example
 * kanaRow("ｶﾞﾏｺﾞｵﾘ"); // "か"
 */
export function kanaRow(kana: string): KanaRow {
  const first = toFullWidthKatakana(kana.trim()).charAt(0);
  if (first === "ヴ") return "あ";
  if (first === "ヵ" || first === "ヶ") return "か";
  const row = ROWS.findLast(([start]) => first >= start);
  return row !== undefined && first <= "ヺ" ? row[1] : "他";
}

// The first character of each row in code order, small letters included.
const ROWS: readonly (readonly [string, KanaRow])[] = [
  ["ァ", "あ"],
  ["カ", "か"],
  ["サ", "さ"],
  ["タ", "た"],
  ["ナ", "な"],
  ["ハ", "は"],
  ["マ", "ま"],
  ["ャ", "や"],
  ["ラ", "ら"],
  ["ヮ", "わ"],
];
