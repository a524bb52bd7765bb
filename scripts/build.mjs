// `npm run build`, and for commands that need its files: a build only if the sources changed since the last one.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "..");
const stamp = join(root, "build/sources.sha256");

/** What the built files are made from and by. */
const INPUTS = [
  "packages/*/src/**/*",
  "packages/*/{package,tsconfig}.json",
  "tsconfig.base.json",
  "rollup.config.mjs",
  "scripts/rollup/*",
  "package-lock.json",
];

/** @returns {boolean} whether it succeeded */
export function build() {
  const hash = sourcesHash();
  const start = Date.now();
  rmSync(stamp, { force: true });
  const rollup = join(root, "node_modules/rollup/dist/bin/rollup");
  const { status } = spawnSync(process.execPath, [rollup, "--config", "--silent"], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) return false;
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
  console.log(`Built packages/*/dist in ${((Date.now() - start) / 1000).toFixed(1)} s.`);
  return true;
}

/** @returns {Promise<boolean>} whether the built files are there and up to date */
export async function buildIfStale() {
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === sourcesHash() && outputsExist()) return true;
  console.log("Building the packages …");
  return build();
}

function outputsExist() {
  return globSync("packages/*/src/index.ts", { cwd: root }).every((file) =>
    existsSync(join(root, dirname(dirname(file)), "dist/index.js")),
  );
}

function sourcesHash() {
  const hash = createHash("sha256");
  const files = INPUTS.flatMap((pattern) => globSync(pattern, { cwd: root, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !/\.(test|stories)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files)
    hash.update(file.slice(root.length)).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

if (process.argv[1] === import.meta.filename) {
  const ok = process.argv.includes("--if-stale") ? await buildIfStale() : build();
  process.exitCode = ok ? 0 : 1;
}
