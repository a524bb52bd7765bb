import type { Key, Page } from "../drivers/driver.ts";
import { findInPage, readsInPage, type Found, type Target } from "./find.ts";

const PATIENCE_MS = 15_000;

/** Somebody at a browser: sees, points, types. Waits as a person would, and says what was missing. */
export class Person {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async look(target: Target): Promise<Found | null> {
    return this.page.evaluate(findInPage, target);
  }

  /** Waits until it is there. */
  async see(target: Target): Promise<Found> {
    return this.#until(`see ${say(target)}`, async () => (await this.look(target)) ?? undefined);
  }

  async reads(text: string): Promise<void> {
    await this.#until(
      `read 「${text}」`,
      async () => (await this.page.evaluate(readsInPage, text)) || undefined,
    );
  }

  async doesNotRead(text: string): Promise<void> {
    await this.#until(
      `no longer read 「${text}」`,
      async () => !(await this.page.evaluate(readsInPage, text)) || undefined,
    );
  }

  async isAt(path: string): Promise<void> {
    await this.#until(
      `be at ${path}`,
      async () => new URL(await this.page.url()).pathname === path || undefined,
    );
  }

  /** Clicks where it is, once nothing lies over it. */
  async click(target: Target): Promise<void> {
    const found = await this.#until(`click ${say(target)}`, async () => {
      const first = await this.look(target);
      const second = first?.hit ? await this.look(target) : null;
      return first && second?.hit && first.x === second.x && first.y === second.y ? second : undefined;
    });
    await this.page.clickAt(found.x, found.y);
  }

  /** Moves the focus by the Tab key alone. */
  async tabTo(target: Target): Promise<void> {
    await this.see(target);
    for (let presses = 0; presses < 80; presses++) {
      if ((await this.look(target))?.focused) return;
      await this.page.press("Tab");
    }
    throw new Error(`The Tab key never reached ${say(target)}`);
  }

  /** Types into a field that was reached by the pointer; what stood there is replaced. */
  async fill(target: Target, text: string): Promise<void> {
    await this.click(target);
    await this.#until(`focus ${say(target)}`, async () => (await this.look(target))?.focused || undefined);
    if ((await this.look(target))?.value) await this.page.selectAll();
    await this.page.type(text);
    await this.#until(
      `type into ${say(target)}`,
      async () => (await this.look(target))?.value === text || undefined,
    );
  }

  type(text: string): Promise<void> {
    return this.page.type(text);
  }

  press(key: Key): Promise<void> {
    return this.page.press(key);
  }

  async #until<T>(what: string, attempt: () => Promise<T | undefined>): Promise<T> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      // A page that is being replaced cannot answer; the next one will.
      const result = await attempt().catch((error: unknown) => {
        if (error instanceof Error && error.name === "DriverCommandFailed") throw error;
        return undefined;
      });
      if (result !== undefined) return result;
      if (Date.now() > deadline) throw new Error(`Could not ${what} (at ${await this.page.url()})`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function say(target: Target): string {
  return `${target.role} 「${target.name ?? ""}」${target.within ? ` in ${say(target.within)}` : ""}`;
}
