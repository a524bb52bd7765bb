import fc from "fast-check";
import assert from "node:assert/strict";

/** Arbitrary text: any UTF-16 (lone surrogates too), and dense mixes of the characters these functions care about. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc.string({
    unit: fc.constantFrom(
      ...Array.from(
        "aZ０９ー－−‐ｰ。｡.@＠ 　か゛\u3099ｶﾞヽヴヷ髙﨑葛\u{E0100}𠮷年月日昭和元S/+-\u200B\u202E\uFEFFßςİıK",
      ),
    ),
  }),
);

/** Input that would keep a careless pattern busy: one unit or an alternation, a hundred thousand times, and a spoiler. */
export const pumps: readonly string[] = [
  ..."a.-0 @　ー昭か\u0301\u3099\u200B",
  "a.",
  "0-",
  " \n",
  "a@",
  "か゛",
].map((unit) => `a${unit.repeat(100_000)}!`);

/** Asserts that a function never throws and stays within a second on every pump, which quadratic time would miss by far. */
export function assertTotal(run: (text: string) => unknown): void {
  fc.assert(fc.property(anyText, (text) => void run(text)));
  for (const pump of pumps) {
    const start = performance.now();
    run(pump);
    const tookMs = performance.now() - start;
    assert.ok(tookMs < 1000, `${tookMs} ms for ${JSON.stringify(pump.slice(0, 6))}…`);
  }
}

/** Asserts that applying a function twice gives what applying it once gives. */
export function assertIdempotent(run: (text: string) => string): void {
  fc.assert(fc.property(anyText, (text) => assert.equal(run(run(text)), run(text))));
}
