import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  brokenRules,
  checkPassword,
  passwordForm,
  passwordPresets,
  type PasswordRules,
} from "@welby/contract/policy";

const rules = (changes: Partial<PasswordRules> = {}): PasswordRules => ({
  ...passwordPresets.default,
  forbiddenWords: [],
  ...changes,
});
const letters = (length: number) =>
  "あいうえおかきくけこさしすせそたちつてとなにぬねの".repeat(12).slice(0, length);

describe("the length of a password", () => {
  const cases: [string, PasswordRules, string, boolean][] = [
    ["PW-1 15 is enough alone", rules(), letters(15), true],
    ["PW-1 14 is too short alone", rules(), letters(14), false],
    ["PW-1 13 is enough where 13 is asked", rules({ minLength: 13 }), letters(13), true],
    ["PW-1 12 is too short where 13 is asked", rules({ minLength: 13 }), letters(12), false],
    ["a surrogate pair counts once: 14 and an emoji are 15", rules(), `${letters(14)}😀`, true],
    ["a surrogate pair counts once: 13 and an emoji are 14", rules(), `${letters(13)}😀`, false],
    ["decomposed kana count as one: 15 of が", rules(), `${letters(14)}か\u3099`, true],
    ["decomposed kana count as one: 14 of が", rules(), `${letters(13)}か\u3099`, false],
    ["a ligature counts as its letters: ㍻ is two", rules(), `${letters(13)}㍻`, true],
    ["PW-2 256 is not too long", rules(), letters(256), true],
    ["PW-2 257 is too long", rules(), letters(257), false],
  ];
  for (const [title, policy, password, ok] of cases) {
    test(title, () =>
      assert.deepEqual(
        brokenRules(policy, password).filter((rule) => rule.startsWith("too_")).length === 0,
        ok,
      ),
    );
  }

  test("PW-2 256 code points outside the first plane are not too long, 257 are", () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => String.fromCodePoint(0x20000 + index)).join("");
    assert.deepEqual(brokenRules(rules(), many(256)), []);
    assert.deepEqual(brokenRules(rules(), many(257)), ["too_long"]);
  });
});

describe("what a password may be made of", () => {
  test("PW-3 lower-case words alone will do", () =>
    assert.deepEqual(brokenRules(rules(), "asagao tegami koharu"), []));

  test("spaces count, also at the edges", () =>
    assert.deepEqual(brokenRules(rules(), " asagao tegami "), []));

  const mixed = rules({ minLength: 13, mixed: true });
  for (const [password, ok] of [
    ["asagaotegami7-", true],
    ["asagaotegami77", false],
    ["asagaotegami--", false],
    ["1234567890123-", false],
    ["あさがおてがみこはるび７！", true],
  ] as const) {
    test(`mhlw-a: ${password} is ${ok ? "mixed" : "not mixed"}`, () => {
      assert.equal(brokenRules(mixed, password).includes("not_mixed"), !ok);
    });
  }

  test("the mixed rule is not even listed where it does not apply", () => {
    assert.ok(!checkPassword(rules(), "x").some((check) => check.rule === "not_mixed"));
  });

  const words = rules({ forbiddenWords: ["welby", "マイカルテ", "みなと青空総合病院"] });
  for (const password of [
    "welbymycarte2027",
    "WELBY-asagao-tegami",
    "ｗｅｌｂｙ-asagao-tegami",
    "わたしのマイカルテ2027年度版",
    "わたしのﾏｲｶﾙﾃ2027年度版です",
  ]) {
    test(`PW-4 ${password} holds a word that is forbidden`, () =>
      assert.deepEqual(brokenRules(words, password), ["context_word"]));
  }

  test("PW-4 the person's own words are forbidden too, short ones are not", () => {
    assert.deepEqual(brokenRules(rules(), "suzuki-asagao-tegami", ["Suzuki"]), ["context_word"]);
    assert.deepEqual(brokenRules(rules(), "ri-asagao-tegami-ko", ["ri"]), []);
  });

  for (const password of ["aaaaaaaaaaaaaaaa", "abababababababab", "あああああああああああああああ"]) {
    test(`${password} only repeats itself`, () =>
      assert.ok(brokenRules(rules(), password).includes("repeated")));
  }
});

describe("the form in which passwords are compared", () => {
  test("PW-5 full width, half-width kana and decomposed kana are the same password", () => {
    assert.equal(passwordForm("Ａｓａｇａｏ"), "Asagao");
    assert.equal(passwordForm("ｶﾞｸ"), passwordForm("ガク"));
    assert.equal(passwordForm("か\u3099"), "が");
  });

  test("PW-5 nothing is trimmed and no letter case is lost", () =>
    assert.equal(passwordForm(" Aa "), " Aa "));
});

test("the presets are those of the decision", () => {
  assert.deepEqual(
    Object.entries(passwordPresets).map(([name, { minLength, mixed }]) => [name, minLength, mixed]),
    [
      ["default", 15, false],
      ["mhlw-a", 13, true],
      ["mhlw-c", 8, false],
    ],
  );
});
