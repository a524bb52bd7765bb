import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import ts from "typescript";

/**
 * One test, group of tests or scenario by the name that stands in its source.
 *
 * @typedef {{ name: string, file: string, line: number }} NamedTest
 */

/** Where tests are written: test files, and the suites that test files run. */
const SOURCES = [
  "packages/*/test/**/*.ts",
  "packages/*/src/**/test/**/*.ts",
  "packages/*/src/testing/**/*.ts",
  "examples/*/test/**/*.ts",
  "examples/*/e2e/**/*.ts",
  "scripts/test/**/*.test.ts",
  "scripts/torture/**/*.mjs",
  "docs/test/**/*.test.ts",
];
/** Tests of this very reading hold made-up names. */
const ABOUT_NAMES = /^scripts.test.(cases|promises)\.test\.ts$/;
const CALLS = new Set(["test", "it", "describe", "suite"]);
/** A case of the open corpus (`A-090`), a requirement (`AU-2`) or a clause of the white paper (`clause 9`, `clause 4b`). */
const ID = /\b(?:A-\d{3}|[A-Z]{2}-\d{1,2}|clause \d{1,2}[a-z]?)\b/g;

/**
 * Every named test below a directory, read from the sources, not run: what is skipped in its source does not count.
 * What stands between `${` and `}` of a name is shown as `…`.
 *
 * @param {string} root
 * @returns {NamedTest[]}
 */
export function namedTests(root) {
  return globSync(SOURCES, { cwd: root })
    .filter((file) => !file.split(sep).includes("node_modules") && !ABOUT_NAMES.test(file))
    .sort()
    .flatMap((file) => testsIn(file.replaceAll(sep, "/"), readFileSync(join(root, file), "utf8")));
}

/** The named tests of one source. @param {string} file @param {string} text @returns {NamedTest[]} */
export function testsIn(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  /** @type {NamedTest[]} */
  const found = [];
  /** @param {ts.Node} node @returns {void} */
  const visit = (node) => {
    const name = nameIn(node);
    if (name !== undefined) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      found.push({ name, file, line: line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/**
 * The ids in the name of a test.
 *
 * @param {string} name
 * @returns {string[]}
 */
export function idsIn(name) {
  return [...new Set(name.match(ID) ?? [])];
}

/**
 * Tests by the ids in their names.
 *
 * @param {readonly NamedTest[]} tests
 * @returns {Map<string, NamedTest[]>}
 */
export function byId(tests) {
  /** @type {Map<string, NamedTest[]>} */
  const map = new Map();
  for (const test of tests) {
    for (const id of idsIn(test.name)) map.set(id, [...(map.get(id) ?? []), test]);
  }
  return map;
}

/** @param {ts.Node} node @returns {string | undefined} */
function nameIn(node) {
  // `test("…")`; `test.skip("…")` is a call of something else.
  if (ts.isCallExpression(node) && isRunner(node.expression)) return textOf(node.arguments[0]);
  // A scenario of a suite: `{ name: "…", round() {} }`, or the row of a table, `["…", () => …]`.
  if (ts.isPropertyAssignment(node) && node.name.getText() === "name")
    return withId(textOf(node.initializer));
  if (ts.isArrayLiteralExpression(node) && node.elements.length > 1) return withId(textOf(node.elements[0]));
  return undefined;
}

/** @param {ts.Expression} expression */
function isRunner(expression) {
  if (ts.isIdentifier(expression)) return CALLS.has(expression.text);
  // `harness.test("…")`
  return (
    ts.isPropertyAccessExpression(expression) &&
    CALLS.has(expression.name.text) &&
    ts.isIdentifier(expression.expression) &&
    !CALLS.has(expression.expression.text)
  );
}

/** @param {string | undefined} text */
function withId(text) {
  return text !== undefined && idsIn(text).length > 0 ? text : undefined;
}

/** @param {ts.Node | undefined} node @returns {string | undefined} */
function textOf(node) {
  if (!node) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join("");
}
