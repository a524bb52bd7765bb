import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { checkName, compareKey } from "@welby/text";
import { anyText, assertIdempotent, assertTotal } from "./properties.ts";

describe("names that must be unique", () => {
  const equal: [string, string][] = [
    ["外来A", "外来Ａ"],
    ["外来A", "外来a"],
    [" 外来　 A ", "外来 A"],
    ["ｶﾞﾝ", "ガン"],
    ["STRASSE", "Straße"],
    ["ΣΑΣ", "σας"],
    ["外来\u200BA", "外来A"],
  ];
  for (const [a, b] of equal) {
    it(`invariant 6: ${JSON.stringify(a)} and ${JSON.stringify(b)} cannot both exist`, () => {
      assert.equal(compareKey(a), compareKey(b));
    });
  }

  for (const [a, b] of [
    ["髙橋班", "高橋班"],
    ["がん", "ガン"],
    ["外来A", "外来 A"],
  ] as const) {
    it(`invariant 6: ${a} and ${b} are two names`, () => assert.notEqual(compareKey(a), compareKey(b)));
  }

  for (const name of [
    "外来A",
    "髙橋",
    "あ".repeat(50),
    "葛\u{E0100}".repeat(50),
    "👨‍👩‍👧".repeat(50),
    "<b>&",
    "=1+1",
  ]) {
    it(`GC-1: takes ${name.slice(0, 8)} as typed`, () => assert.deepEqual(checkName(name), { ok: true }));
  }

  const refused: [name: string, problem: string][] = [
    ["", "empty"],
    [" 　\t", "empty"],
    ["あ".repeat(51), "too_long"],
    ["葛\u{E0100}".repeat(51), "too_long"],
    [`a${"\u0301".repeat(10_000)}`, "too_long"],
    ["a\u0000b", "forbidden_character"],
    ["a\u007F", "forbidden_character"],
    ["a\u0085", "forbidden_character"],
    ["a\u2028b", "forbidden_character"],
    ["a\u2029b", "forbidden_character"],
    ["a\u202Eb", "forbidden_character"],
    ["\u2067a", "forbidden_character"],
    ["\u200Fa", "forbidden_character"],
    ["\u200B", "forbidden_character"],
    ["\u200B \uFEFF\u2060", "forbidden_character"],
    ["\uD842", "forbidden_character"],
    ["\uDFB7田", "forbidden_character"],
    ["a\r\nBcc: evil@example.jp", "forbidden_character"],
  ];
  for (const [name, problem] of refused) {
    it(`GC-1, A-023, A-031: refuses ${JSON.stringify(name.slice(0, 12))} as ${problem}`, () => {
      assert.deepEqual(checkName(name), { ok: false, problem });
    });
  }

  it("counts against the limit it is given", () => {
    assert.deepEqual(checkName("123456", { max: 5 }), { ok: false, problem: "too_long" });
  });

  it("never gives a name it takes an empty key", () => {
    fc.assert(fc.property(anyText, (name) => !checkName(name).ok || compareKey(name) !== ""));
  });

  it("is idempotent", () => assertIdempotent(compareKey));

  it("A-040: never throws and takes bounded time", () => {
    assertTotal(compareKey);
    assertTotal(checkName);
  });
});
