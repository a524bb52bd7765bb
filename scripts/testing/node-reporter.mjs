import { relative, resolve } from "node:path";
import { noResults } from "./results.mjs";

/**
 * A reporter of node:test for `npm test`: one JSON object at the end, printed output is left to the other one.
 *
 * @param {AsyncIterable<{ type: string, data: any }>} events
 */
export default async function* nodeReporter(events) {
  const results = noResults();
  for await (const event of events) count(results, event);
  yield JSON.stringify(results);
}

/**
 * @param {import("./results.mjs").Results} results
 * @param {{ type: string, data: any }} event
 */
export function count(results, { type, data }) {
  if (type !== "test:pass" && type !== "test:fail") return;
  const isSuite = data.details?.type === "suite";
  const name = `${relative(process.cwd(), data.file ?? "")} ${data.name}`;

  if (type === "test:fail" && data.todo === undefined) {
    // Whatever contains a failed test is reported as failed as well; it should count once.
    if (data.details?.error?.failureType !== "subtestsFailed") results.failed.push(name);
  } else if (data.skip !== undefined || data.todo !== undefined) {
    const reason = [data.skip, data.todo].find((text) => typeof text === "string" && text !== "");
    if (reason) results.skipped.push({ name, reason });
    else results.failed.push(`${name}: skipped without a reason, as in { skip: "why" }`);
  } else if (!isSuite) {
    // Node reports a file that defines no test as one passed test with the name of the file.
    if (data.nesting === 0 && data.file && resolve(data.name) === data.file) {
      results.failed.push(`${data.name}: no test was found in the file`);
    } else results.passed += 1;
  }
}
