import { expect } from "@open-wc/testing";
import { engine } from "./engine.ts";

export type Scheme = "light" | "dark";

const LOCALES = ["ja", "en"] as const;
const SCHEMES = ["light", "dark"] as const;

/**
 * Checks every state in both languages and both colour schemes with axe. Chromium runs all cells; the other engines
 * the first state in one language, enough to notice where they differ.
 */
export function describeAxe(
  tag: string,
  states: Readonly<Record<string, (locale: "ja" | "en") => Promise<void>>>,
): void {
  describe(`${tag} in axe`, () => {
    afterEach(() => {
      document.documentElement.style.removeProperty("color-scheme");
      document.documentElement.style.removeProperty("background");
    });

    for (const [state, enter] of Object.entries(engine === "chromium" ? states : firstOf(states))) {
      for (const locale of engine === "chromium" ? LOCALES : (["ja"] as const)) {
        for (const scheme of SCHEMES) {
          it(`${state} is accessible in ${locale}, ${scheme}`, async () => {
            document.documentElement.style.setProperty("color-scheme", scheme);
            document.documentElement.style.setProperty("background", "Canvas");
            await enter(locale);
            await expect(document.querySelector(tag)).to.be.accessible();
          });
        }
      }
    }
  });
}

function firstOf<Value>(values: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).slice(0, 1));
}
