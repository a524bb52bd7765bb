import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isKana, toFullWidthKatakana, toHiragana } from "@welby/text";
import { assertIdempotent, assertTotal } from "./properties.ts";

describe("kana", () => {
  const conversions: [string, string][] = [
    ["やまだ", "ヤマダ"],
    ["ﾔﾏﾀﾞ", "ヤマダ"],
    ["か\u3099", "ガ"],
    ["ｶﾞ", "ガ"],
    ["か゛", "ガ"],
    ["は゜", "パ"],
    ["う゛ぁ", "ヴァ"],
    ["ゝゞ", "ヽヾ"],
    ["ジャン·ポール", "ジャン・ポール"],
    ["さとう　はな子", "サトウ　ハナ子"],
    ["゛", "゛"],
  ];
  for (const [typed, expected] of conversions) {
    it(`J-12: ${typed} becomes ${expected}`, () => assert.equal(toFullWidthKatakana(typed), expected));
  }

  it("J-7: leaves compatibility kanji as they are", () => {
    assert.equal(toFullWidthKatakana("\uFA1B\uFA19"), "\uFA1B\uFA19");
  });

  for (const text of ["ヴ", "サトー", "ジャン・ポール", "さとう はなこ", "ｻﾄｳ", "か゛"]) {
    it(`J-12: ${text} will do as a reading`, () => assert.ok(isKana(text)));
  }

  for (const text of ["", " ", "ー", "佐藤", "Sato", "サトウ1"]) {
    it(`J-12: ${JSON.stringify(text)} will not do as a reading`, () => assert.ok(!isKana(text)));
  }

  it("turns katakana into hiragana, iteration marks included", () => {
    assert.equal(toHiragana("ヴァヽヾー"), "ゔぁゝゞー");
  });

  it("is idempotent", () => {
    assertIdempotent(toFullWidthKatakana);
    assertIdempotent(toHiragana);
  });

  it("A-040: never throws and takes bounded time", () => {
    assertTotal(isKana);
    assertTotal(toHiragana);
  });
});
