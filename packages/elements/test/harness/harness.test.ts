import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { chromium, type Browser, type Page } from "playwright-core";
import { CHROMIUM_FLAGS } from "../../../../scripts/browsers/chromium-flags.mjs";
import { findBrowsers } from "../../../../scripts/browsers/find.mjs";
import type { Harness, Shown } from "./page.ts";
import { startHarness, type HarnessServer } from "./server.ts";

const states = JSON.parse(readFileSync(new URL("../../states.json", import.meta.url), "utf8")) as Record<
  string,
  Record<string, string>
>;
const cells = Object.entries(states).flatMap(([tag, names]) =>
  Object.keys(names).map((state) => `${tag} › ${state}`),
);

const executablePath = findBrowsers().chromium;
const skip = executablePath || process.env["CI"] ? false : "Chromium is not installed";

describe("EM-1: every story on a plain page under a strict policy with Trusted Types", { skip }, () => {
  let server: HarnessServer;
  let browser: Browser;
  let page: Page;
  const elsewhere: string[] = [];
  const errors: string[] = [];

  before(async () => {
    server = await startHarness("https://api.example.jp");
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: CHROMIUM_FLAGS });
    page = await (await browser.newContext({ locale: "ja-JP" })).newPage();
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(`${server.origin}/`)) elsewhere.push(url);
    });
    await page.goto(server.origin);
    await page.waitForFunction(() => "harness" in globalThis);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  const violations = () =>
    page.evaluate(() => [...(globalThis as never as { harness: Harness }).harness.violations]);

  test("there is a story for every cell of states.json, and no other", async () => {
    const names = await page.evaluate(() => [...(globalThis as never as { harness: Harness }).harness.names]);
    assert.deepEqual([...names].sort(), [...cells].sort());
  });

  for (const [locale, theme] of [
    ["ja", "light"],
    ["en", "dark"],
  ] as const) {
    test(`each reaches its state in ${locale}, ${theme}, and none violates the policy`, async () => {
      const problems: string[] = [];
      for (const cell of cells) {
        const { problem }: Shown = await page.evaluate(
          ([name, globals]) => (globalThis as never as { harness: Harness }).harness.show(name, globals),
          [cell, { locale, theme }] as const,
        );
        if (problem !== null) problems.push(`${cell}: ${problem}`);
        for (const error of errors.splice(0)) problems.push(`${cell}: an error nobody caught: ${error}`);
      }
      assert.deepEqual(problems, []);
      assert.deepEqual(await violations(), []);
    });
  }

  test("nothing but the page's own modules was asked for", () => {
    assert.deepEqual(elsewhere, []);
  });

  test("a violation would have been seen", async () => {
    await page.evaluate(() => (globalThis as never as { harness: Harness }).harness.breakThePolicy());
    await page.waitForFunction(
      () => (globalThis as never as { harness: Harness }).harness.violations.length > 0,
    );
    assert.match((await violations())[0] ?? "", /^style-src-attr/);
  });
});
