// Genuine IME composition in Chromium: the browser itself fires the composition and input events, trusted and in
// its own order. Synthetic events would only show that an element agrees with the test's author.

/**
 * Commands `ime-compose`, `ime-commit` and `ime-key` for packages/elements/test/support/ime.ts.
 *
 * @returns {import("@web/test-runner").TestRunnerPlugin}
 */
export function imePlugin() {
  /** @type {WeakMap<object, Promise<any>>} one protocol session a page */
  const sessions = new WeakMap();

  /** @param {any} page */
  const protocol = (page) => {
    const session = sessions.get(page) ?? page.createCDPSession();
    sessions.set(page, session);
    return session;
  };

  return {
    name: "ime",
    async executeCommand({ command, payload, session }) {
      if (!command.startsWith("ime-")) return undefined;
      const browser = /** @type {any} */ (session.browser);
      if (browser.type !== "puppeteer" || browser.launchOptions?.browser === "firefox") {
        throw new Error(
          `${browser.name} has no command for IME composition: run this test in Chromium only.`,
        );
      }
      const page = browser.getPage(session.id);
      await page.bringToFront();
      const cdp = await protocol(page);
      const { text = "", caret = text.length, type, key, code, keyCode } = /** @type {any} */ (payload ?? {});
      switch (command) {
        case "ime-compose":
          await cdp.send("Input.imeSetComposition", { text, selectionStart: caret, selectionEnd: caret });
          return true;
        case "ime-commit":
          await cdp.send("Input.insertText", { text });
          return true;
        case "ime-key":
          await cdp.send("Input.dispatchKeyEvent", { type, key, code, windowsVirtualKeyCode: keyCode });
          return true;
        default:
          throw new Error(`There is no command ${command}.`);
      }
    },
  };
}
