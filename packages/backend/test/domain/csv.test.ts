import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { csvRecord } from "../../src/domain/csv.ts";

/** Reads one record as RFC 4180 says, without knowing how it was written. */
function parse(record: string): string[] {
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let index = 0; index < record.length; index++) {
    const char = record[index] ?? "";
    if (quoted) {
      if (char !== '"') cell += char;
      else if (record[index + 1] === '"') cell += record[++index];
      else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ",") {
      cells.push(cell);
      cell = "";
    } else if (record.slice(index) === "\r\n") {
      return [...cells, cell];
    } else cell += char;
  }
  throw new Error("the record has no end");
}

describe("AU-7 a CSV record", () => {
  const dangerous: readonly (readonly [string, string])[] = [
    ["=", '=HYPERLINK("https://evil.example","x")'],
    ["+", "+1+1"],
    ["-", "-2+3"],
    ["@", "@SUM(A1)"],
    ["TAB", "\t=1"],
    ["CR", "\r=1"],
    ["LF", "\n=1"],
    ["NUL", "\u0000=1"],
    ["full-width ＝", "＝1+1"],
    ["full-width ＋", "＋1"],
    ["full-width －", "－1"],
    ["full-width ＠", "＠SUM(A1)"],
  ];
  for (const [name, value] of dangerous) {
    test(`A-049 a cell that begins with ${name} is quoted and reads as text`, () => {
      const record = csvRecord(["a", value]);
      assert.ok(record.startsWith("a,\"'"), record);
      assert.deepEqual(parse(record), ["a", `'${value}`]);
    });
  }

  test("A-049 the same characters inside a cell are left alone", () => {
    assert.equal(csvRecord(["a=b", "1-2", "x@example.jp"]), "a=b,1-2,x@example.jp\r\n");
  });

  test("RFC 4180: quotes, commas and line ends are quoted, empty and number cells are not", () => {
    assert.equal(csvRecord(["a,b", 'say "x"', "1\n2", null, 7, ""]), '"a,b","say ""x""","1\n2",,7,\r\n');
  });

  test("any text comes back cell by cell, but for the apostrophe that makes it text", () => {
    const cells = fc.array(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(cells, (row) => {
        const read = parse(csvRecord(row));
        assert.equal(read.length, row.length);
        row.forEach((value, index) => {
          const cell = read[index] ?? "";
          assert.ok(cell === value || cell === `'${value}`, JSON.stringify([value, cell]));
          assert.doesNotMatch(cell, /^[=+\-@\t\r\n＝＋－＠]/);
        });
      }),
    );
  });
});

for (const start of [" =", "\u3000＝", "\u200B+", "\uFEFF@", "\u00A0-", "\u2212", "﹦", "﹢", "﹣", "﹫"])
  test(`A-049: a formula behind what is not shown, or in another width, is text: ${JSON.stringify(start)}`, () => {
    assert.equal(csvRecord([`${start}1+1`]), `"'${start}1+1"\r\n`);
  });

test("A-049: what another setting takes for the end of a cell stays inside", () => {
  assert.equal(csvRecord(["a;=1+1", "a\t=1+1"]), '"a;=1+1","a\t=1+1"\r\n');
});
