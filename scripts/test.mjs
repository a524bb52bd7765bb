// `npm test`: everything, each part with its own output, on after failures, and one line of counts at the end.
// `npm test -- --only node,browser [files or folders]` runs parts of it.
import { parseArgs } from "node:util";
import { PHASES } from "./testing/phases.mjs";
import { addResults, closingLine, noResults } from "./testing/results.mjs";

const { values, positionals } = parseArgs({ options: { only: { type: "string" } }, allowPositionals: true });
const names = values.only ? values.only.split(",") : Object.keys(PHASES);
const unknown = names.filter((name) => !PHASES[name]);
if (unknown.length > 0) {
  console.error(`--only ${unknown.join()}: there is only ${Object.keys(PHASES).join(", ")}.`);
  process.exit(2);
}

const total = noResults();
for (const name of names) {
  const { title, run } = PHASES[name];
  const start = Date.now();
  console.log(`\n━━ ${title}`);
  const results = await run(positionals).catch((error) => ({
    ...noResults(),
    failed: [`${title}: ${error instanceof Error ? error.stack : String(error)}`],
  }));
  // A part that checked nothing did not do its work.
  if (results.passed + results.failed.length + results.skipped.length === 0)
    results.failed.push(`${title}: nothing ran`);
  addResults(total, results);
  console.log(`━━ ${title}: ${closingLine(results)} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
}

if (total.skipped.length > 0) {
  console.log("\nSkipped:");
  for (const { name, reason } of total.skipped) console.log(`  ${name} — ${reason}`);
}
if (total.failed.length > 0) {
  console.log("\nFailed:");
  for (const name of total.failed) console.log(`  ${name}`);
}
console.log(`\n${closingLine(total)}`);
process.exitCode = total.failed.length > 0 ? 1 : 0;
