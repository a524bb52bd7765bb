import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

// The table is private; read as text, so that a slip in it names the group it is in.
const source = readFileSync(new URL("../src/kanji-variants.ts", import.meta.url), "utf8");
const groups = [...source.matchAll(/^ {2}"(.*)"/gm)].flatMap(([, line]) => (line ?? "").trim().split(" "));

describe("kanji variants", () => {
  it("has groups of two or more characters", () => {
    assert.ok(groups.length > 200);
    assert.deepEqual(
      groups.filter((group) => [...group].length < 2),
      [],
    );
  });

  it("has each character once, or folding would depend on the order of groups", () => {
    const characters = groups.flatMap((group) => [...group]);
    assert.deepEqual(
      characters.filter((character, at) => characters.indexOf(character) !== at),
      [],
    );
  });

  it("has no character that NFKC changes, because the fold runs after it", () => {
    assert.deepEqual(
      [...groups.join("")].filter((character) => character !== character.normalize("NFKC")),
      [],
    );
  });
});
