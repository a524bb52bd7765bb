import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { test } from "node:test";

const entries = globSync("src/{index,cdn}.ts", { cwd: new URL("../..", import.meta.url) })
  .concat(globSync("src/define/*.ts", { cwd: new URL("../..", import.meta.url) }))
  .concat(globSync("src/elements/*/*.ts", { cwd: new URL("../..", import.meta.url) }))
  .filter((file) => !file.includes(".test."));

test("there are entries to import", () => assert.ok(entries.length > 10));

for (const entry of entries) {
  test(`importing ${entry} in Node does not throw`, async () => {
    await assert.doesNotReject(import(new URL(`../../${entry}`, import.meta.url).href));
  });
}
