import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { formatBirthDate, parseBirthDate, parseBirthDateFields } from "@welby/text";
import { assertTotal } from "./properties.ts";

describe("birth date", () => {
  const read: [typed: string, value: string][] = [
    ["1958/4/2", "1958-04-02"],
    ["1958-04-02", "1958-04-02"],
    ["1958年4月2日", "1958-04-02"],
    ["19580402", "1958-04-02"],
    ["１９５８／４／２", "1958-04-02"],
    ["1958ー4ー2", "1958-04-02"],
    ["S33.4.2", "1958-04-02"],
    ["s33.4.2", "1958-04-02"],
    ["S330402", "1958-04-02"],
    ["Ｓ３３．４．２", "1958-04-02"],
    ["昭和33年4月2日", "1958-04-02"],
    ["昭和 33 年 4 月 2 日", "1958-04-02"],
    ["昭33.4.2", "1958-04-02"],
    ["㍼33年4月2日", "1958-04-02"],
    ["令和元年5月1日", "2019-05-01"],
    ["令和1年5月1日", "2019-05-01"],
    ["2024/2/29", "2024-02-29"],
    // Papers of these two days carry either era.
    ["明治45年7月30日", "1912-07-30"],
    ["大正15年12月25日", "1926-12-25"],
  ];
  for (const [typed, value] of read) {
    it(`J-14: ${typed} is ${value}`, () => {
      const parsed = parseBirthDate(typed);
      assert.ok(parsed.ok);
      assert.equal(parsed.value, value);
    });
  }

  const boundaries: [value: string, shown: string][] = [
    ["1868-01-24", "1868年1月24日"],
    ["1868-01-25", "1868年(明治元年)1月25日"],
    ["1912-07-29", "1912年(明治45年)7月29日"],
    ["1912-07-30", "1912年(大正元年)7月30日"],
    ["1926-12-24", "1926年(大正15年)12月24日"],
    ["1926-12-25", "1926年(昭和元年)12月25日"],
    ["1989-01-07", "1989年(昭和64年)1月7日"],
    ["1989-01-08", "1989年(平成元年)1月8日"],
    ["2019-04-30", "2019年(平成31年)4月30日"],
    ["2019-05-01", "2019年(令和元年)5月1日"],
    ["1964-10-10", "1964年(昭和39年)10月10日"],
  ];
  for (const [value, shown] of boundaries) {
    it(`J-14: ${value} is shown as ${shown}`, () => assert.equal(formatBirthDate(value, "ja"), shown));
  }

  const refused: [typed: string, problem: string][] = [
    ["", "empty"],
    ["　", "empty"],
    ["昭和64年1月8日", "era_mismatch"],
    ["S64.1.8", "era_mismatch"],
    ["平成元年1月7日", "era_mismatch"],
    ["平成31年5月1日", "era_mismatch"],
    ["令和元年4月30日", "era_mismatch"],
    ["大正元年7月29日", "era_mismatch"],
    ["昭和0年1月1日", "no_such_day"],
    ["2023/2/29", "no_such_day"],
    ["1900/2/29", "no_such_day"],
    ["1958/13/1", "no_such_day"],
    ["1958/4/31", "no_such_day"],
    ["1958/4/0", "no_such_day"],
    ["58/4/2", "format"],
    ["S1958.4.2", "format"],
    ["元年4月2日", "format"],
    ["1958", "format"],
    ["abc", "format"],
  ];
  for (const [typed, problem] of refused) {
    it(`J-14: refuses ${JSON.stringify(typed)} as ${problem}`, () => {
      assert.deepEqual(parseBirthDate(typed), { ok: false, problem });
    });
  }

  for (const year of ["1964", "S39", "昭和39", "昭和３９年", "Ｓ３９"]) {
    it(`J-14: takes ${year} in the year field`, () => {
      const parsed = parseBirthDateFields({ year, month: "１０月", day: " 10日 " });
      assert.ok(parsed.ok && parsed.value === "1964-10-10");
    });
  }

  it("tells fields left empty from fields half filled", () => {
    assert.deepEqual(parseBirthDateFields({ year: "", month: "", day: " " }), {
      ok: false,
      problem: "empty",
    });
    assert.deepEqual(parseBirthDateFields({ year: "1964", month: "", day: "" }), {
      ok: false,
      problem: "format",
    });
  });

  it("shows the English form with the era", () => {
    assert.equal(formatBirthDate("1964-10-10", "en"), "10 Oct 1964 (Showa 39)");
  });

  it("gives back what is no date, so that nothing stored is hidden", () => {
    assert.equal(formatBirthDate("不明"), "不明");
  });

  it("J-14: reads every day since Meiji back from what it shows, era or not", () => {
    const days = fc.date({
      min: new Date("1868-01-25T12:00Z"),
      max: new Date("2099-12-31T12:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(days, (day) => {
        const value = day.toISOString().slice(0, 10);
        const [, western, era] = /^(\d+年)\((.+)\)/.exec(formatBirthDate(value)) ?? [];
        const rest = formatBirthDate(value).split(")")[1];
        for (const year of [western, era]) {
          const parsed = parseBirthDate(`${year}${rest}`);
          assert.ok(parsed.ok);
          assert.equal(parsed.value, value);
        }
      }),
    );
  });

  it("A-040: never throws and takes bounded time", () => {
    assertTotal(parseBirthDate);
    assertTotal(formatBirthDate);
    assertTotal((text) => parseBirthDateFields({ year: text, month: text, day: text }));
  });
});
