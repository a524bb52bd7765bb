import assert from "node:assert/strict";
import { test } from "node:test";
import { newInitialPassword } from "../../src/domain/initial-password.ts";
import { webRandom } from "../../src/ports/random.ts";

test("IP-1 twenty characters in groups of five, without look-alikes", () => {
  for (let time = 0; time < 200; time++)
    assert.match(newInitialPassword(webRandom), /^([a-hj-km-np-z2-9]{5}-){3}[a-hj-km-np-z2-9]{5}$/);
});

test("IP-1 bytes that would favour some letters are thrown away", () => {
  // 31 letters fit eight times into a byte: 248 to 255 are left over and must not become the first letters again.
  const bytes = [
    ...Array.from({ length: 8 }, (_, index) => 248 + index),
    ...Array.from({ length: 20 }, () => 30),
  ];
  let position = 0;
  const random = {
    ...webRandom,
    bytes: (length: number) => Uint8Array.from({ length }, () => bytes[position++ % bytes.length] ?? 0),
  };
  assert.equal(newInitialPassword(random).replaceAll("-", ""), "9".repeat(20));
});
