// What takes too long, or measures too much, for `npm test`: `npm run test:torture [-- files…]`.
import { globSync } from "node:fs";
import { runNode } from "./testing/run.mjs";

const all = globSync("packages/*/test/torture/*.torture.ts").sort();
const wanted = process.argv.slice(2);
const files = wanted.length === 0 ? all : all.filter((file) => wanted.some((name) => file.includes(name)));
if (files.length === 0) {
  console.error(`No file matches. There are:\n${all.join("\n")}`);
  process.exit(1);
}
// One file at a time: they measure times, and would measure each other.
process.exitCode = await runNode([
  "--conditions=@welby/source",
  "--test",
  "--test-concurrency=1",
  "--test-timeout=1200000",
  "--test-reporter=spec",
  ...files,
]);
