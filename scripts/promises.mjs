// Who keeps which promise of the white paper, and by which tests that shows: `npm run promises`.
// Ends with 1 when a promise has nobody who keeps it, or names a test that does not exist.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { byId, namedTests } from "./testing/named-tests.mjs";

const FILE = new URL("../packages/contract/src/promises.json", import.meta.url);
const CLAUSES = 19;

/**
 * @typedef {{ keeper: string, how: { ja: string, en: string }, tests: string[] }} Keeper
 * @typedef {{ id: string, text: { ja: string, en: string }, keepers: Keeper[] }} Promised
 * @typedef {{ clause: number, title: { ja: string, en: string }, promises: Promised[] }} Clause
 */

/** @returns {{ clauses: Clause[] }} */
export function readPromises() {
  return JSON.parse(readFileSync(FILE, "utf8"));
}

/**
 * What is wrong with the promises; nothing when each is kept by somebody, and what this software keeps is shown by tests.
 *
 * @param {{ clauses: Clause[] }} promises
 * @param {ReadonlySet<string>} testIds ids that stand in names of tests
 * @returns {string[]}
 */
export function promiseProblems({ clauses }, testIds) {
  const problems = [];
  for (let number = 1; number <= CLAUSES; number++) {
    if (clauses[number - 1]?.clause !== number)
      problems.push(`clause ${number} is missing or not in its place`);
  }
  for (const { clause, promises } of clauses) {
    if (promises.length === 0) problems.push(`clause ${clause} promises nothing`);
    for (const { id, keepers } of promises) {
      if (!new RegExp(`^${clause}[a-z]?$`).test(id))
        problems.push(`${id} does not belong to clause ${clause}`);
      if (keepers.length === 0) problems.push(`${id} is kept by nobody`);
      for (const { keeper, tests } of keepers) {
        if (!["software", "operator", "welby"].includes(keeper))
          problems.push(`${id}: nobody is called ${keeper}`);
        if (keeper === "software" && tests.length === 0)
          problems.push(`${id}: no test shows that the software keeps it`);
        for (const test of tests.filter((name) => !testIds.has(name))) {
          problems.push(`${id}: there is no test named ${test}`);
        }
      }
    }
  }
  return problems;
}

/** @param {{ clauses: Clause[] }} promises */
function print({ clauses }) {
  for (const { clause, title, promises } of clauses) {
    console.log(`${clause}. ${title.en} / ${title.ja}`);
    for (const { id, keepers } of promises) {
      for (const { keeper, tests } of keepers)
        console.log(`   ${id.padEnd(4)} ${keeper.padEnd(9)} ${tests.join(" ")}`);
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const promises = readPromises();
  print(promises);
  const root = fileURLToPath(new URL("..", import.meta.url));
  const problems = promiseProblems(promises, new Set(byId(namedTests(root)).keys()));
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
