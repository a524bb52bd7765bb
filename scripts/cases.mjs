// Every case of the open corpus with the tests that cover it: `npm run cases`.
// Ends with 1 when a case has neither a test nor an owner, or when a test names a case that there is not.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { byId, namedTests } from "./testing/named-tests.mjs";

const FILE = new URL("../docs/security/cases.md", import.meta.url);
const ROW = /^\| (A-\d{3}) \| (.+?) \| (.+?) \| (.*?) ?\|$/;
/** Parts of the kit that may own a case before it has its tests. */
const OWNERS = ["sdk", "elements", "operator"];

/**
 * @typedef {{ id: string, attack: string, expected: string, owner: string }} Case
 * @typedef {import("./testing/named-tests.mjs").NamedTest} NamedTest
 */

/** @param {string} [text] @returns {Case[]} */
export function readCases(text = readFileSync(FILE, "utf8")) {
  return text.split("\n").flatMap((line) => {
    const [, id, attack, expected, owner] = ROW.exec(line) ?? [];
    return id === undefined ? [] : [{ id, attack, expected, owner }];
  });
}

/**
 * What is wrong with the corpus; nothing when every case has tests or an owner.
 *
 * @param {readonly Case[]} cases
 * @param {ReadonlyMap<string, readonly NamedTest[]>} tests by the ids in their names
 * @returns {string[]}
 */
export function caseProblems(cases, tests) {
  const problems = [];
  const ids = new Set(cases.map(({ id }) => id));
  if (ids.size !== cases.length) problems.push("an id stands twice in cases.md");
  cases.forEach(({ id, owner }, index) => {
    if (id !== `A-${String(index + 1).padStart(3, "0")}`) problems.push(`${id} is not in its place`);
    const [name, reason = ""] = owner.split(": ");
    if (owner !== "" && (!OWNERS.includes(name) || reason === ""))
      problems.push(`${id}: "${owner}" names no part of the kit with a reason`);
    if (owner === "" && !tests.has(id)) problems.push(`${id} has neither a test nor an owner`);
  });
  for (const [id, [test]] of tests) {
    if (id.startsWith("A-") && !ids.has(id))
      problems.push(`${id} is no case, but a test in ${test?.file}:${test?.line} names it`);
  }
  return problems;
}

/** @param {readonly Case[]} cases @param {ReadonlyMap<string, readonly NamedTest[]>} tests */
function print(cases, tests) {
  for (const { id, attack, owner } of cases) {
    console.log(`${id} ${attack}`);
    for (const { name, file, line } of tests.get(id) ?? []) console.log(`      ${file}:${line} ${name}`);
    if (owner !== "") console.log(`      → ${owner}`);
  }
  const covered = cases.filter(({ id }) => tests.has(id)).length;
  console.log(
    `\n${cases.length} cases, ${covered} with tests, ${cases.length - covered} with an owner only or nothing`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const cases = readCases();
  const tests = byId(namedTests(fileURLToPath(new URL("..", import.meta.url))));
  print(cases, tests);
  const problems = caseProblems(cases, tests);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
