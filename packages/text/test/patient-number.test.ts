import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parsePatientNumber } from "@welby/text";
import { assertIdempotent, assertTotal } from "./properties.ts";

const padded = { pad: true, length: 8, charset: "digits" } as const;
const digits = { pad: false, length: null, charset: "digits" } as const;
const letters = { pad: false, length: 10, charset: "alphanumeric" } as const;

describe("patient number", () => {
  const read = [
    ["12345", padded, "00012345"],
    ["00012345", padded, "00012345"],
    ["１２３４５", padded, "00012345"],
    ["12ー345", padded, "00012345"],
    ["00012345", digits, "00012345"],
    ["12345", digits, "12345"],
    ["1".repeat(20), digits, "1".repeat(20)],
    ["ａ-001 2", letters, "A0012"],
  ] as const;
  for (const [typed, rule, value] of read) {
    it(`J-16: ${typed} is ${value} where ${rule.pad ? "padding is on" : "it is off"}`, () => {
      const parsed = parsePatientNumber(typed, rule);
      assert.ok(parsed.ok);
      assert.equal(parsed.value, value);
    });
  }

  const refused = [
    ["", digits, "empty"],
    ["ー", digits, "empty"],
    ["123456789", padded, "too_long"],
    ["1".repeat(21), digits, "too_long"],
    ["A12", digits, "forbidden_character"],
    ["12_3", letters, "forbidden_character"],
    ["患者1", letters, "forbidden_character"],
  ] as const;
  for (const [typed, rule, problem] of refused) {
    it(`J-16: refuses ${JSON.stringify(typed)} as ${problem}`, () => {
      assert.deepEqual(parsePatientNumber(typed, rule), { ok: false, problem });
    });
  }

  it("is idempotent", () => {
    for (const rule of [padded, digits, letters]) {
      assertIdempotent((text) => {
        const parsed = parsePatientNumber(text, rule);
        return parsed.ok ? parsed.value : "";
      });
    }
  });

  it("A-040: never throws and takes bounded time", () =>
    assertTotal((text) => parsePatientNumber(text, letters)));
});
