import { cpus } from "node:os";
import { chromeLauncher } from "@web/test-runner-chrome";
import { webdriverLauncher } from "@web/test-runner-webdriver";
import * as puppeteer from "puppeteer-core";
import { CHROMIUM_FLAGS } from "../browsers/chromium-flags.mjs";
import { findBrowsers } from "../browsers/find.mjs";
import { startWebKitDriver } from "../browsers/webkit-driver.mjs";
import { ENGINES } from "./engine-names.mjs";

/**
 * Launchers for the engines asked for: `WELBY_BROWSERS=chromium,webkit`, or all that are installed.
 *
 * @returns {Promise<import("@web/test-runner").BrowserLauncher[]>}
 * @throws if an engine that was named, or under CI any of the three, is not installed
 */
export async function browserLaunchers() {
  const named = process.env.WELBY_BROWSERS?.split(",").map((name) => name.trim());
  const unknown = named?.filter((name) => !ENGINES.some((engine) => engine === name)) ?? [];
  if (unknown.length > 0)
    throw new Error(`WELBY_BROWSERS: ${unknown.join(", ")} is none of ${ENGINES.join(", ")}.`);

  const found = findBrowsers();
  const launchers = [];
  for (const engine of ENGINES.filter((engine) => !named || named.includes(engine))) {
    if (!found[engine]) {
      const message = `${engine} is not installed (node scripts/system-packages.mjs).`;
      if (named || process.env.CI) throw new Error(message);
      console.warn(`${message} Its tests do not run.`);
      continue;
    }
    if (engine === "chromium") launchers.push(chromium(/** @type {string} */ (found.chromium)));
    if (engine === "firefox") launchers.push(firefox(/** @type {string} */ (found.firefox)));
    if (engine === "webkit") launchers.push(await webkit());
  }
  if (launchers.length === 0) throw new Error("No browser engine is installed.");
  return launchers;
}

/** @param {string} executablePath */
function chromium(executablePath) {
  return named(
    "Chromium",
    chromeLauncher({
      puppeteer: /** @type {any} */ (puppeteer),
      concurrency: Math.max(1, Math.floor(cpus().length / 2)),
      launchOptions: { executablePath, args: CHROMIUM_FLAGS },
      // Files that run side by side share neither storage nor service workers.
      createPage: async ({ browser }) => (await browser.createBrowserContext()).newPage(),
    }),
  );
}

/** @param {string} executablePath */
function firefox(executablePath) {
  return named(
    "Firefox",
    chromeLauncher({
      puppeteer: /** @type {any} */ (puppeteer),
      concurrency: 1,
      launchOptions: { browser: "firefox", executablePath },
    }),
  );
}

async function webkit() {
  const { hostname, port, capabilities, stop } = await startWebKitDriver();
  const launcher = named(
    "WebKit",
    webdriverLauncher({ hostname, port, path: "/", logLevel: "error", capabilities }),
  );
  const stopLauncher = launcher.stop?.bind(launcher);
  launcher.stop = async () => {
    await stopLauncher?.();
    await stop();
  };
  return launcher;
}

/**
 * The launchers find names of their own in `initialize`; reports should read the same on every machine.
 *
 * @template {import("@web/test-runner").BrowserLauncher} L
 * @param {string} name
 * @param {L} launcher
 * @returns {L}
 */
function named(name, launcher) {
  const initialize = launcher.initialize?.bind(launcher);
  launcher.initialize = async (...args) => {
    await initialize?.(...args);
    launcher.name = name;
  };
  return launcher;
}
