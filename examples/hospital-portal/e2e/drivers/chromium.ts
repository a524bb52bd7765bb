import { chromium, type Page as PlaywrightPage } from "playwright-core";
import { CHROMIUM_FLAGS } from "../../../../scripts/browsers/chromium-flags.mjs";
import type { Driver, Page } from "./driver.ts";

/** Chromium by playwright-core. */
export async function startChromium(executablePath: string): Promise<Driver> {
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  const context = await browser.newContext({ locale: "ja-JP", viewport: { width: 1280, height: 900 } });
  return {
    engine: "chromium",
    newPage: async () => wrap(await context.newPage()),
    close: () => browser.close(),
  };
}

/** What the journey needs of a page. */
export function wrap(page: PlaywrightPage): Page {
  return {
    goto: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    url: async () => page.url(),
    evaluate: (fn, ...args) => page.evaluate<never>(`(${fn.toString()})(...${JSON.stringify(args)})`),
    clickAt: (x, y) => page.mouse.click(x, y),
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    selectAll: () => page.keyboard.press("ControlOrMeta+a"),
    screenshot: async (path) => void (await page.screenshot({ path, fullPage: true })),
    close: () => page.close(),
  };
}
