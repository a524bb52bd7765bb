import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { comparePersonNames, hasGaiji, personKana, personName, personNameWithKana } from "@welby/text";
import { anyText } from "./properties.ts";

const sato = { family: "佐藤", given: "和子", familyKana: "サトウ", givenKana: "カズコ" };
const nguyen = { family: "Nguyen", given: "Linh", middle: "Thi" };

describe("names of people", () => {
  it("puts the family name first in Japanese and the given name first in English", () => {
    assert.equal(personName(sato, "ja"), "佐藤 和子");
    assert.equal(personName(sato, "en"), "和子 佐藤");
  });

  it("J-13: places a middle name, and needs no second name", () => {
    assert.equal(personName(nguyen, "en"), "Linh Thi Nguyen");
    assert.equal(personName(nguyen, "ja-JP"), "Nguyen Linh Thi");
    assert.equal(personName({ family: "Suharto", given: null }, "en"), "Suharto");
    assert.equal(personName({}), "");
  });

  it("adds the reading only where there is one", () => {
    assert.equal(personKana(sato), "サトウ カズコ");
    assert.equal(personNameWithKana(sato, "ja"), "佐藤 和子（サトウ カズコ）");
    assert.equal(personNameWithKana(nguyen, "ja"), "Nguyen Linh Thi");
  });

  it("J-7: shows every name byte for byte", () => {
    for (const family of ["\uFA1B田", "\uFA19谷", "山\uFA11", "葛\u{E0100}", "𠮷", "か\u3099"]) {
      assert.equal(personName({ family }, "ja"), family);
    }
    fc.assert(fc.property(anyText, (family) => assert.equal(personName({ family }), family)));
  });

  it("J-11: sorts by the reading, not by kanji, and puts names without one last", () => {
    const sorted = [
      { family: "ワン" },
      { family: "渡辺", familyKana: "ワタナベ" },
      sato,
      { family: "伊藤", familyKana: "イトウ" },
      { family: "佐東", familyKana: "ｻﾄｳ", givenKana: "あい" },
      { family: "加藤", familyKana: "カトウ" },
      { family: "後藤", familyKana: "ゴトウ" },
    ].sort(comparePersonNames);
    assert.deepEqual(
      sorted.map(({ family }) => family),
      ["伊藤", "加藤", "後藤", "佐東", "佐藤", "渡辺", "ワン"],
    );
  });

  it("J-11: is an order: a before b means b after a", () => {
    const names = fc.record({ family: anyText, familyKana: anyText, givenKana: fc.option(anyText) });
    fc.assert(
      fc.property(names, names, (a, b) => {
        assert.equal(Math.sign(comparePersonNames(a, b)) + Math.sign(comparePersonNames(b, a)), 0);
      }),
    );
  });

  it("J-10: notices private-use characters", () => {
    for (const text of ["\uE000", "田\uF8FF", "\u{F0000}"]) assert.ok(hasGaiji(text));
    for (const text of ["", "髙﨑", "葛\u{E0100}"]) assert.ok(!hasGaiji(text));
  });
});
