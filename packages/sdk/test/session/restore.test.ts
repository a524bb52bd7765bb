import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createMarker } from "../../src/session/marker.ts";
import { restoreSession } from "../../src/session/restore.ts";
import { openTabs } from "../../src/session/tabs.ts";
import { memoryStore } from "../../src/stores/memory.ts";
import type { StoredSession } from "../../src/stores/store.ts";
import { ID, NOW, OTHER_ID } from "../support/answers.ts";
import { fakeOrigin, fakeSessionStorage } from "../support/fake-tabs.ts";
import { fakeTime, settle } from "../support/fake-time.ts";

const SESSION: StoredSession = {
  accessToken: "a",
  accessExpiresAt: 1,
  refreshToken: "r",
  sessionId: ID,
  authenticatedAt: NOW,
  idleTimeoutSec: 900,
  absoluteExpiresAt: NOW,
  restriction: null,
  revision: 1,
};

async function setup() {
  const time = fakeTime();
  const origin = fakeOrigin();
  const store = memoryStore();
  await store.write(SESSION, null);
  const storage = fakeSessionStorage();
  const marker = createMarker({ sessionStorage: storage }, "scope");
  const tabs = openTabs({ ...origin.tab(), ...time }, "scope", () => {});
  return { time, origin, store, storage, marker, tabs };
}

describe("the start of a page", () => {
  test("wipes the tokens when the browser was closed, and keeps the key", async () => {
    const { time, store, marker, tabs } = await setup();
    const key = await store.keyPair();
    const restored = restoreSession(store, marker, tabs);
    await time.advance(299);
    assert.ok(await store.read(), "not before other tabs could answer");
    await time.advance(1);
    assert.equal(await restored, null);
    assert.equal(await store.read(), null);
    assert.equal(await store.keyPair(), key);
  });

  test("keeps the session over a reload of the only tab", async () => {
    const { store, marker, tabs } = await setup();
    marker.set(ID);
    assert.equal((await restoreSession(store, marker, tabs))?.sessionId, ID);
  });

  test("does not take the mark of another session for its own", async () => {
    const { time, store, marker, tabs } = await setup();
    marker.set(OTHER_ID);
    const restored = restoreSession(store, marker, tabs);
    await time.advance(300);
    assert.equal(await restored, null);
  });

  test("keeps the session when a live tab answers", async () => {
    const { time, origin, store, marker, tabs } = await setup();
    const live = openTabs(
      { ...origin.tab(), ...time },
      "scope",
      (event) => event === "anyone" && live.tell("here"),
    );
    const restored = await restoreSession(store, marker, tabs);
    assert.equal(restored?.sessionId, ID);
  });

  test("is not answered by a tab of another client", async () => {
    const { time, origin, store, marker, tabs } = await setup();
    const other = openTabs(
      { ...origin.tab(), ...time },
      "another scope",
      (event) => event === "anyone" && other.tell("here"),
    );
    const restored = restoreSession(store, marker, tabs);
    await time.advance(300);
    assert.equal(await restored, null);
  });

  test("leaves a session alone that began while it was asking", async () => {
    const { time, store, marker, tabs } = await setup();
    const restored = restoreSession(store, marker, tabs);
    await settle();
    await store.write({ ...SESSION, sessionId: OTHER_ID, revision: 2 }, 1);
    await time.advance(300);
    assert.equal((await restored)?.sessionId, OTHER_ID);
  });

  test("decides without a channel and without sessionStorage", async () => {
    const { time, store } = await setup();
    const denied = {
      getItem: () => {
        throw new DOMException("denied", "SecurityError");
      },
      setItem: () => {
        throw new DOMException("denied", "SecurityError");
      },
      removeItem: () => {
        throw new DOMException("denied", "SecurityError");
      },
    };
    const marker = createMarker({ sessionStorage: denied }, "scope");
    const tabs = openTabs(
      {
        ...time,
        openChannel: () => {
          throw new DOMException("denied", "SecurityError");
        },
      },
      "scope",
      () => {},
    );
    marker.set(ID);
    marker.remove();
    tabs.tell("changed");
    assert.equal(await restoreSession(store, marker, tabs), null);
    tabs.close();
  });

  test("asks nobody where the store is not the origin's", async () => {
    const { store, tabs } = await setup();
    assert.equal((await restoreSession(store, undefined, tabs))?.sessionId, ID);
  });

  test("SE-9 leaves nothing in sessionStorage but the session's id", async () => {
    const { storage, marker } = await setup();
    marker.set(ID);
    assert.deepEqual([...storage.entries.values()], [ID]);
    marker.remove();
    assert.equal(storage.entries.size, 0);
  });
});
