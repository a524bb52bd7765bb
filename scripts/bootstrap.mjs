// Runs before every npm command: installs the locked dependencies if they are not what the lock file says.
// It has to run on the Node that a machine happens to have, before anything is installed: no dependencies,
// nothing newer than Node 20.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const NEEDED = [22, 19];

if (!installed()) {
  console.log("Installing the locked dependencies (npm ci) …");
  const npm = process.env.npm_execpath;
  const result = npm
    ? spawnSync(process.execPath, [npm, "ci"], { cwd: root, stdio: "inherit" })
    : spawnSync("npm", ["ci"], { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  if (result.status !== 0) {
    console.error(
      `\nnpm ci failed${result.error ? `: ${result.error.message}` : ""}. Nothing else was started.`,
    );
    process.exit(1);
  }
}

// The lock file brings a Node of its own to most platforms, which npm's scripts find first on the PATH.
const bundled = join(root, "node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node");
if (!existsSync(bundled) && !newEnough(process.versions.node)) {
  console.error(
    `This needs Node ${NEEDED.join(".")} or newer. Yours is ${process.versions.node}, and there is no packaged Node ` +
      `for ${process.platform}-${process.arch}: please install a newer one (nodejs.org) and try again.`,
  );
  process.exit(1);
}

/**
 * npm writes what it installed into node_modules/.package-lock.json, at the very end of an installation.
 * It must hold every package of the lock file that is meant for this platform.
 */
function installed() {
  const wanted = packagesOf("package-lock.json");
  const present = packagesOf("node_modules/.package-lock.json");
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "" || skippedHere(entry)) return true;
    if (entry.link) return present[path]?.link === true;
    // Entries outside node_modules are the workspaces themselves.
    if (!path.includes("node_modules/")) return true;
    return present[path]?.version === entry.version && present[path]?.integrity === entry.integrity;
  });
}

/** @param {string} file @returns {Record<string, any> | undefined} */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** An optional package may be missing unless it names this very platform. @param {any} entry */
function skippedHere(entry) {
  if (!entry.optional && !entry.devOptional && !entry.peer) return false;
  return !(entry.os?.includes(process.platform) && entry.cpu?.includes(process.arch) && !entry.libc);
}

/** @param {string} version */
function newEnough(version) {
  const [major, minor] = version.split(".").map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}
