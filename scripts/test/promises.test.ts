import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { describe, test } from "node:test";
import { promiseProblems, readPromises } from "../promises.mjs";
import { byId, idsIn, namedTests, testsIn } from "../testing/named-tests.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const promises = readPromises();
const ids = new Set(byId(namedTests(root)).keys());
type Promises = typeof promises;

describe("the promises of the white paper", () => {
  test("all 19 clauses are kept by somebody, and every test that they name exists", () => {
    assert.deepEqual(promiseProblems(promises, ids), []);
  });

  const planted: readonly (readonly [what: string, problem: string, change: (promises: Promises) => void])[] =
    [
      [
        "a clause that is missing",
        "clause 19 is missing or not in its place",
        ({ clauses }) => clauses.pop(),
      ],
      [
        "a clause in another place",
        "clause 1 is missing or not in its place",
        ({ clauses }) => clauses.reverse(),
      ],
      [
        "a clause without a promise",
        "clause 2 promises nothing",
        ({ clauses }) => (clauses[1] as Clause).promises.splice(0),
      ],
      [
        "a promise that nobody keeps",
        "2 is kept by nobody",
        ({ clauses }) => first(clauses[1]).keepers.splice(0),
      ],
      [
        "software without a test",
        "6: no test shows that the software keeps it",
        ({ clauses }) => first(clauses[5]).keepers[0]?.tests.splice(0),
      ],
      [
        "a test that does not exist",
        "6: there is no test named A-999",
        ({ clauses }) => first(clauses[5]).keepers[0]?.tests.push("A-999"),
      ],
      [
        "a keeper whom nobody knows",
        "6: nobody is called somebody",
        ({ clauses }) =>
          first(clauses[5]).keepers.push({ keeper: "somebody", how: { ja: "", en: "" }, tests: [] }),
      ],
      [
        "a promise in another clause",
        "7 does not belong to clause 6",
        ({ clauses }) => (first(clauses[5]).id = "7"),
      ],
    ];
  type Clause = Promises["clauses"][number];
  const first = (clause: Clause | undefined) => clause?.promises[0] ?? assert.fail("no promise");
  for (const [what, problem, change] of planted) {
    test(`${what} is found`, () => {
      const changed = structuredClone(promises);
      change(changed);
      assert.ok(promiseProblems(changed, ids).includes(problem), promiseProblems(changed, ids).join("; "));
    });
  }
});

describe("the names of tests", () => {
  const names = (source: string) => testsIn("x.test.ts", source).map(({ name }) => name);

  test("are read from calls, scenarios and tables, with a gap for what is filled in", () => {
    const source = `
      describe("A-001 group", () => {
        test("A-002 plain", () => {});
        it(\`A-003 \${x} in the middle\`, () => {});
        harness.test("A-004 of a suite", () => {});
        for (const [name, run] of [["A-005 row", () => {}]]) test(name, run);
      });
      export const scenarios = [{ name: "A-006 scenario", round() {} }];`;
    assert.deepEqual(names(source), [
      "A-001 group",
      "A-002 plain",
      "A-003 … in the middle",
      "A-004 of a suite",
      "A-005 row",
      "A-006 scenario",
    ]);
  });

  test("a comment, a skipped test, another call and an assertion are none", () => {
    const source = `
      // test("A-001", () => {});
      test.skip("A-002", () => {});
      test.todo("A-003");
      log("A-004");
      assert.equal(id, "A-005");`;
    assert.deepEqual(names(source), []);
  });

  test("hold ids of cases, requirements and clauses", () => {
    assert.deepEqual(idsIn("A-090 AU-2: clause 4b and clause 9, not A-1 or BA-0901 or AA-090"), [
      "A-090",
      "AU-2",
      "clause 4b",
      "clause 9",
    ]);
  });
});
