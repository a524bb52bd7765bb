import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { describe, test } from "node:test";
import { caseProblems, readCases } from "../cases.mjs";
import { byId, namedTests } from "../testing/named-tests.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("the open corpus", () => {
  test("each of its 114 cases has a test or an owner, and no test names another one", () => {
    const cases = readCases();
    assert.equal(cases.length, 114);
    assert.deepEqual(caseProblems(cases, byId(namedTests(root))), []);
  });
});

describe("the check of the corpus", () => {
  const row = (id: string, owner = "") => `| ${id} | attack | answer | ${owner} |`;
  const tests = (...ids: string[]) =>
    new Map(ids.map((id) => [id, [{ name: id, file: "x.test.ts", line: 1 }]]));
  const problems = (rows: string[], ...ids: string[]) =>
    caseProblems(readCases(rows.join("\n")), tests(...ids));

  test("is content with a test, an owner with a reason, or both", () => {
    const rows = ["| Id | Attack | Answer | Owner |", "|---|---|---|---|", "| **Group** | | | |"];
    assert.deepEqual(
      problems(
        [...rows, row("A-001"), row("A-002", "operator: comes with backups"), row("A-003", "sdk: lists")],
        "A-001",
        "A-003",
        "PW-1",
      ),
      [],
    );
  });

  const planted: readonly (readonly [string, string[], string[], string])[] = [
    ["a case without a test and an owner", [row("A-001")], [], "A-001 has neither a test nor an owner"],
    [
      "an owner without a reason",
      [row("A-001", "sdk")],
      ["A-001"],
      'A-001: "sdk" names no part of the kit with a reason',
    ],
    [
      "an owner that is no part of the kit",
      [row("A-001", "somebody: later")],
      [],
      'A-001: "somebody: later" names no part of the kit with a reason',
    ],
    ["an id that stands twice", [row("A-001"), row("A-001")], ["A-001"], "an id stands twice in cases.md"],
    ["a case that was left out", [row("A-002")], ["A-002"], "A-002 is not in its place"],
    [
      "a test that names no case",
      [row("A-001")],
      ["A-001", "A-900"],
      "A-900 is no case, but a test in x.test.ts:1 names it",
    ],
  ];
  for (const [what, rows, ids, problem] of planted) {
    test(`finds ${what}`, () => assert.ok(problems(rows, ...ids).includes(problem)));
  }
});
