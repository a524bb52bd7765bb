import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { formatPhone, parsePhone } from "@welby/text";
import { assertIdempotent, assertTotal } from "./properties.ts";

describe("phone", () => {
  const read: [typed: string, e164: string, kind: string, display: string][] = [
    ["０９０ー１２３４ー５６７８", "+819012345678", "mobile", "090-1234-5678"],
    ["090-0000-0001", "+819000000001", "mobile", "090-0000-0001"],
    ["060-1234-5678", "+816012345678", "mobile", "060-1234-5678"],
    ["07012345678", "+817012345678", "mobile", "070-1234-5678"],
    ["080 1234 5678", "+818012345678", "mobile", "080-1234-5678"],
    ["+81 90-1234-5678", "+819012345678", "mobile", "090-1234-5678"],
    ["+81 (0)90-1234-5678", "+819012345678", "mobile", "090-1234-5678"],
    ["\u202A090-1234-5678\u202C", "+819012345678", "mobile", "090-1234-5678"],
    ["050-1234-5678", "+815012345678", "ip", "050-1234-5678"],
    ["03−1234−5678", "+81312345678", "landline", "03-1234-5678"],
    ["(045)123-4567", "+81451234567", "landline", "0451234567"],
    ["0120-123-456", "+81120123456", "toll_free", "0120-123-456"],
    ["0800-123-4567", "+818001234567", "toll_free", "0800-123-4567"],
    ["0570-012-345", "+81570012345", "shared_cost", "0570-012-345"],
  ];
  for (const [typed, e164, kind, display] of read) {
    it(`J-3: ${typed} is the ${kind} number ${e164}`, () => {
      const parsed = parsePhone(typed);
      assert.ok(parsed.ok);
      assert.deepEqual([parsed.e164, parsed.kind, parsed.display], [e164, kind, display]);
    });
    it(`J-3: SMS ${kind === "mobile" ? "goes" : "does not go"} to ${typed}`, () => {
      const parsed = parsePhone(typed);
      assert.ok(parsed.ok);
      assert.equal(parsed.smsCapable, kind === "mobile");
    });
    it(`shows ${e164} as ${display}`, () => assert.equal(formatPhone(e164), display));
  }

  for (const dash of "\uFF0D\u30FC\u2212\u2010\u2011\u2012\u2013\u2014\u2015\uFF70") {
    it(`J-4: reads U+${dash.charCodeAt(0).toString(16).toUpperCase()} between the digits`, () => {
      const parsed = parsePhone(`090${dash}1234${dash}5678`);
      assert.ok(parsed.ok && parsed.e164 === "+819012345678");
    });
  }

  const refused: [typed: string, problem: string][] = [
    ["", "empty"],
    ["090-1234-567", "wrong_length"],
    ["090-1234-56789", "wrong_length"],
    ["03-1234-567", "wrong_length"],
    ["090-0123-4567", "unknown_kind"],
    ["0990-123-456", "unknown_kind"],
    ["020-1234-5678", "unknown_kind"],
    ["+1 202 555 0100", "not_japanese"],
    ["090-1234-567a", "forbidden_character"],
    ["090+12345678", "forbidden_character"],
    ["110", "wrong_length"],
    ["0".repeat(1000), "wrong_length"],
  ];
  for (const [typed, problem] of refused) {
    it(`J-3: refuses ${JSON.stringify(typed.slice(0, 16))} as ${problem}`, () => {
      assert.deepEqual(parsePhone(typed), { ok: false, problem });
    });
  }

  it("tells that the width was converted", () => {
    const [wide, narrow] = [parsePhone("０９０１２３４５６７８"), parsePhone("09012345678")];
    assert.ok(wide.ok && wide.changed && narrow.ok && !narrow.changed);
  });

  it("is idempotent in what it shows", () => assertIdempotent(formatPhone));

  it("A-040: never throws and takes bounded time", () => assertTotal(parsePhone));
});
