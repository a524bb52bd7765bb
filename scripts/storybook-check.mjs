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
const docs = Object.values(entries).filter((entry) => entry.type === "docs");

const server = await serveDirectory(DIRECTORY);
const browser = await chromium.launch({ executablePath: findBrowsers().chromium, args: CHROMIUM_FLAGS });
const results = noResults();

/** What went wrong since it was last asked. @type {string[]} */
let problems = [];
const page = await (await browser.newContext({ locale: "ja-JP" })).newPage();
page.setDefaultTimeout(TIMEOUT_MS);
page.on("pageerror", (error) => problems.push(`an error nobody caught: ${error.message}`));
page.on("console", (message) => {
  const { url } = message.location();
  if (message.type() === "error" && !url.endsWith("/favicon.ico"))
    problems.push(`written to the console: ${message.text()}`);
});
page.on("request", (request) => {
  const { origin, protocol } = new URL(request.url());
  if (protocol.startsWith("http") && origin !== server.origin) problems.push(`a request to ${origin}`);
});

try {
  for (const entry of [...stories, ...docs]) {
    const { title, name, type } = entry;
    problems = [];
    try {
      problems.push(...(await (type === "docs" ? showDocs(entry.id) : showStory(entry.id))));
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
    console.log(`${problems.length === 0 ? "✔" : "✖"} ${title} › ${name}`);
    for (const problem of problems) console.log(`    ${problem}`);
    if (problems.length === 0) results.passed += 1;
    else results.failed.push(`${type} ${title} › ${name}: ${problems[0]}`);
  }
} finally {
  await browser.close();
  await server.close();
}
leaveResults(results);
console.log(closingLine(results));
process.exitCode = results.failed.length > 0 || stories.length === 0 ? 1 : 0;

/**
 * Every story has a service of its own in memory, so one page can show them all, one after the other.
 *
 * @param {string} id @returns {Promise<string[]>}
 */
async function showStory(id) {
  const address = `${server.origin}/iframe.html?viewMode=story&id=`;
  if (!page.url().startsWith(address)) {
    await page.goto(address + id);
    await page.waitForFunction(() => "__STORYBOOK_PREVIEW__" in globalThis);
  }
  return page.evaluate(selectStory, [id, TIMEOUT_MS]);
}

/** @param {string} id @returns {Promise<string[]>} */
async function showDocs(id) {
  await page.goto(`${server.origin}/iframe.html?viewMode=docs&id=${id}`);
  return (await page.waitForFunction(docsOutcome)).jsonValue();
}

/**
 * Runs in the page: shows a story, waits until it and its play function are through, and says what is wrong with it.
 *
 * @param {[id: string, timeoutMs: number]} options
 * @returns {Promise<string[]>}
 */
function selectStory([id, timeoutMs]) {
  const channel = /** @type {any} */ (globalThis).__STORYBOOK_ADDONS_CHANNEL__;
  const failures = ["storyMissing", "storyErrored", "storyThrewException", "playFunctionThrewException"];
  return new Promise((resolve) => {
    /** @type {[string, (data: any) => void][]} */
    const listeners = failures.map((event) => [
      event,
      (data) => done([`${event}: ${data?.message ?? data?.description ?? JSON.stringify(data)}`]),
    ]);
    listeners.push(["storyFinished", (data) => data.storyId === id && done(outcome(data))]);
    const timer = setTimeout(() => done([`not through after ${timeoutMs} ms`]), timeoutMs);
    /** @param {string[]} found */
    function done(found) {
      clearTimeout(timer);
      for (const [event, listener] of listeners) channel.off(event, listener);
      resolve(found);
    }
    for (const [event, listener] of listeners) channel.on(event, listener);
    channel.emit("setCurrentStory", { storyId: id, viewMode: "story" });
    // The first story is shown by the page's address: it may be through already.
    const last = channel.last("storyFinished")?.[0];
    if (last?.storyId === id) done(outcome(last));
  });

  /** @param {any} finished */
  function outcome(finished) {
    const root = document.querySelector("#storybook-root");
    const found = [];
    if (finished.status === "error") found.push("the story ended with an error");
    for (const { type, status, result } of finished.reporters ?? []) {
      if (status !== "failed") continue;
      const rules = (result?.violations ?? []).map(
        (/** @type {any} */ rule) => `${rule.id} (${rule.nodes[0]?.html})`,
      );
      found.push(`${type}: ${rules.join("; ")}`);
    }
    // Storybook's renderer may put a wrapper of its own into the root.
    const shown = root?.querySelector(":scope > :not(#root-inner), #root-inner > *");
    if (!root || !shown) found.push("the page is empty");
    const dead = [...(root?.querySelectorAll(":not(:defined)") ?? [])].map((element) => element.localName);
    if (dead.length > 0) found.push(`not registered: ${[...new Set(dead)].join(", ")}`);
    return found;
  }
}

/**
 * Runs in the page: `undefined` until the stories of a page of documentation stand in it, one below the other or in
 * frames; then what is wrong with it.
 *
 * @returns {string[] | undefined}
 */
function docsOutcome() {
  const root = document.querySelector("#storybook-docs");
  const blocks = [...(root?.querySelectorAll(".docs-story") ?? [])];
  const shown = blocks.filter((block) => block.querySelector("iframe, welby-provider > *"));
  if (blocks.length === 0 || shown.length < blocks.length) return undefined;
  const dead = [...(root?.querySelectorAll(":not(:defined)") ?? [])].map((element) => element.localName);
  return dead.length > 0 ? [`not registered: ${[...new Set(dead)].join(", ")}`] : [];
}
