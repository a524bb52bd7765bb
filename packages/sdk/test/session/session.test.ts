import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import { memoryStore } from "../../src/stores/memory.ts";
import type { SessionStore } from "../../src/stores/store.ts";
import { TransportFailure } from "../../src/transport/transport.ts";
import type { ClientEvents } from "../../src/types.ts";
import { grant, ID, json, me, NOW, problem } from "../support/answers.ts";
import { CREDENTIALS, testClient } from "../support/client.ts";
import { fakeApi } from "../support/fake-api.ts";
import { fakeOrigin } from "../support/fake-tabs.ts";
import { fakeTime, settle, until } from "../support/fake-time.ts";
import { rejection } from "../support/rejection.ts";
import { scripted } from "../support/scripted.ts";

type SessionEvent = ClientEvents["session"];

async function tab(
  api = fakeApi(),
  store: SessionStore = memoryStore(),
  origin = fakeOrigin(),
  environment = {},
) {
  const client = testClient({ transport: api.transport, store }, { ...origin.tab(), ...environment });
  const events: SessionEvent[] = [];
  client.on("session", (event) => events.push(event));
  await client.session.ready();
  await until(() => events.length === 1, "the first event");
  return { api, store, origin, client, events };
}
const signIn = (client: { auth: { signIn(input: typeof CREDENTIALS): Promise<unknown> } }) =>
  client.auth.signIn(CREDENTIALS);

describe("the state of a session", () => {
  test("is loading until the store was read, and nothing is read before somebody asks", async () => {
    let reads = 0;
    const memory = memoryStore();
    const client = testClient({
      transport: fakeApi().transport,
      store: { ...memory, read: () => (reads++, memory.read()) },
    });
    assert.equal(client.session.state, "loading");
    await settle();
    assert.equal(reads, 0);
    assert.equal(await client.session.ready(), "signed_out");
    assert.equal(client.session.state, "signed_out");
  });

  test("tells listeners each change with its reason", async () => {
    const { client, events } = await tab();
    await signIn(client);
    await client.auth.signOut();
    assert.deepEqual(events, [
      { state: "signed_out", reason: "restored" },
      { state: "signed_in", reason: "signed_in" },
      { state: "signed_out", reason: "signed_out" },
    ]);
  });

  test("is restored from the store of a page before", async () => {
    const { api, store, client } = await tab();
    await signIn(client);
    const next = await tab(api, store);
    assert.deepEqual(next.events, [{ state: "signed_in", reason: "restored" }]);
    assert.equal((await next.client.me.get()).name.text, "suzuki");
  });

  test("A-011 is not restored from a store that holds something else", async () => {
    const { api, store } = await tab();
    for (const planted of [{}, "x", { accessToken: "a" }, { ...(await store.read()), accessToken: 5 }]) {
      const next = await tab(api, { ...memoryStore(), read: () => Promise.resolve(planted as never) });
      assert.equal(next.client.session.state, "signed_out");
    }
  });

  test("a listener that throws does not keep the others from hearing", async () => {
    const reported: unknown[] = [];
    const { client } = await tab(fakeApi(), memoryStore(), fakeOrigin(), {
      reportError: (error: unknown) => reported.push(error),
    });
    const heard: SessionEvent[] = [];
    client.on("session", () => {
      throw new Error("page");
    });
    const stop = client.on("session", (event) => heard.push(event));
    await signIn(client);
    assert.equal(heard.length, 1);
    assert.equal(reported.length, 1);
    stop();
    await client.auth.signOut();
    assert.equal(heard.length, 1);
  });

  test("timeLeft counts from the last call and is null when signed out", async () => {
    const time = fakeTime();
    const { client } = await tab(fakeApi(), memoryStore(), fakeOrigin(), time);
    assert.equal(client.session.timeLeft(), null);
    await signIn(client);
    assert.equal(client.session.timeLeft(), 900_000);
    await time.advance(60_000);
    assert.equal(client.session.timeLeft(), 840_000);
    await client.me.get();
    assert.equal(client.session.timeLeft(), 900_000);
    await time.advance(2_000_000);
    assert.equal(client.session.timeLeft(), 0);
  });

  test("a call in one tab counts for the others", async () => {
    const time = fakeTime();
    const one = await tab(fakeApi(), memoryStore(), fakeOrigin(), time);
    await signIn(one.client);
    const two = await tab(one.api, one.store, one.origin, time);
    await time.advance(60_000);
    await one.client.me.get();
    await until(() => two.client.session.timeLeft() === 900_000, "the other tab to hear of it");
  });
});

describe("signing in", () => {
  test("with an initial password goes on to the own password", async () => {
    const { api, client, events } = await tab();
    const step = await client.auth.signIn({ ...CREDENTIALS, password: "initial-password" });
    assert.equal(step.status, "password_change_required");
    assert.equal(client.session.state, "password_change_required");
    assert.equal((await rejection(client.me.get())).code, "password_change_required");
    assert.ok(step.status === "password_change_required");
    const next = await step.setPassword("asagao-tegami-koharu-8");
    assert.deepEqual(next, { status: "signed_in", lastSignInAt: null });
    assert.equal(client.session.state, "signed_in");
    assert.equal(events.at(-1)?.state, "signed_in");
    assert.equal((await client.me.get()).name.text, "suzuki");
    assert.equal(api.transport.to("/v1/auth/sign-out").length, 0);
  });

  test("goes on after a reload in the middle of the first own password", async () => {
    const { api, store, client } = await tab();
    await client.auth.signIn({ ...CREDENTIALS, password: "initial-password" });
    const reloaded = await tab(api, store);
    assert.equal(reloaded.client.session.state, "password_change_required");
    await reloaded.client.auth.setInitialPassword("asagao-tegami-koharu-8");
    assert.equal(reloaded.client.session.state, "signed_in");
  });

  test("asks for a second factor without showing its challenge", async () => {
    const challenge = "the-secret-challenge";
    const transport = scripted(({ path }) =>
      path === "/v1/auth/sign-in"
        ? json({ status: "mfa_required", challenge, methods: ["totp", "carrier_pigeon"], expiresInSec: 300 })
        : json({ status: "signed_in", grant: grant(), lastSignInAt: NOW }),
    );
    const client = testClient({ transport });
    const step = await signIn(client);
    assert.ok((step as { status: string }).status === "mfa_required");
    const mfa = step as {
      methods: readonly string[];
      verify(input: { method: "totp"; code: string }): Promise<unknown>;
    };
    assert.deepEqual(mfa.methods, ["totp", "carrier_pigeon"]);
    assert.ok(
      !JSON.stringify(step).includes(challenge) &&
        !inspect(step, { depth: 9, showHidden: true }).includes(challenge),
    );
    assert.equal(client.session.state, "signed_out");
    assert.deepEqual(await mfa.verify({ method: "totp", code: "123456" }), {
      status: "signed_in",
      lastSignInAt: NOW,
    });
    assert.deepEqual(transport.requests[1]?.json, { challenge, method: "totp", code: "123456" });
  });

  test("hands on a status of a newer server", async () => {
    const client = testClient({ transport: scripted(() => json({ status: "terms_required", url: "x" })) });
    assert.deepEqual(await signIn(client), { status: "unknown", serverStatus: "terms_required" });
    assert.equal(client.session.state, "signed_out");
  });

  test("MF-1 says that a second factor has to be set up, and is open once it is, with the same tokens", async () => {
    let waiting = true;
    const transport = scripted(({ path }) => {
      if (path === "/v1/auth/sign-in") return json({ status: "mfa_enrollment_required", grant: grant() });
      if (path === "/v1/me/factors/totp/confirm") {
        waiting = false;
        return json({ id: ID, kind: "totp", label: "", createdAt: NOW, lastUsedAt: null });
      }
      return waiting ? problem("mfa_enrollment_required") : json(me);
    });
    const store = memoryStore();
    const client = testClient({ transport, store });
    const events: SessionEvent[] = [];
    client.on("session", (event) => events.push(event));
    assert.deepEqual(await signIn(client), { status: "mfa_enrollment_required" });
    assert.equal(client.session.state, "mfa_enrollment_required");
    assert.equal((await rejection(client.me.get())).code, "mfa_enrollment_required");
    const reloaded = testClient({ transport, store });
    assert.equal(await reloaded.session.ready(), "mfa_enrollment_required");

    const before = (await store.read())?.accessToken;
    await client.factors.confirmTotp("123456");
    assert.equal(client.session.state, "signed_in");
    assert.equal((await store.read())?.accessToken, before);
    assert.deepEqual(events.at(-1), { state: "signed_in", reason: "signed_in" });
    assert.equal((await client.me.get()).name.text, me.name.text);
  });

  test("a further factor changes nothing about an open session", async () => {
    const transport = scripted(({ path }) =>
      path === "/v1/auth/sign-in"
        ? json({ status: "signed_in", grant: grant(), lastSignInAt: NOW })
        : json({ id: ID, kind: "totp", label: "", createdAt: NOW, lastUsedAt: null }),
    );
    const store = memoryStore();
    const client = testClient({ transport, store });
    await signIn(client);
    const before = await store.read();
    await client.factors.confirmTotp("123456");
    assert.deepEqual(await store.read(), before);
  });

  for (const status of ["signed_in", "password_change_required", "mfa_enrollment_required", "mfa_required"]) {
    test(`calls a ${status} without its fields a protocol error`, async () => {
      const client = testClient({ transport: scripted(() => json({ status })) });
      assert.equal((await rejection(signIn(client))).code, "protocol_error");
      assert.equal(await client.session.ready(), "signed_out");
    });
  }

  test("refuses tokens that are not bound to the key", async () => {
    const client = testClient({
      transport: scripted(() =>
        json({ status: "signed_in", grant: grant(1, { tokenType: "Bearer" }), lastSignInAt: null }),
      ),
    });
    assert.equal((await rejection(signIn(client))).code, "protocol_error");
    assert.equal(await client.session.ready(), "signed_out");
  });

  test("A-011 over another session ends the old one at the server", async () => {
    const { api, client } = await tab();
    await signIn(client);
    await client.auth.signIn({ ...CREDENTIALS, loginId: "tanaka@minato.example.jp" });
    await until(() => api.sessions[0]?.condition === "expired", "the old session to end");
    assert.equal(api.sessions[1]?.condition, "live");
    assert.equal((await client.me.get()).name.text, "tanaka");
  });

  test("twice at once leaves one session", async () => {
    const { api, client } = await tab();
    await Promise.all([signIn(client), signIn(client)]);
    await until(
      () => api.sessions.filter(({ condition }) => condition === "live").length === 1,
      "one session to be left",
    );
    assert.equal((await client.me.get()).name.text, "suzuki");
  });

  test("that fails leaves everything as it was", async () => {
    const { client, events } = await tab();
    assert.equal(
      (await rejection(client.auth.signIn({ ...CREDENTIALS, password: "wrong-password" }))).code,
      "invalid_credentials",
    );
    assert.equal(client.session.state, "signed_out");
    assert.equal(events.length, 1);
  });

  test("is seen by the other tabs", async () => {
    const one = await tab();
    const two = await tab(one.api, one.store, one.origin);
    await signIn(one.client);
    await until(() => two.client.session.state === "signed_in", "the other tab to follow");
    assert.deepEqual(two.events.at(-1), { state: "signed_in", reason: "other_tab" });
  });
});

describe("a locked session", () => {
  async function locked() {
    const made = await tab();
    await signIn(made.client);
    for (const session of made.api.sessions) session.condition = "locked";
    assert.equal((await rejection(made.client.me.get())).code, "session_locked");
    return made;
  }

  test("is told once, and further calls end here", async () => {
    const { api, client, events } = await locked();
    assert.equal(client.session.state, "locked");
    assert.equal(client.session.timeLeft(), 0);
    const before = api.transport.requests.length;
    assert.equal((await rejection(client.me.get())).code, "session_locked");
    assert.equal(api.transport.requests.length, before);
    assert.deepEqual(events.slice(2), [{ state: "locked", reason: "locked" }]);
  });

  test("is found out by the refresh too", async () => {
    const { api, client } = await tab();
    await signIn(client);
    for (const session of api.sessions) session.condition = "locked";
    api.intercept = ({ path }) => (path === "/v1/me" ? problem("token_expired") : undefined);
    assert.equal((await rejection(client.me.get())).code, "session_locked");
    assert.equal(client.session.state, "locked");
  });

  test("opens with the password, in every tab", async () => {
    const one = await tab();
    await signIn(one.client);
    const two = await tab(one.api, one.store, one.origin);
    for (const session of one.api.sessions) session.condition = "locked";
    await rejection(one.client.me.get());
    await rejection(two.client.me.get());
    await one.client.auth.reauthenticate(CREDENTIALS.password);
    assert.deepEqual(one.events.at(-1), { state: "signed_in", reason: "reauthenticated" });
    await until(() => two.client.session.state === "signed_in", "the other tab to open");
    assert.equal((await two.client.me.get()).name.text, "suzuki");
  });

  test("stays locked after a wrong password", async () => {
    const { client } = await locked();
    assert.equal((await rejection(client.auth.reauthenticate("wrong-password"))).code, "invalid_credentials");
    assert.equal(client.session.state, "locked");
    await client.auth.reauthenticate(CREDENTIALS.password);
    assert.equal((await client.me.get()).name.text, "suzuki");
  });

  test("survives an unlock whose answer was lost", async () => {
    const { api, client } = await locked();
    let lost = 0;
    api.onTheWay = ({ path }, answer) => {
      if (path === "/v1/auth/reauthenticate" && lost++ === 0) throw new TransportFailure("connection");
      return answer;
    };
    await client.auth.reauthenticate(CREDENTIALS.password);
    assert.equal((await client.me.get()).name.text, "suzuki");
  });

  test("can be left by signing out", async () => {
    const { api, client } = await locked();
    await client.auth.signOut();
    assert.equal(client.session.state, "signed_out");
    assert.equal(api.sessions[0]?.condition, "expired");
  });
});

describe("reauthentication", () => {
  test("works while signed in, as a step-up needs it", async () => {
    const { client, events } = await tab();
    await signIn(client);
    await client.auth.reauthenticate(CREDENTIALS.password);
    assert.deepEqual(events.at(-1), { state: "signed_in", reason: "reauthenticated" });
    assert.equal((await client.me.get()).name.text, "suzuki");
  });

  test("at the same time as a refresh keeps one lineage of tokens", async () => {
    const { api, client } = await tab();
    await signIn(client);
    api.expireAccessTokens();
    await Promise.all([client.me.get(), client.auth.reauthenticate(CREDENTIALS.password), client.me.get()]);
    api.expireAccessTokens();
    assert.equal((await client.me.get()).name.text, "suzuki");
    assert.equal(client.session.state, "signed_in");
  });

  test("that is not waited for any more still keeps the session", async () => {
    const { api, client, events } = await tab();
    await signIn(client);
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    api.onTheWay = async ({ path }, answer) => {
      if (path === "/v1/auth/reauthenticate") await held;
      return answer;
    };
    const controller = new AbortController();
    const call = rejection(client.auth.reauthenticate(CREDENTIALS.password, { signal: controller.signal }));
    await until(() => api.transport.to("/v1/auth/reauthenticate").length === 1);
    controller.abort();
    assert.equal((await call).code, "aborted");
    release();
    await until(() => events.at(-1)?.reason === "reauthenticated", "the work to end");
    api.expireAccessTokens();
    assert.equal((await client.me.get()).name.text, "suzuki");
  });

  test("without a session is refused here", async () => {
    const { client } = await tab();
    assert.equal((await rejection(client.auth.reauthenticate("x"))).code, "unauthenticated");
  });
});

describe("signing out", () => {
  test("clears the store and tells the server and the other tabs", async () => {
    const one = await tab();
    await signIn(one.client);
    const two = await tab(one.api, one.store, one.origin);
    await one.client.auth.signOut();
    assert.equal(await one.store.read(), null);
    assert.equal(one.api.sessions[0]?.condition, "expired");
    await until(() => two.client.session.state === "signed_out", "the other tab to follow");
    assert.deepEqual(two.events.at(-1), { state: "signed_out", reason: "other_tab" });
  });

  test("is told when the tokens are gone, so that a page may leave at once", async () => {
    const memory = memoryStore();
    let clear = () => {};
    const slow = () => new Promise<void>((resolve) => (clear = () => void memory.clear().then(resolve)));
    const { api, client, events } = await tab(fakeApi(), { ...memory, clear: slow });
    await signIn(client);
    const ended = client.auth.signOut();
    await until(() => api.transport.to("/v1/auth/sign-out").length === 1, "the server to hear of it");
    assert.equal(events.length, 2);
    clear();
    await ended;
    assert.deepEqual(events.at(-1), { state: "signed_out", reason: "signed_out" });
    assert.equal(await memory.read(), null);
  });

  test("does not wait longer than a second for a store that does not answer", async () => {
    const time = fakeTime();
    const store = { ...memoryStore(), clear: () => new Promise<void>(() => {}) };
    const { api, client } = await tab(fakeApi(), store, fakeOrigin(), time);
    await signIn(client);
    const ended = client.auth.signOut();
    await until(() => api.sessions[0]?.condition === "expired");
    await time.advance(1000);
    await ended;
    assert.equal(client.session.state, "signed_out");
  });

  test("works offline at once, and tells the server when the network is back", async () => {
    let online = () => {};
    const { api, client, store } = await tab(fakeApi(), memoryStore(), fakeOrigin(), {
      onOnline: (listener: () => void) => ((online = listener), () => {}),
    });
    await signIn(client);
    api.intercept = () => {
      throw new TransportFailure("connection");
    };
    await client.auth.signOut();
    assert.equal(client.session.state, "signed_out");
    assert.equal(await store.read(), null);
    assert.equal(api.sessions[0]?.condition, "live");
    api.intercept = undefined;
    online();
    await until(() => api.sessions[0]?.condition === "expired", "the server to hear of it");
  });

  test("says that other devices were not reached when all were meant", async () => {
    const { api, client } = await tab();
    await signIn(client);
    api.intercept = () => {
      throw new TransportFailure("connection");
    };
    assert.equal((await rejection(client.auth.signOut({ scope: "all" }))).code, "connection_failed");
    assert.equal(client.session.state, "signed_out");
  });

  test("does not wait longer than five seconds for a server that does not answer", async () => {
    const time = fakeTime();
    const { api, client } = await tab(fakeApi(), memoryStore(), fakeOrigin(), time);
    await signIn(client);
    api.intercept = () => new Promise(() => {});
    const ended = client.auth.signOut();
    await until(() => api.transport.to("/v1/auth/sign-out").length === 1);
    await until(() => client.session.state === "signed_out");
    await time.advance(4001);
    await until(() => api.transport.to("/v1/auth/sign-out").length === 2);
    await time.advance(1000);
    await ended;
  });

  test("ends the calls under way: nothing is delivered to the next person", async () => {
    const { api, client } = await tab();
    await signIn(client);
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    api.onTheWay = async ({ path }, answer) => {
      if (path === "/v1/me") await held;
      return answer;
    };
    const call = rejection(client.me.get());
    await until(() => api.transport.to("/v1/me").length === 1);
    await client.auth.signOut();
    release();
    assert.equal((await call).code, "unauthenticated");
  });

  test("twice, or without a session, is no error and asks the server nothing", async () => {
    const { api, client } = await tab();
    await client.auth.signOut();
    await signIn(client);
    await client.auth.signOut();
    await client.auth.signOut();
    assert.equal(api.transport.to("/v1/auth/sign-out").length, 1);
  });

  test("and in again at once works", async () => {
    const { client } = await tab();
    await signIn(client);
    await Promise.all([
      client.auth.signOut(),
      client.auth.signIn({ ...CREDENTIALS, loginId: "tanaka@minato.example.jp" }),
    ]);
    if (client.session.state === "signed_out") await signIn(client);
    assert.ok((await client.me.get()).name.text);
  });
});

describe("messages of other scripts on the channel", () => {
  test("A-084 change nothing by themselves", async () => {
    const { api, client, events, origin, store } = await tab();
    await signIn(client);
    const before = api.transport.requests.length;
    const forged = [
      "changed",
      "here",
      "anyone",
      "active",
      "signed_out",
      "sign_out",
      { type: "changed" },
      { state: "signed_out" },
      null,
      5,
      "x".repeat(100_000),
      ["changed"],
    ];
    for (const message of forged) origin.forge(message);
    await settle();
    assert.equal(client.session.state, "signed_in");
    assert.equal(events.length, 2);
    assert.equal(api.transport.requests.length, before);
    assert.ok(await store.read());
  });

  test("are event names only when the client sends them", async () => {
    const one = await tab();
    await tab(one.api, one.store, one.origin);
    await signIn(one.client);
    one.api.expireAccessTokens();
    await one.client.me.get();
    await one.client.auth.signOut();
    assert.ok(one.origin.sent.length > 0);
    for (const message of one.origin.sent) assert.match(message, /^(changed|anyone|here|active)$/);
  });
});

describe("two clients in one process", () => {
  test("A-093 never use each other's tokens", async () => {
    const one = await tab();
    const two = await tab();
    await signIn(one.client);
    await two.client.auth.signIn({ ...CREDENTIALS, loginId: "tanaka@minato.example.jp" });
    const names = await Promise.all(
      Array.from({ length: 40 }, (_, index) => (index % 2 ? one : two).client.me.get()),
    );
    assert.deepEqual(
      names.map(({ name }) => name.text),
      names.map((_, index) => (index % 2 ? "suzuki" : "tanaka")),
    );
    await one.client.auth.signOut();
    assert.equal(two.client.session.state, "signed_in");
  });
});

describe("a store that fails", () => {
  const broken = (): SessionStore => {
    const fail = () => Promise.reject(new DOMException("quota", "QuotaExceededError"));
    return { keyPair: fail, read: fail, write: fail, clear: fail };
  };

  test("A-103 is replaced by memory without an error", async () => {
    const warned: unknown[] = [];
    const api = fakeApi();
    const client = testClient({
      transport: api.transport,
      store: broken(),
      logger: { debug: () => {}, warn: (message, fields) => warned.push([message, fields]) },
    });
    await signIn(client);
    assert.equal((await client.me.get()).name.text, "suzuki");
    api.expireAccessTokens();
    assert.equal((await client.me.get()).name.text, "suzuki");
    await client.auth.signOut();
    assert.equal(client.session.state, "signed_out");
    assert.equal(warned.length, 1);
  });

  test("A-103 in the middle of a session keeps the session", async () => {
    const memory = memoryStore();
    let full = false;
    const store: SessionStore = {
      ...memory,
      write: (...input) =>
        full ? Promise.reject(new DOMException("quota", "QuotaExceededError")) : memory.write(...input),
    };
    const { api, client } = await tab(fakeApi(), store);
    await signIn(client);
    full = true;
    for (let round = 0; round < 3; round += 1) {
      api.expireAccessTokens();
      assert.equal((await client.me.get()).name.text, "suzuki");
    }
    assert.equal(client.session.state, "signed_in");
    assert.equal(await memory.read(), null, "no tab goes on with tokens that are used up");
  });

  test("A-103 that was emptied by the browser is a sign-out", async () => {
    const { api, client, store } = await tab();
    await signIn(client);
    await store.clear();
    api.expireAccessTokens();
    assert.equal((await rejection(client.me.get())).code, "unauthenticated");
    assert.equal(client.session.state, "signed_out");
  });

  test("that never answers is given up after five seconds", async () => {
    const time = fakeTime();
    const never = () => new Promise<never>(() => {});
    const client = testClient(
      { transport: fakeApi().transport, store: { keyPair: never, read: never, write: never, clear: never } },
      time,
    );
    const ready = client.session.ready();
    await until(() => time.timers === 1);
    await time.advance(5000);
    assert.equal(await ready, "signed_out");
  });
});

describe("a store that never lets anybody write", () => {
  test("does not hold a sign-in up", async () => {
    const store: SessionStore = { ...memoryStore(), write: () => Promise.resolve(false) };
    const { client } = await tab(fakeApi(), store);
    await signIn(client);
    assert.equal((await client.me.get()).name.text, "suzuki");
  });
});

describe("an ended client", () => {
  test("leaves no timer, hears nothing and tells nothing", async () => {
    const time = fakeTime();
    const one = await tab(fakeApi(), memoryStore(), fakeOrigin(), time);
    await signIn(one.client);
    one.client.dispose();
    const two = await tab(one.api, one.store, one.origin, time);
    await two.client.auth.signOut();
    await settle();
    assert.equal(one.events.length, 2);
    assert.equal(time.timers, 0);
  });
});
