import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { kanaRow, matcher, matches, searchKey } from "@welby/text";
import { assertIdempotent, assertTotal } from "./properties.ts";

describe("search fold", () => {
  const found: [query: string, stored: string][] = [
    ["高橋", "髙橋"],
    ["髙橋", "高橋"],
    ["山崎", "山﨑"],
    ["渡辺", "渡邉"],
    ["渡邊", "渡邉"],
    ["斉藤", "齋藤"],
    ["斎藤", "齊藤"],
    ["吉田", "𠮷田"],
    ["葛城", "葛\u{E0100}城"],
    ["浜田", "濵田"],
    ["濱田", "浜田"],
    ["福", "\uFA1B"],
    ["神", "\uFA19"],
    ["ﾀｶﾊｼ", "タカハシ"],
    ["たかはし", "タカハシ"],
    ["か゛", "ガ"],
    ["か\u3099", "が"],
    ["サトー", "サト−"],
    ["ジャンポール", "ジャン・ポール"],
    ["高橋花子", "髙橋　花子"],
    ["nguyen", "Nguyễn"],
    ["ＴＡＲＯ", "taro"],
    ["ΝΙΚΟΣ", "νικοσα"],
    ["09012", "090-1234-5678"],
    ["", "佐藤"],
  ];
  for (const [query, stored] of found) {
    it(`J-8: 「${query}」 finds 「${stored}」`, () => assert.ok(matches(query, searchKey(stored))));
  }

  for (const [query, stored] of [
    ["佐藤", "伊藤"],
    ["かとう", "がとう"],
    ["やまだt", "やまもと"],
  ] as const) {
    it(`J-8: 「${query}」 does not find 「${stored}」`, () => assert.ok(!matches(query, searchKey(stored))));
  }

  it("finds ヤマダ while 「やまd」 is still being converted", () => {
    assert.ok(matcher("やまｄ")(searchKey("ヤマダ")));
  });

  const rows: [kana: string, row: string][] = [
    ["アベ", "あ"],
    ["ぁ", "あ"],
    ["ヴァン", "あ"],
    ["ｶﾞﾏｺﾞｵﾘ", "か"],
    ["か゛", "か"],
    ["ヶ", "か"],
    ["ジョン", "さ"],
    ["っ", "た"],
    ["ド", "た"],
    ["ノ", "な"],
    ["パク", "は"],
    ["モ", "ま"],
    ["ょ", "や"],
    ["ロ", "ら"],
    ["ワ", "わ"],
    ["ヲ", "わ"],
    ["ン", "わ"],
    ["　サトウ", "さ"],
    ["Smith", "他"],
    ["佐藤", "他"],
    ["ー", "他"],
    ["", "他"],
  ];
  for (const [kana, row] of rows) {
    it(`「${kana}」 stands under ${row}`, () => assert.equal(kanaRow(kana), row));
  }

  it("is idempotent", () => assertIdempotent(searchKey));

  it("A-040: never throws and takes bounded time", () => {
    assertTotal(searchKey);
    assertTotal(kanaRow);
    assertTotal((text) => matches(text, text));
  });
});
