// Voiced marks come as combining (U+3099/A), spacing (゛゜) and half-width (ﾞﾟ) characters.
const VOICED = /[ァ-ヺヽ][\u3099\u309A]/g;
const KANA_FIELD = /^[ァ-ヺー・ヽヾ゛゜ \u3000]+$/;

/**
 * Converts hiragana and half-width katakana to full-width katakana, a letter and its voiced mark to one code point; the rest stays.
 *
 * @example
 * toFullWidthKatakana("ﾔﾏﾀﾞ はなこ"); // "ヤマダ ハナコ"
 */
export function toFullWidthKatakana(text: string): string {
  return (
    text
      .replace(/[\uFF61-\uFF9F]+/g, (half) => half.normalize("NFKC"))
      .replace(/[\u3041-\u3096\u309D\u309E]/g, (kana) => shift(kana, 0x60))
      .replace(/゛/g, "\u3099")
      .replace(/゜/g, "\u309A")
      // Only here, never on the whole text: even NFC changes some kanji (福 U+FA1B).
      .replace(VOICED, (pair) => pair.normalize("NFC"))
      .replace(/\u3099/g, "゛")
      .replace(/\u309A/g, "゜")
      .replace(/[·•]/g, "・")
  );
}

/**
 * Converts full-width katakana to hiragana, ヽヾ included; ー and letters without a hiragana form stay.
 *
 * @example
 * toHiragana("ヴァイオリン"); // "ゔぁいおりん"
 */
export function toHiragana(text: string): string {
  return text.replace(/[\u30A1-\u30F6\u30FD\u30FE]/g, (kana) => shift(kana, -0x60));
}

/**
 * Tells whether text would do in a フリガナ field: kana of any width, ー, middle dots and spaces, with at least one letter.
 *
 * @example
 * isKana("やまだ ﾀﾛｳ"); // true
 * isKana("山田"); // false
 */
export function isKana(text: string): boolean {
  const kana = toFullWidthKatakana(text);
  return KANA_FIELD.test(kana) && /[ァ-ヺ]/.test(kana);
}

function shift(character: string, distance: number): string {
  return String.fromCharCode(character.charCodeAt(0) + distance);
}
