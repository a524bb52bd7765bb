// Tests that need a browser, in Chromium, Firefox and WebKitGTK: `WELBY_BROWSERS=chromium npx wtr --files <file>`.
import { createRequire } from "node:module";
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { a11ySnapshotPlugin } from "@web/test-runner-commands/plugins";
import { fileURLToPath } from "node:url";
import { readFile } from "node:fs/promises";
import { browserLaunchers } from "./scripts/wtr/engines.mjs";
import { imePlugin } from "./scripts/wtr/ime-plugin.mjs";
import { reporter } from "./scripts/wtr/reporter.mjs";
import { testPage } from "./scripts/wtr/page.mjs";

const { resolve } = createRequire(import.meta.url);

export default {
  rootDir: ".",
  files: ["packages/*/test/browser/**/*.test.ts", "packages/elements/src/elements/*/test/**/*.test.ts"],
  browsers: await browserLaunchers(),
  // WebKit's driver has one window; more than one file at a time would put them into iframes, where focus,
  // top-level navigation and storage differ. Chromium has a number of its own.
  concurrency: 1,
  concurrentBrowsers: 1,
  // `browser` is required for axios, which otherwise brings its Node adapter.
  nodeResolve: { browser: true, exportConditions: ["@welby/source", "development", "browser"] },
  plugins: [
    esbuildPlugin({
      ts: true,
      target: "es2022",
      tsconfig: fileURLToPath(new URL("./tsconfig.tests.json", import.meta.url)),
    }),
    a11ySnapshotPlugin(),
    imePlugin(),
  ],
  middleware: [serveMockWorker],
  testRunnerHtml: testPage,
  reporters: [reporter()],
  testFramework: { config: { timeout: 5000 } },
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 180_000,
};

/** A service worker controls only what lies below its own address, so the mock's has to lie at the root. */
async function serveMockWorker(context, next) {
  if (context.path !== "/mockServiceWorker.js") return next();
  context.type = "text/javascript";
  context.body = await readFile(resolve("msw/mockServiceWorker.js"), "utf8");
}
