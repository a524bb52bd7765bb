import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { formatPlainDate, isPlainDate, parsePlainDate } from "@welby/text";
import { assertTotal } from "./properties.ts";

describe("plain date", () => {
  it("J-15: keeps a day as the three numbers it was written with", () => {
    assert.deepEqual(parsePlainDate("1958-04-02"), { year: 1958, month: 4, day: 2 });
    assert.equal(formatPlainDate({ year: 1958, month: 4, day: 2 }), "1958-04-02");
  });

  for (const text of [
    "",
    "1958-4-2",
    "1958-04-31",
    "1900-02-29",
    "0000-01-01",
    "1958-04-02T00:00:00Z",
    "１９５８-04-02",
  ]) {
    it(`has no day for ${JSON.stringify(text)}`, () => assert.equal(parsePlainDate(text), undefined));
  }

  for (const [year, month, day] of [
    [2000, 2, 29],
    [2024, 2, 29],
    [1999, 12, 31],
    [2024, 4, 30],
  ] as const) {
    it(`knows ${year}-${month}-${day}`, () => assert.ok(isPlainDate({ year, month, day })));
  }

  for (const [year, month, day] of [
    [2100, 2, 29],
    [2024, 4, 31],
    [2024, 0, 1],
    [2024, 1, 1.5],
    [NaN, 1, 1],
  ] as const) {
    it(`knows no ${year}-${month}-${day}`, () => assert.ok(!isPlainDate({ year, month, day })));
  }

  it("A-040: never throws and takes bounded time", () => assertTotal(parsePlainDate));
});
