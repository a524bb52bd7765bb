import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { codePointLength, graphemeCount, truncateGraphemes } from "@welby/text";
import { anyText, assertTotal } from "./properties.ts";

describe("graphemes", () => {
  const counts: [text: string, graphemes: number, codePoints: number][] = [
    ["", 0, 0],
    ["佐藤", 2, 2],
    ["葛\u{E0100}", 1, 2],
    ["𠮷", 1, 1],
    ["が", 1, 1],
    ["か\u3099", 1, 2],
    ["𠮷田👨‍👩‍👧", 3, 7],
    ["\r\n", 1, 2],
  ];
  for (const [text, graphemes, codePoints] of counts) {
    it(`J-9: ${JSON.stringify(text)} is ${graphemes} graphemes and ${codePoints} code points`, () => {
      assert.deepEqual([graphemeCount(text), codePointLength(text)], [graphemes, codePoints]);
    });
  }

  it("J-9: never cuts a character in two", () => {
    assert.equal(truncateGraphemes("𠮷葛\u{E0100}田", 2), "𠮷葛\u{E0100}");
    assert.equal(truncateGraphemes("👨‍👩‍👧😀", 1), "👨‍👩‍👧");
  });

  it("adds the ellipsis only to what was cut", () => {
    assert.equal(truncateGraphemes("佐藤和子", 2, "…"), "佐藤…");
    assert.equal(truncateGraphemes("佐藤", 2, "…"), "佐藤");
  });

  it("J-9: keeps exactly the limit, and the whole text under it", () => {
    fc.assert(
      fc.property(anyText, fc.nat(20), (text, max) => {
        const cut = truncateGraphemes(text, max);
        assert.ok(text.startsWith(cut));
        assert.equal(graphemeCount(cut), Math.min(max, graphemeCount(text)));
      }),
    );
  });

  it("A-040: never throws and takes bounded time", () => {
    assertTotal(graphemeCount);
    assertTotal((text) => truncateGraphemes(text, 50));
  });
});
