/** The engine that runs this test. */
export type Engine = "chromium" | "firefox" | "webkit";

export const engine: Engine = /Chrome\//.test(navigator.userAgent)
  ? "chromium"
  : /Firefox\//.test(navigator.userAgent)
    ? "firefox"
    : "webkit";

/**
 * A test for some engines only. In the others it counts as skipped, with the reason in its name, which the
 * test report demands: `onlyIn(["chromium"], "only Chromium's IME can be driven", "composes", async () => …)`.
 */
export function onlyIn(
  engines: readonly Engine[],
  reason: string,
  name: string,
  test: () => void | Promise<void>,
): void {
  if (engines.includes(engine)) it(name, test);
  else it.skip(`${name} (not in ${engine}: ${reason})`, test);
}
