import { expect } from "@open-wc/testing";
import { openDatabase } from "../../src/stores/database.ts";
import { originStore } from "../../src/stores/origin.ts";
import type { StoredSession } from "../../src/stores/store.ts";
import { ID, NOW } from "../support/answers.ts";

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
let count = 0;
const newScope = () => `test-${performance.now()}-${(count += 1)}`;
const deleted = (name: string) =>
  new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = resolve;
    request.onerror = () => reject(new Error("not deleted"));
    request.onblocked = () => reject(new Error("the store blocks the deletion of its database"));
  });
const thumbprint = async ({ publicKey }: CryptoKeyPair) =>
  JSON.stringify(await crypto.subtle.exportKey("jwk", publicKey));

describe("the origin store", () => {
  it("keeps one key for all tabs of the origin, also when they ask at once", async () => {
    const scope = newScope();
    const stores = Array.from({ length: 6 }, () => originStore(indexedDB, scope));
    const keys = await Promise.all(stores.map(async (store) => thumbprint(await store.keyPair())));
    expect(new Set(keys).size).to.equal(1);
    stores.forEach((store) => store.close());
  });

  it("PR-3 keeps nothing open while its page is left, and goes on when the page comes back", async () => {
    const scope = newScope();
    let leave = () => {};
    let back = () => {};
    const left = originStore(indexedDB, scope, {
      onLeave: (onLeft, onBack) => {
        leave = onLeft;
        back = onBack;
        return () => {};
      },
    });
    expect(await left.write(SESSION, null)).to.equal(true);
    const underWay = left.write({ ...SESSION, revision: 2 }, 1);
    leave();
    // A frozen page runs no code; what it asks for now has to wait, and nobody waits for it.
    const later = left.read();

    const other = originStore(indexedDB, scope);
    await other.clear();
    expect(await other.read()).to.equal(null);

    back();
    expect(await later).to.equal(null);
    expect(await underWay, "begun again on what is there now").to.equal(false);
    left.close();
    other.close();
  });

  it("keeps a key that no script can read out, over reloads and sign-outs", async () => {
    const scope = newScope();
    const first = originStore(indexedDB, scope);
    const before = await thumbprint(await first.keyPair());
    await first.write(SESSION, null);
    await first.clear();
    first.close();

    const second = originStore(indexedDB, scope);
    const { privateKey, publicKey } = await second.keyPair();
    expect(await thumbprint({ privateKey, publicKey })).to.equal(before);
    expect(privateKey.extractable).to.equal(false);
    for (const format of ["jwk", "pkcs8"] as const) {
      const exported = await crypto.subtle.exportKey(format as "jwk", privateKey).then(
        () => "exported",
        () => "refused",
      );
      expect(exported).to.equal("refused");
    }
    const signature = await crypto.subtle.sign(
      { name: "ECDSA", hash: "SHA-256" },
      privateKey,
      new Uint8Array(4),
    );
    expect(signature.byteLength).to.equal(64);
    second.close();
  });

  it("A-011 does not use a key that somebody planted in readable form", async () => {
    const scope = newScope();
    const planted = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, [
      "sign",
      "verify",
    ]);
    const database = openDatabase(indexedDB, `welby:${scope}`);
    await database.update("key", () => ({ value: planted }));
    database.close();
    const store = originStore(indexedDB, scope);
    const used = await store.keyPair();
    expect(used.privateKey.extractable).to.equal(false);
    expect(await thumbprint(used)).not.to.equal(await thumbprint(planted));
    store.close();
  });

  it("lets one of many writers through that all start from the same revision", async () => {
    const scope = newScope();
    const stores = Array.from({ length: 5 }, () => originStore(indexedDB, scope));
    const first = await Promise.all(
      stores.map((store, index) => store.write({ ...SESSION, accessToken: `a${index}` }, null)),
    );
    expect(first.filter(Boolean).length).to.equal(1);
    const second = await Promise.all(stores.map((store) => store.write({ ...SESSION, revision: 2 }, 1)));
    expect(second.filter(Boolean).length).to.equal(1);
    expect(await stores[0]?.write({ ...SESSION, revision: 3 }, 1)).to.equal(false);
    await stores[1]?.clear();
    expect(await stores[0]?.write({ ...SESSION, revision: 3 }, 2)).to.equal(false);
    expect(await stores[0]?.read()).to.equal(null);
    stores.forEach((store) => store.close());
  });

  it("reads nothing from a record that is no session", async () => {
    const scope = newScope();
    const database = openDatabase(indexedDB, `welby:${scope}`);
    for (const value of [
      "x",
      {},
      { ...SESSION, accessToken: 5 },
      { ...SESSION, revision: Number.NaN },
      null,
    ]) {
      await database.update("session", () => ({ value }));
      const store = originStore(indexedDB, scope);
      expect(await store.read()).to.equal(null);
      store.close();
    }
    database.close();
  });

  it("A-103 lets its database be deleted, and goes on with an empty one", async () => {
    const scope = newScope();
    const store = originStore(indexedDB, scope);
    await store.write(SESSION, null);
    await deleted(`welby:${scope}`);
    expect(await store.read()).to.equal(null);
    expect(await store.write(SESSION, null)).to.equal(true);
    store.close();
  });

  it("A-093 keeps the sessions of two clients apart", async () => {
    const [one, two] = [originStore(indexedDB, newScope()), originStore(indexedDB, newScope())];
    await one.write(SESSION, null);
    expect(await two.read()).to.equal(null);
    one.close();
    two.close();
  });
});
