import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Commands that are running, so that Ctrl-C can end them. @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
  process.once(signal, () => {
    for (const child of running) child.kill(signal);
    process.exit(130);
  });
}

/**
 * Runs a Node program with its output going straight to the terminal.
 *
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined> }} [options]
 * @returns {Promise<number>} the exit code
 */
export function runNode(args, { env } = {}) {
  const child = spawn(process.execPath, args, { stdio: "inherit", env: { ...process.env, ...env } });
  running.add(child);
  return new Promise((resolve) => {
    child.once("error", (error) => {
      console.error(String(error));
      resolve(1);
    });
    child.once("exit", (code) => {
      running.delete(child);
      resolve(code ?? 1);
    });
  });
}

/**
 * Runs a Node program that leaves its counts in the file named by WELBY_RESULTS.
 *
 * @param {string} what for the report, should the program break before it counted
 * @param {(resultsFile: string) => string[]} args
 * @param {{ env?: Record<string, string | undefined> }} [options]
 * @returns {Promise<import("./results.mjs").Results>}
 */
export async function runCounted(what, args, { env } = {}) {
  const directory = mkdtempSync(join(tmpdir(), "welby-results-"));
  const file = join(directory, "results.json");
  try {
    const code = await runNode(args(file), { env: { ...env, WELBY_RESULTS: file } });
    const results = read(file);
    if (!results)
      return {
        passed: 0,
        failed: [`${what}: ended with code ${code} before it counted anything`],
        skipped: [],
      };
    if (code !== 0 && results.failed.length === 0) results.failed.push(`${what}: ended with code ${code}`);
    if (results.passed + results.failed.length + results.skipped.length === 0) {
      results.failed.push(`${what}: no test was found`);
    }
    return results;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** @param {string} file @returns {import("./results.mjs").Results | undefined} */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
