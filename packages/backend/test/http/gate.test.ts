import assert from "node:assert/strict";
import { test } from "node:test";
import { createGate } from "../../src/http/gate.ts";
import { HasherOverloaded } from "../../src/ports/hasher.ts";

test("PW-7: so much work is let in at once, the rest is refused before it begins", async () => {
  const gate = createGate(2);
  let begun = 0;
  let finish = () => {};
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const work = async () => {
    begun++;
    await finished;
  };
  const inside = [gate(work), gate(work)];
  await assert.rejects(gate(work), HasherOverloaded);
  assert.equal(begun, 2);
  finish();
  await Promise.all(inside);
  assert.equal(await gate(async () => "next"), "next");
});

test("PW-7: work that fails gives its place back", async () => {
  const gate = createGate(1);
  for (let time = 0; time < 3; time++)
    await assert.rejects(
      gate(() => Promise.reject(new RangeError("own"))),
      RangeError,
    );
  assert.equal(await gate(async () => "next"), "next");
});
