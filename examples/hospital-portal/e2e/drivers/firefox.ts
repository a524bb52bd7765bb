import * as puppeteer from "puppeteer-core";
import type { Driver, Page } from "./driver.ts";

/** Firefox over WebDriver BiDi by puppeteer-core. */
export async function startFirefox(executablePath: string): Promise<Driver> {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath,
    headless: true,
    extraPrefsFirefox: { "intl.accept_languages": "ja-JP, ja" },
  });
  return {
    engine: "firefox",
    newPage: async () => {
      const page = await browser.newPage();
      await page.setViewport({ width: 1280, height: 900 });
      return wrap(page);
    },
    close: () => browser.close(),
  };
}

function wrap(page: puppeteer.Page): Page {
  return {
    goto: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    url: async () => page.url(),
    evaluate: async (fn, ...args) =>
      (await page.evaluate(`(${fn.toString()})(...${JSON.stringify(args)})`)) as never,
    clickAt: (x, y) => page.mouse.click(x, y),
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    selectAll: async () => {
      await page.keyboard.down("Control");
      await page.keyboard.press("a");
      await page.keyboard.up("Control");
    },
    screenshot: async (path) => void (await page.screenshot({ path })),
    close: () => page.close(),
  };
}
