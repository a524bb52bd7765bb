import assert from "node:assert/strict";
import { test } from "node:test";
import { matchTotp, totpCode, totpStep } from "../../src/domain/totp.ts";

/** "12345678901234567890" in base32: the key of RFC 6238, appendix B. */
const RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

const vectors: readonly (readonly [number, string])[] = [
  [59, "287082"],
  [1111111109, "081804"],
  [1111111111, "050471"],
  [1234567890, "005924"],
  [2000000000, "279037"],
  [20000000000, "353130"],
];
for (const [seconds, code] of vectors) {
  test(`RFC 6238 appendix B: the code at ${seconds} s ends in ${code}`, async () => {
    const step = totpStep(new Date(seconds * 1000));
    assert.equal(await totpCode(RFC_SECRET, step), code);
    assert.equal(await matchTotp(RFC_SECRET, code, new Date(seconds * 1000), null), step);
  });
}

test("base32 is read in lower case, with spaces and padding", async () => {
  assert.equal(await totpCode("gezd gnbv gy3t qojq gezd gnbv gy3t qojq====", 1), "287082");
});

test("a secret that is no base32 is an error, not a code", async () => {
  await assert.rejects(totpCode("0189", 1), TypeError);
});

test("a code is compared whole: shorter, longer and empty ones never match", async () => {
  const now = new Date(59_000);
  for (const typed of ["28708", "2870822", "", "      ", "287082 287082", "abcdef"]) {
    assert.equal(await matchTotp(RFC_SECRET, typed, now, null), undefined, typed);
  }
});
