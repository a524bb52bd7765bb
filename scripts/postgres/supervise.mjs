// Runs one PostgreSQL for as long as its standard input stays open. A pipe closes however its writer ends,
// also by SIGKILL, so no server and no data directory is ever left behind.
import { execFile, spawn } from "node:child_process";
import { chownSync, cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { freePort } from "../ports.mjs";
import { unprivilegedUser } from "./unprivileged-user.mjs";

const run = promisify(execFile);
const user = unprivilegedUser();
const identity = user ? { uid: user.uid, gid: user.gid } : {};

/** @type {string | undefined} */
let root;
/** @type {import("node:child_process").ChildProcess | undefined} */
let server;
/** @type {() => void} */
let finished = () => {};

const input = createInterface({ input: process.stdin });
input.once("line", (line) => {
  start(JSON.parse(line)).then(
    (port) => answer({ port }),
    (error) => answer({ error: String(error?.stderr || error?.message || error) }),
  );
});
input.once("close", () => void stop());

/** @param {{ bin: string, password: string, settings: Record<string, string | number> }} options */
async function start({ bin, password, settings }) {
  root = mkdtempSync(join(user ? "/tmp" : tmpdir(), "welby-postgres-"));
  if (user) chownSync(root, user.uid, user.gid);
  if (user && !readableByOthers(bin)) {
    // A clone below /root, for instance, cannot be entered by the user the server runs as.
    cpSync(dirname(bin), join(root, "native"), { recursive: true, verbatimSymlinks: true });
    bin = join(root, "native", "bin");
  }
  const passwordFile = join(root, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);

  const data = join(root, "data");
  const initOptions = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  await run(
    join(bin, "initdb"),
    [`--pgdata=${data}`, ...initOptions, "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"],
    { ...identity, cwd: root },
  );

  // Another process may take the port between the look and the start.
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    try {
      await serve(bin, data, port, settings);
      return port;
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

/**
 * @param {string} bin
 * @param {string} data
 * @param {number} port
 * @param {Record<string, string | number>} settings
 * @returns {Promise<void>}
 */
function serve(bin, data, port, settings) {
  const all = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    // The data does not outlive the test, so nothing needs to reach the disk.
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    shared_buffers: "32MB",
    ...settings,
  };
  const args = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(join(bin, "postgres"), ["-D", data, ...args], {
    ...identity,
    cwd: data,
    env: { ...process.env, LC_ALL: "C" },
    stdio: ["ignore", "ignore", "pipe"],
    windowsHide: true,
  });
  return new Promise((resolve, reject) => {
    let log = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      if (server) return;
      log += text;
      if (!log.includes("ready to accept connections")) return;
      server = child;
      resolve();
    });
    child.once("error", reject);
    child.once("exit", () => {
      if (!server) reject(new Error(log));
      finished();
    });
  });
}

async function stop() {
  if (server && server.exitCode === null && server.signalCode === null) {
    const gone = new Promise((resolve) => (finished = () => resolve(undefined)));
    // Immediate shutdown: what is in memory does not matter any more.
    server.kill(process.platform === "win32" ? "SIGTERM" : "SIGQUIT");
    await gone;
  }
  if (root) rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  process.exit(0);
}

/** @param {{ port?: number, error?: string }} message */
function answer(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** @param {string} directory */
function readableByOthers(directory) {
  for (let path = directory; ; path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}
