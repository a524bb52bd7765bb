import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { memoryStore } from "../../src/stores/memory.ts";
import { TransportFailure } from "../../src/transport/transport.ts";
import type { ClientEvents } from "../../src/types.ts";
import { problem } from "../support/answers.ts";
import { CREDENTIALS, testClient } from "../support/client.ts";
import { fakeApi } from "../support/fake-api.ts";
import { fakeOrigin } from "../support/fake-tabs.ts";
import { fakeTime, until } from "../support/fake-time.ts";
import { rejection } from "../support/rejection.ts";

const TOKEN = "/v1/auth/token";
type SessionEvent = ClientEvents["session"];

/** Tabs of one origin: a shared store, a channel and locks. */
async function tabs(count: number, shared: { locks: boolean; channel?: boolean } = { locks: true }) {
  const api = fakeApi();
  const origin = fakeOrigin();
  const store = memoryStore();
  const made = Array.from({ length: count }, () => {
    const { openChannel, locks } = origin.tab();
    const client = testClient(
      { transport: api.transport, store },
      {
        openChannel: shared.channel === false ? undefined : openChannel,
        locks: shared.locks ? locks : undefined,
      },
    );
    const events: SessionEvent[] = [];
    client.on("session", (event) => events.push(event));
    return { client, events };
  });
  const [first] = made;
  assert.ok(first);
  await first.client.auth.signIn(CREDENTIALS);
  await Promise.all(made.map(({ client }) => client.session.ready()));
  await until(
    () => made.every(({ client }) => client.session.state === "signed_in"),
    "every tab to be signed in",
  );
  for (const { events } of made) events.length = 0;
  api.transport.requests.length = 0;
  return { api, origin, store, tabs: made, first, second: made[1] ?? first };
}

describe("the refresh in one tab", () => {
  test("SD-6 50 calls whose token expired cause one refresh and are each sent again once", async () => {
    const { api, first } = await tabs(1);
    api.expireAccessTokens();
    const calls = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        n % 2 ? first.client.me.get() : first.client.groups.create({ name: "外来A" }),
      ),
    );
    assert.equal(calls.length, 50);
    assert.equal(api.transport.to(TOKEN).length, 1);
    assert.equal(api.transport.requests.length, 101);
    const keys = api.transport.to("/v1/groups").map(({ headers }) => headers["idempotency-key"]);
    assert.equal(keys.length, 50);
    assert.equal(new Set(keys).size, 25);
  });

  test("a token that is known to be over is not sent first", async () => {
    const time = fakeTime();
    const api = fakeApi();
    const client = testClient({ transport: api.transport }, time);
    await client.auth.signIn(CREDENTIALS);
    time.setClock(time.now() + 301_000);
    api.transport.requests.length = 0;
    await client.me.get();
    assert.deepEqual(
      api.transport.requests.map(({ path }) => path),
      [TOKEN, "/v1/me"],
    );
  });

  test("a new token that is refused as well is the end of the call, not a loop", async () => {
    const { api, first } = await tabs(1);
    api.intercept = ({ path }) => (path === "/v1/me" ? problem("token_expired") : undefined);
    assert.equal((await rejection(first.client.me.get())).code, "token_expired");
    assert.equal(api.transport.to(TOKEN).length, 1);
    assert.equal(api.transport.to("/v1/me").length, 2);
    assert.equal(first.client.session.state, "signed_in");
  });

  test("a lost answer is asked for again with the same token, within the server's grace", async () => {
    const { api, first } = await tabs(1);
    api.expireAccessTokens();
    let lost = 0;
    api.onTheWay = ({ path }, answer) => {
      if (path === TOKEN && lost++ === 0) throw new TransportFailure("connection");
      return answer;
    };
    assert.equal((await first.client.me.get()).name.text, "suzuki");
    const [one, two] = api.transport.to(TOKEN);
    assert.deepEqual(one?.json, two?.json);
  });

  for (const [name, fail] of [
    [
      "the network",
      () => {
        throw new TransportFailure("connection");
      },
    ],
    ["the server", () => problem("internal_error")],
    ["a gateway", () => ({ status: 502, headers: { "content-type": "text/html" }, body: "<h1>" })],
    ["a captive portal", () => ({ status: 200, headers: { "content-type": "text/html" }, body: "<h1>" })],
    ["a busy server", () => problem("overloaded")],
    ["a proof that the server does not like", () => problem("invalid_dpop_proof")],
  ] as const) {
    test(`nobody is signed out because ${name} failed`, async () => {
      const { api, first, store } = await tabs(1);
      api.expireAccessTokens();
      api.intercept = ({ path }) => (path === TOKEN ? fail() : undefined);
      await rejection(first.client.me.get());
      assert.equal(first.client.session.state, "signed_in");
      assert.ok(await store.read());
      assert.deepEqual(first.events, []);
      api.intercept = undefined;
      await until(() => true);
      assert.equal((await first.client.me.get()).name.text, "suzuki");
    });
  }

  for (const [code, reason] of [
    ["session_expired", "expired"],
    ["refresh_reused", "refresh_reused"],
    ["unauthenticated", "expired"],
  ] as const) {
    test(`${code} ends the session and says why`, async () => {
      const { api, first, store } = await tabs(1);
      api.expireAccessTokens();
      api.intercept = ({ path }) => (path === TOKEN ? problem(code) : undefined);
      const expected = code === "unauthenticated" ? "session_expired" : code;
      assert.equal((await rejection(first.client.me.get())).code, expected);
      assert.equal(first.client.session.state, "signed_out");
      assert.equal(await store.read(), null);
      assert.deepEqual(first.events, [{ state: "signed_out", reason }]);
      assert.equal((await rejection(first.client.me.get())).code, "unauthenticated");
    });
  }

  test("a code that comes with the wrong status ends nothing", async () => {
    const { api, first } = await tabs(1);
    api.expireAccessTokens();
    api.intercept = ({ path }) =>
      path === TOKEN ? { ...problem("refresh_reused"), status: 503 } : undefined;
    await rejection(first.client.me.get());
    assert.equal(first.client.session.state, "signed_in");
  });

  test("a call that is cancelled does not take the others' refresh along", async () => {
    const { api, first } = await tabs(1);
    api.expireAccessTokens();
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    api.onTheWay = async ({ path }, answer) => {
      if (path === TOKEN) await held;
      return answer;
    };
    const controller = new AbortController();
    const cancelled = rejection(first.client.me.get({ signal: controller.signal }));
    const other = first.client.me.get();
    await until(() => api.transport.to(TOKEN).length === 1);
    controller.abort();
    assert.equal((await cancelled).code, "aborted");
    release();
    assert.equal((await other).name.text, "suzuki");
    assert.equal(api.transport.to(TOKEN).length, 1);
  });

  test("tokens that are not bound to the key are refused", async () => {
    const { api, first } = await tabs(1);
    api.expireAccessTokens();
    api.onTheWay = ({ path }, answer) =>
      path === TOKEN ? { ...answer, body: answer.body.replace('"DPoP"', '"Bearer"') } : answer;
    assert.equal((await rejection(first.client.me.get())).code, "protocol_error");
    assert.equal(api.transport.to("/v1/me").length, 1);
  });

  test("the waiting of one tab for a frozen holder of the lock ends", async () => {
    const time = fakeTime();
    const api = fakeApi();
    const origin = fakeOrigin();
    const { openChannel, locks } = origin.tab();
    const store = memoryStore();
    const client = testClient({ transport: api.transport, store }, { ...time, openChannel, locks });
    await client.auth.signIn(CREDENTIALS);
    api.expireAccessTokens();
    origin.locks
      .request("welby:demo-portal@https://api.example.jp", {}, () => new Promise(() => {}))
      .catch(() => {});
    const call = client.me.get();
    await until(() => api.transport.to("/v1/me").length === 1 && time.timers === 2, "the wait for the lock");
    await time.advance(4999);
    assert.equal(api.transport.to(TOKEN).length, 0);
    await time.advance(1);
    assert.equal((await call).name.text, "suzuki");
  });
});

describe("the refresh across tabs", () => {
  for (const shared of [{ locks: true }, { locks: true, channel: false }]) {
    test(`A-104 ten tabs at once cause one refresh${"channel" in shared ? ", also when they cannot hear each other" : ""}`, async () => {
      const { api, tabs: all } = await tabs(
        10,
        shared.channel === false ? { locks: true, channel: true } : shared,
      );
      api.expireAccessTokens();
      const names = await Promise.all(all.flatMap(({ client }) => [client.me.get(), client.me.get()]));
      assert.equal(names.length, 20);
      assert.equal(api.transport.to(TOKEN).length, 1);
    });
  }

  test("without locks the tabs end up with one session, and nobody is signed out", async () => {
    const { api, tabs: all, store } = await tabs(4, { locks: false });
    for (let round = 0; round < 5; round += 1) {
      api.expireAccessTokens();
      await Promise.all(all.map(({ client }) => client.me.get()));
    }
    assert.ok(all.every(({ client }) => client.session.state === "signed_in"));
    assert.ok(all.every(({ events }) => events.length === 0));
    assert.ok(await store.read());
  });

  test("a tab adopts what another one refreshed", async () => {
    const { api, first, second } = await tabs(2);
    api.expireAccessTokens();
    await first.client.me.get();
    await second.client.me.get();
    assert.equal(api.transport.to(TOKEN).length, 1);
    assert.deepEqual(second.events, []);
  });

  test("a refresh that comes back after the sign-out of another tab writes nothing", async () => {
    const { api, first, second, store } = await tabs(2);
    api.expireAccessTokens();
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    api.onTheWay = async ({ path }, answer) => {
      if (path === TOKEN) await held;
      return answer;
    };
    const call = rejection(first.client.me.get());
    await until(() => api.transport.to(TOKEN).length === 1);
    await second.client.auth.signOut();
    release();
    assert.equal((await call).code, "unauthenticated");
    assert.equal(await store.read(), null);
    assert.equal(first.client.session.state, "signed_out");
  });

  test("what one person began is never sent again with the token of the next", async () => {
    const { api, first, second } = await tabs(2);
    api.expireAccessTokens();
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    let holding = true;
    api.onTheWay = async ({ path }, answer) => {
      if (path === "/v1/groups" && holding) await held;
      return answer;
    };
    const write = rejection(first.client.groups.create({ name: "外来A" }));
    await until(() => api.transport.to("/v1/groups").length === 1);
    await second.client.auth.signIn({ ...CREDENTIALS, loginId: "tanaka@minato.example.jp" });
    holding = false;
    release();
    assert.equal((await write).code, "unauthenticated");
    assert.equal(api.transport.to("/v1/groups").length, 1);
    assert.equal((await first.client.me.get()).name.text, "tanaka");
  });
});
