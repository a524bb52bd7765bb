import { chromium } from "playwright-core";
import * as puppeteer from "puppeteer-core";
import { CHROMIUM_FLAGS } from "../../../../scripts/browsers/chromium-flags.mjs";
import { findBrowsers } from "../../../../scripts/browsers/find.mjs";
import { startWebKitDriver } from "../../../../scripts/browsers/webkit-driver.mjs";

export type Engine = "chromium" | "firefox" | "webkit";

const found = findBrowsers();

/** Why an engine cannot be used here; undefined when it can. Under CI a missing one is an error of the test itself. */
export function whyNot(engine: Engine): string | undefined {
  return found[engine] || process.env["CI"] ? undefined : `${engine} is not installed`;
}

/** Opens a page in a fresh browser; the answer closes the browser. */
export async function openIn(engine: Engine, url: string): Promise<() => Promise<void>> {
  const executablePath = engine === "webkit" ? "" : found[engine];
  if (executablePath === undefined)
    throw new Error(`${engine} is not installed (node scripts/system-packages.mjs)`);
  if (engine === "chromium") {
    const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
    await (await browser.newPage()).goto(url);
    return () => browser.close();
  }
  if (engine === "firefox") {
    const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
    await (await browser.newPage()).goto(url);
    return () => browser.close();
  }
  // Read when the module is loaded; otherwise it tells of each step.
  process.env["WDIO_LOG_LEVEL"] ??= "error";
  const { default: WebDriver } = await import("webdriver");
  const { hostname, port, capabilities, stop } = await startWebKitDriver();
  const session = await WebDriver.newSession({ hostname, port, path: "/", logLevel: "error", capabilities });
  await session.navigateTo(url);
  return async () => {
    await session.deleteSession();
    await stop();
  };
}
