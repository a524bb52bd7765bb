import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** `exec` and `execSync` always start one; the others do when they are told to. */
const SHELL =
  /\bexec(Sync)?\s*\(\s*[`"']|\bimport\s*\{[^}]*\bexec(Sync)?\b[^}]*\}\s*from\s*"node:child_process"|\bshell\s*:/;
const CHEAP_RANDOM = /\bMath\s*\.\s*random\b/;

/** Files of the product and of its tools, tests left out, by their path from the root. */
function sources(...folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|mjs|js)$/.test(entry.name))
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join("/"))
      .filter((path) => !/(^|\/)(node_modules|dist|build|test)\//.test(path)),
  );
}

const packages = readdirSync(join(ROOT, "packages")).map((name) => `packages/${name}/src`);
const holding = (pattern: RegExp, files: readonly string[]) =>
  files.filter((path) => pattern.test(readFileSync(join(ROOT, path), "utf8"))).sort();

test("A-006 A-007 no child process gets a shell; the one exception runs words of its own", () => {
  assert.deepEqual(holding(SHELL, sources(...packages, "scripts", "examples")), ["scripts/bootstrap.mjs"]);
  // npm is a script on Windows, and only a shell starts those. Nothing from outside is part of the command.
  const bootstrap = readFileSync(join(ROOT, "scripts/bootstrap.mjs"), "utf8");
  assert.match(bootstrap, /spawnSync\("npm", \["ci"\], \{[^}]*shell: process\.platform === "win32" \}\)/);
});

test("A-006 the product starts no program, but for the one that asks when another process began", () => {
  const starting = holding(/child_process/, sources(...packages));
  assert.deepEqual(starting, ["packages/sandbox/src/database/process-identity.ts"]);
});

test("A-014 what can be guessed decides about waiting times, and nothing else", () => {
  assert.deepEqual(holding(CHEAP_RANDOM, sources(...packages)), [
    "packages/backend/src/testing/store/races.ts",
    "packages/sandbox/src/stores/sql/sql-store.ts",
    "packages/sdk/src/environment.ts",
  ]);
});

test("the scan sees what it looks for", () => {
  for (const line of [
    'exec("rm " + name)',
    "execSync(`tar ${name}`)",
    'import { exec } from "node:child_process";',
    'import { spawn, execSync as run } from "node:child_process";',
    "spawn(command, { shell: true })",
  ])
    assert.match(line, SHELL);
  for (const line of [
    "/x/.exec(text)",
    'execFileSync("ps", [pid])',
    'import { execFileSync } from "node:child_process";',
  ])
    assert.doesNotMatch(line, SHELL);
  assert.match("const id = Math.random()", CHEAP_RANDOM);
});
