import { browserResults } from "../testing/browser-results.mjs";
import { closingLine, leaveResults } from "../testing/results.mjs";

/**
 * One line a file and engine while the tests run, the errors below it, and the counts at the end.
 *
 * @returns {import("@web/test-runner").Reporter}
 */
export function reporter() {
  return {
    onTestRunFinished({ sessions }) {
      const list = [...sessions];
      for (const session of list) {
        const one = browserResults([session]);
        const mark = one.failed.length > 0 ? "✖" : "✔";
        const file = (session.testFile ?? "").replace(`${process.cwd()}/`, "");
        console.log(`${mark} ${session.browser.name.padEnd(9)} ${file} (${closingLine(one)})`);
        for (const error of session.errors) console.log(indent(error.stack ?? error.message));
        for (const { name, error } of failedTests(session.testResults)) {
          console.log(indent(`✖ ${name}`));
          if (error) console.log(indent(indent(details(error))));
        }
        // What the page wrote is noise unless something failed.
        if (one.failed.length > 0)
          for (const log of session.logs) console.log(indent(`console: ${log.join(" ")}`));
      }
      const results = browserResults(list);
      leaveResults(results);
      console.log(closingLine(results));
    },
  };
}

/**
 * @param {import("@web/test-runner").TestSuiteResult | undefined} suite
 * @param {string} [path]
 * @returns {{ name: string, error: import("@web/test-runner").TestResultError | undefined }[]}
 */
function failedTests(suite, path = "") {
  if (!suite) return [];
  return [
    ...suite.tests
      .filter((test) => !test.passed && !test.skipped)
      .map((test) => ({ name: path + test.name, error: test.error })),
    ...suite.suites.flatMap((inner) => failedTests(inner, `${path}${inner.name} › `)),
  ];
}

/** @param {import("@web/test-runner").TestResultError} error */
function details({ message, stack, expected, actual }) {
  const comparison = expected !== undefined ? `\nexpected: ${expected}\nactual:   ${actual}` : "";
  const text = stack?.includes(message ?? "") ? stack : [message, stack].filter(Boolean).join("\n");
  return text + comparison;
}

/** @param {string} text */
function indent(text) {
  return text.replaceAll(/^/gm, "    ");
}
