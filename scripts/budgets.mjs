// Size budgets of the portal's pages, from the browser's own network log: brotli, cold cache, headers included.
// Bytes and counts only, so a run on a slow machine says the same as one on a fast machine.
import { chromium } from "playwright-core";
import { demoPassword } from "@welby/backend/seed";
import { startSandbox } from "@welby/sandbox";
import { startPortal } from "../examples/hospital-portal/server.mjs";
import { CHROMIUM_FLAGS } from "./browsers/chromium-flags.mjs";
import { findBrowsers } from "./browsers/find.mjs";
import { networkLog, sum } from "./budgets/network-log.mjs";
import { portOrNext } from "./ports.mjs";

const BUDGETS = {
  "until the login form can be typed into": 18_000,
  "until a sign-in completes": 56_000,
  "welby-group-picker, over what is loaded": 15_000,
  "welby-staff-role-editor, over what is loaded": 15_000,
};

const portalPort = await portOrNext(28_080);
const sandbox = await startSandbox({ port: 0, portalOrigin: `http://localhost:${portalPort}` });
const portal = await startPortal({ port: portalPort, apiUrl: sandbox.url });
const browser = await chromium.launch({
  ...(findBrowsers().chromium ? { executablePath: findBrowsers().chromium } : {}),
  args: CHROMIUM_FLAGS,
});
/** @type {Map<keyof typeof BUDGETS, import("./budgets/network-log.mjs").Transfer[]>} */
const measured = new Map();

try {
  const context = await browser.newContext({ locale: "ja-JP" });
  const page = await context.newPage();
  const log = await networkLog(page);

  // The moment at which a person could type, on the page's own clock: later requests do not count.
  await page.addInitScript(() => {
    new MutationObserver((_records, observer) => {
      const input = document.querySelector("welby-login input[autocomplete~='username']");
      if (!(input instanceof HTMLInputElement) || input.disabled || input.getClientRects().length === 0)
        return;
      observer.disconnect();
      Object.assign(globalThis, { welbyTypableAt: performance.timeOrigin + performance.now() });
    }).observe(document, { childList: true, subtree: true, attributes: true });
  });
  await page.goto(`${portal.url}/`);
  await page.waitForFunction(() => "welbyTypableAt" in globalThis);
  const typableAt = /** @type {number} */ (
    await page.evaluate(() => Reflect.get(globalThis, "welbyTypableAt"))
  );
  await log.quiet();
  measured.set(
    "until the login form can be typed into",
    log.transfers().filter(({ startedAt }) => startedAt <= typableAt),
  );

  await page.locator("welby-login input[autocomplete~='username']").fill("suzuki@minato.example.jp");
  await page.locator("welby-login input[autocomplete~='current-password']").fill(demoPassword);
  await page.keyboard.press("Enter");
  await page.waitForURL(`${portal.url}/patients`);
  await page.locator("#rows tr").first().waitFor();
  await log.quiet();
  const all = log.transfers();
  const leftAt = all.find(({ url }) => url === `${portal.url}/patients`)?.startedAt ?? Infinity;
  measured.set(
    "until a sign-in completes",
    all.filter(({ startedAt }) => startedAt < leftAt),
  );

  const loaded = new Set(all.map(({ url }) => url));
  const before = all.length;
  await page.locator("#rows input").first().check();
  await page.locator("welby-group-picker input").first().waitFor();
  await log.quiet();
  const picker = log.transfers().filter(({ url }) => /\/welby\/.*group-picker/.test(url));
  measured.set(
    "welby-group-picker, over what is loaded",
    kitFiles([...picker, ...log.transfers().slice(before)]),
  );

  await page.goto(`${portal.url}/staff`);
  await page.locator("welby-staff-role-editor input[type=radio]").first().waitFor();
  await log.quiet();
  measured.set(
    "welby-staff-role-editor, over what is loaded",
    kitFiles(
      log
        .transfers()
        .slice(before)
        .filter(({ url }) => !loaded.has(url)),
    ),
  );
} finally {
  await browser.close();
  await portal.stop();
  await sandbox.close();
}

let broken = 0;
for (const [name, limit] of Object.entries(BUDGETS)) {
  const transfers = measured.get(/** @type {keyof typeof BUDGETS} */ (name)) ?? [];
  const bytes = sum(transfers);
  const within = bytes > 0 && bytes <= limit;
  if (!within) broken += 1;
  console.log(
    `${within ? "✔" : "✖"} ${name}: ${bytes.toLocaleString("en")} of ${limit.toLocaleString("en")} bytes`,
  );
  for (const { url, bytes: size } of transfers.sort((a, b) => b.bytes - a.bytes)) {
    console.log(`    ${String(size).padStart(7)}  ${new URL(url).pathname}`);
  }
}
process.exitCode = broken === 0 ? 0 : 1;

/** @param {import("./budgets/network-log.mjs").Transfer[]} transfers */
function kitFiles(transfers) {
  return [...new Set(transfers)].filter(({ url }) => new URL(url).pathname.startsWith("/welby/"));
}
