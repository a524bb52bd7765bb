import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { displayJst, formatJst, jstDate } from "@welby/text";
import { assertTotal } from "./properties.ts";

const MOMENT = "2026-11-23T00:05:07.890Z";

describe("Japan time", () => {
  it("J-27: writes RFC 3339 with +09:00, milliseconds on request", () => {
    assert.equal(formatJst(MOMENT), "2026-11-23T09:05:07+09:00");
    assert.equal(formatJst(MOMENT, { ms: true }), "2026-11-23T09:05:07.890+09:00");
  });

  it("J-27: shows 2026/11/23 09:05, seconds on request", () => {
    assert.equal(displayJst(MOMENT), "2026/11/23 09:05");
    assert.equal(displayJst(MOMENT, { seconds: true }), "2026/11/23 09:05:07");
  });

  it("turns the day at midnight in Japan", () => {
    assert.equal(jstDate("2026-11-22T14:59:59.999Z"), "2026-11-22");
    assert.equal(jstDate("2026-11-22T15:00:00Z"), "2026-11-23");
  });

  it("takes a Date, milliseconds and any offset for the same moment", () => {
    for (const instant of [new Date(MOMENT), Date.parse(MOMENT), "2026-11-22T16:05:07.890-08:00"]) {
      assert.equal(displayJst(instant), "2026/11/23 09:05");
    }
  });

  for (const instant of ["", "2026-11-23", "2026-11-23T09:05", "x", NaN, 8.64e15, new Date(NaN)]) {
    it(`J-15: is empty for ${String(instant)}, which is no certain moment`, () => {
      assert.deepEqual([formatJst(instant), displayJst(instant), jstDate(instant)], ["", "", ""]);
    });
  }

  for (const TZ of ["America/Los_Angeles", "Asia/Tokyo", "Pacific/Kiritimati"]) {
    it(`J-15, J-27: says the same on a machine in ${TZ}`, () => {
      const child = fileURLToPath(new URL("time-zone-child.ts", import.meta.url));
      const args = ["--conditions=@welby/source", "--no-warnings", child];
      const printed = execFileSync(process.execPath, args, { env: { ...process.env, TZ }, encoding: "utf8" });
      assert.deepEqual(JSON.parse(printed), {
        zone: TZ,
        moment: "2026/11/23 00:30:00",
        rfc3339: "2026-11-23T00:30:00+09:00",
        today: "2026-11-23",
        typed: "1964-10-10",
        shown: "1964年(昭和39年)10月10日",
        summerTime: "1951-05-06",
      });
    });
  }

  it("names the moment it was given, whatever the moment", () => {
    const moments = fc.date({ min: new Date(0), max: new Date("9999-12-31T00:00Z"), noInvalidDate: true });
    fc.assert(
      fc.property(moments, (date) => assert.equal(Date.parse(formatJst(date, { ms: true })), date.getTime())),
    );
  });

  it("A-040: never throws and takes bounded time", () => {
    assertTotal(formatJst);
    assertTotal(displayJst);
    fc.assert(fc.property(fc.oneof(fc.double(), fc.date()), (instant) => void formatJst(instant)));
  });
});
