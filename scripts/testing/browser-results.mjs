import { relative } from "node:path";
import { noResults } from "./results.mjs";

/** A skipped browser test says why in its own name, since mocha has no other place for it. */
const REASON = /\(((?:not in|needs|skipped)\b.+)\)\s*$/;

/**
 * The counts of a browser test run.
 *
 * @param {import("@web/test-runner").TestSession[]} sessions
 * @returns {import("./results.mjs").Results}
 */
export function browserResults(sessions) {
  const results = noResults();
  for (const session of sessions) {
    const where = `${relative(process.cwd(), session.testFile ?? "")} [${session.browser.name}]`;
    const failedBefore = results.failed.length;
    let tests = 0;

    /** @param {import("@web/test-runner").TestSuiteResult} suite @param {string[]} path */
    const walk = (suite, path) => {
      for (const test of suite.tests) {
        tests += 1;
        const title = [...path, test.name].join(" › ");
        const name = `${where} ${title}`;
        if (test.skipped) {
          const reason = REASON.exec(title)?.[1];
          if (reason) results.skipped.push({ name, reason });
          else
            results.failed.push(`${name}: skipped without its reason in the name, "… (not in WebKit: why)"`);
        } else if (test.passed) results.passed += 1;
        else results.failed.push(name);
      }
      for (const inner of suite.suites) walk(inner, [...path, inner.name]);
    };
    if (session.testResults) walk(session.testResults, []);

    if (tests === 0)
      results.failed.push(`${where}: ${session.errors[0]?.message ?? "no test was found in the file"}`);
    else if (!session.passed && results.failed.length === failedBefore) {
      results.failed.push(`${where}: ${session.errors[0]?.message ?? "the file failed outside its tests"}`);
    }
  }
  return results;
}
