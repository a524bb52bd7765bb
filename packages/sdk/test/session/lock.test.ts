import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createLock } from "../../src/session/lock.ts";
import { fakeOrigin } from "../support/fake-tabs.ts";
import { fakeTime } from "../support/fake-time.ts";

describe("the lock across tabs", () => {
  test("lets one work at a time", async () => {
    const time = fakeTime();
    const { locks } = fakeOrigin();
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 10 }, () => createLock({ ...time, locks }, "n", 5000)(work)));
    assert.equal(most, 1);
    assert.equal(time.timers, 0);
  });

  test("hands on what the work returns and throws, and works once", async () => {
    const lock = createLock({ ...fakeTime(), locks: fakeOrigin().locks }, "n", 5000);
    assert.equal(await lock(() => Promise.resolve(7)), 7);
    let count = 0;
    await assert.rejects(
      lock(() => (count++, Promise.reject(new Error("broken")))),
      /broken/,
    );
    assert.equal(count, 1);
    assert.equal(await lock(() => Promise.resolve(8)), 8);
  });

  test("works without locks, and where they are denied", async () => {
    const denied = {
      request: () => Promise.reject(new DOMException("denied", "SecurityError")),
    } as unknown as LockManager;
    const throwing = {
      request: () => {
        throw new DOMException("denied", "SecurityError");
      },
    } as unknown as LockManager;
    for (const locks of [undefined, denied, throwing])
      assert.equal(await createLock({ ...fakeTime(), locks }, "n", 5000)(() => Promise.resolve(7)), 7);
  });
});
