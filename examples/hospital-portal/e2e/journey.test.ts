import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { findBrowsers } from "../../../scripts/browsers/find.mjs";
import { startChromium } from "./drivers/chromium.ts";
import { DriverCommandFailed, type Driver } from "./drivers/driver.ts";
import { startFirefox } from "./drivers/firefox.ts";
import { startWebKit } from "./drivers/webkit.ts";
import { journey, type Step } from "./journey.ts";
import { openPlace, type Place } from "./support/place.ts";
import { watchPages } from "./support/watch.ts";

const found = findBrowsers();
const engines = {
  chromium: found.chromium && (() => startChromium(found.chromium ?? "")),
  firefox: found.firefox && (() => startFirefox(found.firefox ?? "")),
  webkit: found.webkit && startWebKit,
};
const wanted = process.env["WELBY_BROWSERS"]?.split(",");
const SCREENSHOTS = process.env["WELBY_SCREENSHOTS"];

for (const [engine, start] of Object.entries(engines)) {
  if (wanted && !wanted.includes(engine)) continue;
  const missing = start ? false : `${engine} is not installed`;
  if (missing && process.env["CI"]) throw new Error(missing);

  describe(`the journey through the served portal in ${engine}`, { skip: missing }, () => {
    let place: Place;
    let driver: Driver;
    let steps: Step[];
    let broken = "";
    const watched = watchPages();

    before(async () => {
      place = await openPlace();
      driver = watched.of(await (start as () => Promise<Driver>)());
      steps = journey(driver, place);
    });
    after(async () => {
      await driver?.close();
      await place?.close();
    });

    // The steps are known before the browser is: their names come from a journey without one.
    for (const [index, { name }] of journey(undefined as never, {} as never).entries()) {
      it(`${engine}: ${name}`, { timeout: 120_000 }, async (t) => {
        assert.equal(broken, "", `an earlier step failed: ${broken}`);
        try {
          await steps[index]?.run();
        } catch (error) {
          if (error instanceof DriverCommandFailed && engine === "webkit") {
            t.skip(`WebKitGTK: ${error.message}`);
            return;
          }
          broken = name;
          if (SCREENSHOTS) await watched.screenshots(`${SCREENSHOTS}/${engine}-${index}`, mkdirSync);
          throw error;
        }
        if (SCREENSHOTS) await watched.screenshots(`${SCREENSHOTS}/${engine}-${index}`, mkdirSync);
      });
    }

    it(`${engine}: EM-1 no page broke the content security policy or Trusted Types, and none asked another origin`, async () => {
      assert.equal(broken, "", `an earlier step failed: ${broken}`);
      const { violations, origins } = await watched.summary();
      assert.deepEqual(violations, []);
      assert.deepEqual(
        origins.filter((origin) => origin !== place.apiUrl && origin !== place.portalUrl),
        [],
      );
      assert.ok(origins.includes(place.apiUrl), "the pages did call the API");
    });

    it(`${engine}: J-19 no token and nothing about a patient stands in web storage, cookies, address or title`, async () => {
      assert.equal(broken, "", `an earlier step failed: ${broken}`);
      const { storage } = await watched.summary();
      assert.ok(storage.length > 0, "storage was looked at");
      for (const text of storage)
        assert.doesNotMatch(text, /eyJ|佐藤|サトウ|sato\.kazuko|suzuki@|[A-Za-z0-9_-]{43,}/);
    });
  });
}
