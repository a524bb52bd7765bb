import { existsSync, globSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { findBrowsers } from "../browsers/find.mjs";
import { buildIfStale } from "../build.mjs";
import { ensureSystemPackages } from "../system-packages.mjs";
import { ENGINES } from "../wtr/engine-names.mjs";
import { addResults, noResults } from "./results.mjs";
import { runCounted, runNode } from "./run.mjs";

const MODULES = "node_modules";
const NODE_TESTS = ["packages/*/test/**/*.test.ts", "scripts/test/**/*.test.ts", "docs/test/**/*.test.ts"];
const BROWSER_TESTS = [
  "packages/*/test/browser/**/*.test.ts",
  "packages/elements/src/elements/*/test/**/*.test.ts",
];
const E2E_TESTS = ["examples/*/e2e/**/*.test.ts"];

/**
 * One part of `npm test`. `files` are the test files named on the command line, if any.
 *
 * @typedef {{ title: string, run: (files: string[]) => Promise<import("./results.mjs").Results> }} Phase
 */

/** The parts of `npm test` in their order. @type {Record<string, Phase>} */
export const PHASES = {
  system: { title: "Browsers and database", run: async () => systemPackages() },
  lock: {
    title: "Lock file",
    run: async () =>
      check("the lock file is complete for every platform", () => npm(["ci", "--dry-run", "--silent"])),
  },
  types: {
    title: "Type-check",
    run: async () => check("type-check", () => runNode([join(MODULES, "typescript-native/bin/tsc"), "-b"])),
  },
  lint: { title: "Lint", run: async () => lint() },
  build: { title: "Build", run: async () => check("build", () => runNode(["scripts/build.mjs"])) },
  node: { title: "Tests in Node", run: (files) => nodeTests(files) },
  browser: { title: "Tests in browsers", run: (files) => browserTests(files) },
  storybook: { title: "Storybook", run: async () => storybook() },
  e2e: { title: "The journey through the portal", run: (files) => e2e(files) },
  budgets: { title: "Size budgets", run: async () => budgets() },
  packages: { title: "Published packages", run: async () => publishedPackages() },
};

/**
 * @param {string} name
 * @param {() => Promise<number>} run answers an exit code
 * @returns {Promise<import("./results.mjs").Results>}
 */
async function check(name, run) {
  return (await run()) === 0 ? passed() : failed(name);
}

function passed() {
  return { ...noResults(), passed: 1 };
}

/** @param {string} name */
function failed(name) {
  return { ...noResults(), failed: [name] };
}

/** @param {string} name @param {string} reason */
function skipped(name, reason) {
  return { ...noResults(), skipped: [{ name, reason }] };
}

function systemPackages() {
  const results = noResults();
  for (const { name, consequence } of ensureSystemPackages()) {
    console.log(`${name} is not installed: ${consequence}.`);
    if (process.env.CI) results.failed.push(`${name} is not installed`);
    else results.skipped.push({ name, reason: `not installed: ${consequence}` });
  }
  if (results.failed.length + results.skipped.length === 0) {
    console.log("Chromium, Firefox, WebKitGTK and PostgreSQL are installed.");
    results.passed += 1;
  }
  return results;
}

async function lint() {
  const results = await check("eslint", () => runNode([join(MODULES, "eslint/bin/eslint.js"), "."]));
  const prettier = [join(MODULES, "prettier/bin/prettier.cjs"), "--check", "--log-level", "warn", "."];
  addResults(results, await check("prettier (npm run format)", () => runNode(prettier)));
  return results;
}

/** @param {string[]} files */
function nodeTests(files) {
  const all = globSync(NODE_TESTS)
    .filter((file) => !isBrowserTest(file))
    .sort();
  return nodeTestRun("tests in Node", restrict(all, files), []);
}

/** @param {string[]} files */
async function e2e(files) {
  const all = globSync(E2E_TESTS).sort();
  if (all.length === 0) return failed("end-to-end: there is no file in examples/*/e2e/*.test.ts");
  if (!findBrowsers().chromium && !process.env.CI)
    return skipped("end-to-end journey", "Chromium is not installed");
  if (!buildIfStale("browser")) return failed("end-to-end: the build it needs failed");
  // One at a time: each file starts a sandbox, a portal and browsers of its own.
  return nodeTestRun("end-to-end", restrict(all, files), ["--test-concurrency=1"]);
}

/** @param {string} what @param {string[]} files @param {string[]} options */
async function nodeTestRun(what, files, options) {
  if (files.length === 0) return failed(`${what}: no test file was found`);
  return runCounted(what, (resultsFile) => [
    "--conditions=@welby/source",
    // A test that hangs should be named, instead of hanging everything.
    "--test",
    "--test-timeout=300000",
    ...options,
    "--test-reporter=spec",
    "--test-reporter-destination=stdout",
    "--test-reporter=./scripts/testing/node-reporter.mjs",
    `--test-reporter-destination=${resultsFile}`,
    ...files,
  ]);
}

/** @param {string[]} files */
async function browserTests(files) {
  const all = restrict(globSync(BROWSER_TESTS).sort(), files);
  if (all.length === 0) return failed("tests in browsers: no test file was found");
  const found = findBrowsers();
  const wanted = (process.env.WELBY_BROWSERS ?? ENGINES.join()).split(",");
  const results = noResults();
  for (const engine of ENGINES.filter((name) => wanted.includes(name) && !found[name])) {
    addResults(
      results,
      process.env.CI
        ? failed(`tests in ${engine}: it is not installed`)
        : skipped(`tests in ${engine}`, "it is not installed"),
    );
  }
  const engines = ENGINES.filter((name) => wanted.includes(name) && found[name]);
  if (engines.length === 0) return results;
  const wtr = join(MODULES, "@web/test-runner/dist/bin.js");
  addResults(
    results,
    await runCounted("tests in browsers", () => [wtr, "--static-logging", "--files", ...all], {
      env: { WELBY_BROWSERS: engines.join() },
    }),
  );
  return results;
}

async function storybook() {
  if (!existsSync(".storybook")) return failed("Storybook: there is no .storybook directory");
  if (!findBrowsers().chromium && !process.env.CI)
    return skipped("Storybook's stories", "Chromium is not installed");
  const build = [
    join(MODULES, "storybook/dist/bin/dispatcher.js"),
    "build",
    "--quiet",
    "--disable-telemetry",
  ];
  const results = await check("Storybook's static build", () => runNode(build));
  if (results.failed.length > 0) return results;
  addResults(results, await runCounted("Storybook's stories", () => ["scripts/storybook-check.mjs"]));
  return results;
}

async function budgets() {
  if (!existsSync("scripts/budgets.mjs")) return failed("size budgets: there is no scripts/budgets.mjs");
  if (!findBrowsers().chromium && !process.env.CI)
    return skipped("size budgets", "Chromium is not installed");
  if (!buildIfStale("browser")) return failed("size budgets: the build they measure failed");
  return check("size budgets", () => runNode(["--conditions=@welby/source", "scripts/budgets.mjs"]));
}

async function publishedPackages() {
  if (!buildIfStale()) return failed("published packages: the build failed");
  const results = noResults();
  for (const name of readdirSync("packages").sort()) {
    const directory = join("packages", name);
    if (!existsSync(join(directory, "package.json"))) continue;
    const publint = [join(MODULES, "publint/src/cli.js"), "run", directory, "--strict"];
    addResults(results, await check(`publint ${name}`, () => runNode(publint)));
    const attw = [join(MODULES, "@arethetypeswrong/cli/dist/index.js"), "--pack", directory];
    addResults(
      results,
      await check(`attw ${name}`, () =>
        runNode([...attw, "--profile", "esm-only", "--format", "ascii", "--quiet"]),
      ),
    );
  }
  return results;
}

/** @param {string[]} args */
function npm(args) {
  const cli = process.env.npm_execpath;
  // Outside of an npm script there is no npm to be sure of; `npm test` always has one.
  return cli ? runNode([cli, ...args]) : Promise.resolve(0);
}

/** @param {string} file */
function isBrowserTest(file) {
  return file.replaceAll("\\", "/").includes("/test/browser/");
}

/** @param {string[]} all @param {string[]} files */
function restrict(all, files) {
  return files.length === 0
    ? all
    : all.filter((file) => files.some((wanted) => file.startsWith(wanted.replace(/^\.\//, ""))));
}
