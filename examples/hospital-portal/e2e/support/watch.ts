import type { Driver, Page } from "../drivers/driver.ts";

interface Summary {
  readonly violations: string[];
  readonly origins: string[];
  readonly storage: string[];
}

/**
 * Watches every page from the outside of its policy: before a page is left or reloaded, and at the end,
 * it is asked what its observers saw. Nothing is injected that the policy would have to allow.
 */
export function watchPages() {
  const pages = new Set<Page>();
  const violations: string[] = [];
  const origins = new Set<string>();
  const storage = new Set<string>();

  const ask = async (page: Page): Promise<void> => {
    const seen = await page.evaluate(inPage).catch(() => undefined);
    if (!seen) return;
    violations.push(...seen.violations);
    for (const origin of seen.origins) origins.add(origin);
    storage.add(seen.storage);
  };

  return {
    of(driver: Driver): Driver {
      return {
        ...driver,
        newPage: async () => {
          const page = await driver.newPage();
          const asking =
            <A extends unknown[], R>(action: (...args: A) => Promise<R>) =>
            async (...args: A): Promise<R> => {
              await ask(page);
              return action(...args);
            };
          return {
            ...page,
            goto: async (url) => {
              // A blank page has seen nothing, and WebKitGTK does not answer from one.
              if (pages.has(page)) await ask(page);
              await page.goto(url);
              pages.add(page);
            },
            reload: asking(page.reload),
            press: asking(page.press),
            clickAt: asking(page.clickAt),
            close: async () => {
              await ask(page);
              pages.delete(page);
              await page.close();
            },
          };
        },
      };
    },
    async screenshots(prefix: string, makeFolder: (path: string, options: { recursive: true }) => unknown) {
      makeFolder(prefix.replace(/\/[^/]*$/, ""), { recursive: true });
      let number = 0;
      for (const page of pages) await page.screenshot(`${prefix}-${number++}.png`).catch(() => {});
    },
    async summary(): Promise<Summary> {
      for (const page of pages) await ask(page);
      return { violations, origins: [...origins], storage: [...storage] };
    },
  };
}

/** Runs in the page. Violations before the first question are found through the reporting buffer. */
function inPage(): { violations: string[]; origins: string[]; storage: string } {
  const state = globalThis as { welbyViolations?: string[] };
  if (!state.welbyViolations) {
    const list: string[] = (state.welbyViolations = []);
    document.addEventListener("securitypolicyviolation", (event) =>
      list.push(`${event.violatedDirective} ${event.blockedURI}`),
    );
    if ("ReportingObserver" in globalThis) {
      const observer = new ReportingObserver(
        (reports) => {
          for (const report of reports) list.push(JSON.stringify(report.body));
        },
        { types: ["csp-violation"], buffered: true },
      );
      observer.observe();
      for (const report of observer.takeRecords()) list.push(JSON.stringify(report.body));
    }
  }
  const entries = (store: Storage) => Object.entries(store).map(([key, value]) => `${key}=${value}`);
  return {
    violations: state.welbyViolations.splice(0),
    origins: [
      ...new Set(
        [...performance.getEntriesByType("resource"), ...performance.getEntriesByType("navigation")].map(
          ({ name }) => new URL(name).origin,
        ),
      ),
    ],
    storage: [
      location.pathname,
      location.search,
      location.hash,
      document.title,
      document.cookie,
      ...entries(localStorage),
      ...entries(sessionStorage),
    ].join("\n"),
  };
}
