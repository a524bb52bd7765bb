import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { browserResults } from "../testing/browser-results.mjs";
import { count } from "../testing/node-reporter.mjs";
import { closingLine, noResults } from "../testing/results.mjs";

function counted(...events: [type: string, data: object][]) {
  const results = noResults();
  for (const [type, data] of events)
    count(results, { type, data: { file: "/a.test.ts", nesting: 1, ...data } });
  return {
    passed: results.passed,
    failed: results.failed.length,
    skipped: results.skipped.map(({ reason }) => reason),
  };
}

describe("counts of node:test", () => {
  test("suites are not counted, their tests are", () => {
    const suite = { name: "s", nesting: 0, details: { type: "suite" } };
    assert.deepEqual(counted(["test:pass", { name: "t" }], ["test:pass", suite]), {
      passed: 1,
      failed: 0,
      skipped: [],
    });
  });

  test("a failed test counts once, however deep it lies", () => {
    const parent = { name: "p", details: { error: { failureType: "subtestsFailed" } } };
    const child = { name: "c", details: { error: { failureType: "testCodeFailure" } } };
    assert.equal(counted(["test:fail", child], ["test:fail", parent]).failed, 1);
  });

  test("a suite whose hook fails is a failure", () => {
    const suite = { name: "s", details: { type: "suite", error: { failureType: "hookFailed" } } };
    assert.equal(counted(["test:fail", suite]).failed, 1);
  });

  test("a skipped test needs its reason", () => {
    assert.deepEqual(counted(["test:pass", { name: "t", skip: "no camera" }]).skipped, ["no camera"]);
    assert.equal(counted(["test:pass", { name: "t", skip: true }]).failed, 1);
    assert.equal(counted(["test:pass", { name: "t", todo: true }]).failed, 1);
  });

  test("a file without a test is a failure", () => {
    assert.equal(counted(["test:pass", { name: "/a.test.ts", nesting: 0 }]).failed, 1);
  });
});

describe("counts of browser tests", () => {
  const session = (tests: object[], more: object = {}) =>
    ({
      testFile: "/a.test.ts",
      browser: { name: "WebKit" },
      errors: [],
      passed: true,
      testResults: { name: "", tests: [], suites: [{ name: "s", tests, suites: [] }] },
      ...more,
    }) as unknown as Parameters<typeof browserResults>[0][number];

  test("passed, failed and skipped with the reason in the name", () => {
    const results = browserResults([
      session([
        { name: "a", passed: true, skipped: false },
        { name: "b", passed: false, skipped: false },
        { name: "c (not in webkit: no command for it)", passed: false, skipped: true },
      ]),
    ]);
    assert.equal(closingLine(results), "1 passed, 1 failed, 1 skipped");
    assert.equal(results.skipped[0]?.reason, "not in webkit: no command for it");
  });

  test("a skip without a reason is a failure", () => {
    assert.equal(browserResults([session([{ name: "c", passed: false, skipped: true }])]).failed.length, 1);
  });

  test("a file without a test is a failure", () => {
    assert.equal(browserResults([session([])]).failed.length, 1);
  });

  test("a file that breaks outside its tests is a failure", () => {
    const broken = session([{ name: "a", passed: true, skipped: false }], { passed: false });
    assert.equal(closingLine(browserResults([broken])), "1 passed, 1 failed, 0 skipped");
  });
});
