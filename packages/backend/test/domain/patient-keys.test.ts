import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { searchKey } from "@welby/text";
import { kanaSortKey, patientKeys } from "../../src/domain/patient-keys.ts";

const digits = { pad: true, length: 8, charset: "digits" } as const;

describe("the 五十音 order", () => {
  // Small letters before large ones, as JIS X 4061 has it.
  const order =
    "カイ,ガイ,カイガ,ガイカ,カウ,キャ,キヤ,キヨ,サトウ,サトウ カズコ,サトウ ワコ,サトウダ アイ,ハハ,ハバ,ババ,パパ";

  test("J-11 voicing and small letters only decide between readings that are otherwise equal", () => {
    const sorted = order
      .split(",")
      .sort()
      .reverse()
      .sort((a, b) => ((kanaSortKey(a) ?? "") < (kanaSortKey(b) ?? "") ? -1 : 1));
    assert.equal(sorted.join(), order);
  });

  test("the long vowel counts as the vowel before it", () => {
    assert.ok((kanaSortKey("コーダ") ?? "") > (kanaSortKey("コエダ") ?? ""));
    assert.ok((kanaSortKey("コーダ") ?? "") < (kanaSortKey("コカダ") ?? ""));
  });

  test("hiragana, half width and katakana are one reading", () => {
    assert.equal(kanaSortKey("さとう　かずこ"), kanaSortKey("サトウ カズコ"));
    assert.equal(kanaSortKey("ｻﾄｳ ｶﾞｸ"), kanaSortKey("サトウ ガク"));
  });

  for (const reading of [null, "", "NGUYEN VAN AN", "佐藤", "123", "ー"]) {
    test(`${JSON.stringify(reading)} is no reading and sorts last`, () =>
      assert.equal(kanaSortKey(reading), null));
  }

  test("the row of the index and the order agree: nobody sorts outside the own row", () => {
    const readings = [...Array(0x30f7 - 0x30a1).keys()].map((offset) => String.fromCharCode(0x30a1 + offset));
    const rows = readings
      .map((nameKana) => patientKeys({ nameText: "甲", nameKana, birthDate: null }, null, digits))
      .filter((keys) => keys.kanaSort !== null)
      .sort((a, b) => ((a.kanaSort ?? "") < (b.kanaSort ?? "") ? -1 : 1))
      .map((keys) => keys.kanaRow);
    assert.deepEqual([...new Set(rows)].join(""), "あかさたなはまやらわ");
    assert.deepEqual(
      rows,
      [...rows].sort((a, b) => "あかさたなはまやらわ".indexOf(a) - "あかさたなはまやらわ".indexOf(b)),
    );
  });
});

describe("the keys of a link", () => {
  const keys = (nameText: string, nameKana: string | null, number: string | null = null) =>
    patientKeys({ nameText, nameKana, birthDate: null }, number, digits);

  test("J-8 a folded query finds variants and widths, in the name and in the reading", () => {
    const key = keys("髙\u845B\u{E0100} 由美", "タカハシ ユミ").searchKey;
    for (const query of ["高葛", "たかはし", "ﾀｶﾊｼ", "由美", "ﾊｼ ﾕﾐ"])
      assert.ok(key.includes(searchKey(query)), query);
  });

  test("a query never matches across the end of the name and the beginning of the reading", () => {
    assert.ok(!keys("山田あ", "いとう").searchKey.includes(searchKey("あい")));
  });

  test("J-16 the number keeps how it was written and compares padded", () => {
    const { patientNumber, patientNumberKey } = keys("甲", null, "１２３４５");
    assert.deepEqual([patientNumber, patientNumberKey], ["１２３４５", "00012345"]);
    assert.equal(keys("甲", null, "not a number!").patientNumberKey, null);
  });
});
