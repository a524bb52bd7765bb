import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { attachment } from "../../src/http/content-disposition.ts";

/** The grammar of RFC 6266 and RFC 5987, as far as it is used. */
const GRAMMAR = /^attachment; filename="[\w.-]*"; filename\*=UTF-8''(?:[\w!#$&+.^`|~-]|%[0-9A-F]{2})*$/;

describe("the name of a file", () => {
  test("A-030 with quotes, line ends and a second header stays one safe header", () => {
    const header = attachment('操作ログ_"病院"\r\nSet-Cookie: x=1\u2028_2026.csv');
    assert.match(header, GRAMMAR);
    assert.doesNotMatch(header, /[\r\n]/);
    assert.ok(!decodeURIComponent(header).includes('"病院"'));
    const headers = new Headers({ "content-disposition": header });
    assert.equal(headers.get("content-disposition"), header);
    assert.equal(headers.get("set-cookie"), null);
  });

  test("is told in Japanese, with a plain one for old readers", () => {
    const header = attachment("操作ログ_2026.csv");
    assert.ok(header.startsWith('attachment; filename="_____2026.csv"; '), header);
    assert.equal(decodeURIComponent(header.split("''")[1] ?? ""), "操作ログ_2026.csv");
  });

  test("A-030 cannot leave its directory or turn its direction", () => {
    const header = decodeURIComponent(attachment("../../etc\\passwd\u202Egnp.csv"));
    assert.doesNotMatch(header, /[/\\\u202E]/);
  });

  test("A-030 whatever it is, the header is one by the grammar", () => {
    const names = fc.string({
      unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    });
    fc.assert(fc.property(names, (name) => assert.match(attachment(name), GRAMMAR)));
  });
});
