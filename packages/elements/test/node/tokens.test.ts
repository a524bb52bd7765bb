import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

const { resolve } = createRequire(import.meta.url);
const source = readFileSync(resolve("@digital-go-jp/design-tokens/dist/tokens-simple.css"), "utf8");
const ours = readFileSync(new URL("../../src/theme/tokens.css.ts", import.meta.url), "utf8");

/** Gray is `neutral-solid-gray` there, the colours are `primitive-<colour>`. */
const sourceName = (name: string) =>
  name.startsWith("gray-") ? `--color-neutral-solid-${name}` : `--color-primitive-${name}`;

const primitives = [...ours.matchAll(/var\(--welby-([a-z-]+-\d+), (#[0-9a-f]{6})\)/g)];

test("there are primitive tokens to compare", () => assert.ok(primitives.length >= 15));

for (const [, name = "", value] of primitives) {
  test(`--welby-${name} has the value of the Digital Agency's token`, () => {
    const found = new RegExp(`${sourceName(name)}: (#[0-9a-f]{6});`).exec(source)?.[1];
    assert.equal(value, found);
  });
}
