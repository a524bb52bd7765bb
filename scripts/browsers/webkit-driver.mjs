import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "../ports.mjs";
import { findBrowsers } from "./find.mjs";

/**
 * A WebDriver for WebKitGTK on a loopback port, with a display of its own.
 *
 * @typedef {object} WebKitDriver
 * @property {string} hostname
 * @property {number} port
 * @property {Record<string, any>} capabilities what a new session has to ask for
 * @property {() => Promise<void>} stop
 */

/**
 * Starts the driver (and Xvfb, where it is installed). Both end with this process, however it ends.
 *
 * @returns {Promise<WebKitDriver>}
 * @throws if WebKitGTK is not installed or does not start
 */
export async function startWebKitDriver() {
  const { webkit } = findBrowsers();
  if (!webkit)
    throw new Error("WebKitGTK is not installed (Debian: apt-get install webkit2gtk-driver xvfb).");

  const display = webkit.display ? await startDisplay(webkit.display) : undefined;
  const port = await freePort();
  const env = {
    ...process.env,
    ...(display && { DISPLAY: display.name }),
    // Without a desktop there is no accessibility bus to wait for.
    NO_AT_BRIDGE: "1",
  };
  const driver = tied([webkit.driver, `--port=${port}`, "--host=127.0.0.1"], env);
  const stop = async () => {
    await driver.stop();
    await display?.stop();
  };
  try {
    await answering(port);
    driver.release();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    hostname: "127.0.0.1",
    port,
    capabilities: {
      browserName: "MiniBrowser",
      // The driver speaks classic WebDriver; asking it for BiDi only costs a failed connection.
      "wdio:enforceWebDriverClassic": true,
      "webkitgtk:browserOptions": { binary: webkit.browser, args: ["--automation"] },
    },
    stop,
  };
}

/** Xvfb picks a free display number itself and writes it down: no race with other test runs. @param {string} xvfb */
async function startDisplay(xvfb) {
  const xvfbProcess = tied(
    [xvfb, "-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
    process.env,
  );
  for await (const line of createInterface({ input: xvfbProcess.stdout })) {
    xvfbProcess.release();
    return { name: `:${line.trim()}`, stop: xvfbProcess.stop };
  }
  throw new Error("Xvfb did not start.");
}

/** @param {string[]} command @param {NodeJS.ProcessEnv} env */
function tied(command, env) {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL("./tied-process.mjs", import.meta.url)), ...command],
    {
      env,
      stdio: ["pipe", "pipe", "ignore"],
      // Ctrl-C reaches the whole terminal group; this one ends when its input closes.
      detached: true,
    },
  );
  child.stdin.on("error", () => {});
  return {
    stdout: child.stdout,
    /** From now on this process may end without waiting for that one. */
    release() {
      child.unref();
      for (const stream of [child.stdin, child.stdout]) /** @type {any} */ (stream).unref?.();
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.ref();
      const exited = once(child, "exit");
      child.stdin.end();
      await exited;
    },
  };
}

/** @param {number} port */
async function answering(port) {
  const deadline = Date.now() + 15_000;
  for (;;) {
    try {
      if ((await fetch(`http://127.0.0.1:${port}/status`)).ok) return;
    } catch {
      // Not listening yet.
    }
    if (Date.now() > deadline) throw new Error("WebKitWebDriver did not answer within 15 seconds.");
    await sleep(50);
  }
}
