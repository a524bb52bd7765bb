import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseRetryAfter } from "../../src/pipeline/retry-after.ts";

const NOW = Date.parse("2026-11-23T12:00:00Z");

describe("Retry-After", () => {
  const cases: [string | undefined, number | undefined][] = [
    ["1", 1000],
    [" 120 ", 120_000],
    ["0", 0],
    ["Mon, 23 Nov 2026 12:00:30 GMT", 30_000],
    ["Monday, 23-Nov-26 12:00:30 GMT", 30_000],
    ["Mon Nov 23 12:00:30 2026", 30_000],
    ["Mon, 23 Nov 2026 11:00:00 GMT", 0],
    ["999999999", 86_400_000],
    ["Fri, 31 Dec 9999 23:59:59 GMT", 86_400_000],
    [undefined, undefined],
    ["", undefined],
    ["soon", undefined],
    ["-5", undefined],
    ["1.5", undefined],
    ["1e3", undefined],
    ["-5 apples", undefined],
    ["99999999999999999999", undefined],
    ["Mon, 99 Foo 2026 12:00:30 GMT", undefined],
  ];
  for (const [header, ms] of cases) {
    test(`A-105 reads ${String(header)} as ${String(ms)}`, () =>
      assert.equal(parseRetryAfter(header, NOW), ms));
  }
});
