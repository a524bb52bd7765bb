// Opens every story of the static Storybook in Chromium. A build can be green while its pages are dead, for
// instance when a bundler dropped the modules that register the elements.
import { readFile } from "node:fs/promises";
import { chromium } from "playwright-core";
import { findBrowsers } from "./browsers/find.mjs";
import { serveDirectory } from "./serve-directory.mjs";
import { closingLine, leaveResults, noResults } from "./testing/results.mjs";
import { CHROMIUM_FLAGS } from "./browsers/chromium-flags.mjs";

const DIRECTORY = "storybook-static";
const TIMEOUT_MS = 20_000;

const { entries } = JSON.parse(await readFile(`${DIRECTORY}/index.json`, "utf8"));
const stories = Object.values(entries).filter((entry) => entry.type === "story");

const server = await serveDirectory(DIRECTORY);
const browser = await chromium.launch({ executablePath: findBrowsers().chromium, args: CHROMIUM_FLAGS });
const results = noResults();
try {
  for (const { id, title, name } of stories) {
    const problems = await problemsOf(id);
    console.log(`${problems.length === 0 ? "✔" : "✖"} ${title} › ${name}`);
    for (const problem of problems) console.log(`    ${problem}`);
    if (problems.length === 0) results.passed += 1;
    else results.failed.push(`story ${title} › ${name}: ${problems[0]}`);
  }
} finally {
  await browser.close();
  await server.close();
}
leaveResults(results);
console.log(closingLine(results));
process.exitCode = results.failed.length > 0 || stories.length === 0 ? 1 : 0;

/** @param {string} id @returns {Promise<string[]>} */
async function problemsOf(id) {
  /** @type {string[]} */
  const problems = [];
  // A context a story: none sees what another one stored.
  const context = await browser.newContext({ locale: "ja-JP" });
  try {
    const page = await context.newPage();
    page.on("pageerror", (error) => problems.push(`an error nobody caught: ${error.message}`));
    page.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol.startsWith("http") && origin !== server.origin) problems.push(`a request to ${origin}`);
    });
    await page.goto(`${server.origin}/iframe.html?id=${id}&viewMode=story`);
    const outcome = await page.waitForFunction(storyOutcome, undefined, { timeout: TIMEOUT_MS });
    problems.push(...(await outcome.jsonValue()));
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  } finally {
    await context.close();
  }
  return problems;
}

/**
 * Runs in the page: `undefined` until the story and its play function are through, then what is wrong with it.
 *
 * @returns {string[] | undefined}
 */
function storyOutcome() {
  const channel = /** @type {any} */ (globalThis).__STORYBOOK_ADDONS_CHANNEL__;
  if (!channel) return undefined;
  for (const event of ["storyMissing", "storyErrored", "storyThrewException", "playFunctionThrewException"]) {
    const data = channel.last(event)?.[0];
    if (data !== undefined)
      return [`${event}: ${data?.message ?? data?.description ?? JSON.stringify(data)}`];
  }
  const finished = channel.last("storyFinished")?.[0];
  if (!finished) return undefined;

  const root = document.querySelector("#storybook-root");
  const problems = [];
  if (finished.status === "error") problems.push("the story ended with an error");
  // Storybook's renderer may put a wrapper of its own into the root.
  const shown = root?.querySelector(":scope > :not(#root-inner), #root-inner > *");
  if (!root || !shown) problems.push("the page is empty");
  const dead = [...(root?.querySelectorAll(":not(:defined)") ?? [])].map((element) => element.localName);
  if (dead.length > 0) problems.push(`not registered: ${[...new Set(dead)].join(", ")}`);
  return problems;
}
