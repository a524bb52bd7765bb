import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { foldDashes, normalizeWidth, toHalfWidth } from "@welby/text";
import { assertIdempotent, assertTotal } from "./properties.ts";

describe("width", () => {
  for (const dash of "\uFF0D\u30FC\u2212\u2010\u2011\u2012\u2013\u2014\u2015\uFF70") {
    const code = dash.charCodeAt(0).toString(16).toUpperCase();
    it(`J-4: U+${code} is read as a hyphen`, () => assert.equal(toHalfWidth(`1${dash}2`), "1-2"));
  }

  const conversions: [string, string][] = [
    ["０１２ＡＢｃ", "012ABc"],
    ["ｔａｒｏ＠ｅｘａｍｐｌｅ。ｃｏ｡ｊｐ", "taro@example.co.jp"],
    ["１　２", "1 2"],
  ];
  for (const [typed, expected] of conversions) {
    it(`J-5: ${typed} becomes ${expected}`, () => assert.equal(toHalfWidth(typed), expected));
  }

  it("says that something was converted, so that the screen can", () => {
    assert.deepEqual(normalizeWidth(" １２３ "), { value: "123", changed: true });
  });

  it("does not call trimming a conversion", () => {
    assert.deepEqual(normalizeWidth("\u202A　123\u202C\n"), { value: "123", changed: false });
  });

  it("leaves everything but dashes alone when folding dashes", () => {
    assert.equal(foldDashes("Ａー１"), "Ａ-１");
  });

  it("is idempotent", () => {
    assertIdempotent(toHalfWidth);
    assertIdempotent((text) => normalizeWidth(text).value);
  });

  it("A-040: never throws and takes bounded time", () => assertTotal(normalizeWidth));
});
