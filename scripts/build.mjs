// `npm run build`, and for commands that need its files: a build only if the sources changed since the last one.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/**
 * What can be built. `browser` is what pages load, and all that the portal needs: the sandbox runs from its sources.
 *
 * @type {Record<BuildSet, string[]>}
 */
const SETS = {
  all: ["text", "contract", "sdk", "elements", "backend", "mock", "sandbox"],
  browser: ["text", "contract", "sdk", "elements"],
};

/** @typedef {"all" | "browser"} BuildSet */

/** @param {BuildSet} [set] @returns {boolean} whether it succeeded */
export function build(set = "all") {
  const done = /** @type {BuildSet[]} */ (set === "all" ? ["all", "browser"] : [set]);
  const hashes = done.map((name) => sourcesHash(name));
  const start = Date.now();
  for (const name of done) rmSync(stampOf(name), { force: true });
  const rollup = join(root, "node_modules/rollup/dist/bin/rollup");
  const { status } = spawnSync(process.execPath, [rollup, "--config", "--silent"], {
    cwd: root,
    env: { ...process.env, WELBY_PACKAGES: SETS[set].join() },
    stdio: "inherit",
  });
  if (status !== 0) return false;
  mkdirSync(join(root, "build"), { recursive: true });
  done.forEach((name, index) => writeFileSync(stampOf(name), hashes[index] ?? ""));
  console.log(`Built ${SETS[set].join(", ")} in ${((Date.now() - start) / 1000).toFixed(1)} s.`);
  return true;
}

/** @param {BuildSet} [set] @returns {boolean} whether the built files are there and up to date */
export function buildIfStale(set = "all") {
  const stamp = stampOf(set);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === sourcesHash(set) && outputsExist(set)) return true;
  console.log("Building …");
  return build(set);
}

/** @param {BuildSet} set */
function stampOf(set) {
  return join(root, `build/sources-${set}.sha256`);
}

/** @param {BuildSet} set */
function outputsExist(set) {
  const files = SETS[set]
    .filter((name) => existsSync(join(root, "packages", name, "src/index.ts")))
    .map((name) => join(root, "packages", name, "dist/index.js"));
  return [...files, join(root, "packages/elements/cdn/welby.js")].every((file) => existsSync(file));
}

/** Of everything that the built files are made from and by. @param {BuildSet} set */
function sourcesHash(set) {
  const patterns = [
    ...SETS[set].flatMap((name) => [`packages/${name}/src/**/*`, `packages/${name}/{package,tsconfig}.json`]),
    "tsconfig.base.json",
    "rollup.config.mjs",
    "scripts/rollup/*",
    "package-lock.json",
  ];
  const hash = createHash("sha256");
  const files = patterns
    .flatMap((pattern) => globSync(pattern, { cwd: root, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !/\.(test|stories)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) {
    hash.update(file.slice(root.length)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

if (process.argv[1] === import.meta.filename) {
  const ok = process.argv.includes("--if-stale") ? buildIfStale() : build();
  process.exitCode = ok ? 0 : 1;
}
