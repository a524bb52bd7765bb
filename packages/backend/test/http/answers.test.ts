import assert from "node:assert/strict";
import { test } from "node:test";
import { operations, type OperationId } from "@welby/contract";
import { StoreUnavailable } from "../../src/ports/index.ts";
import { createMemoryStore } from "../../src/stores/memory/index.ts";
import { failTransactions } from "../support/store-faults.ts";
import { createWorld } from "../support/world.ts";

const world = await createWorld();
const client = await world.signedIn();

test("A-015 TR-2: every operation answers with the protective headers and sets no cookie", async () => {
  for (const id of Object.keys(operations) as OperationId[]) {
    const { headers } = await client.send(id, {}, { session: null });
    assert.equal(headers.get("cache-control"), "no-store", id);
    assert.equal(headers.get("x-content-type-options"), "nosniff", id);
    assert.equal(headers.get("cross-origin-resource-policy"), "same-origin", id);
    assert.match(headers.get("vary") ?? "", /Origin/, id);
    assert.match(headers.get("welby-request-id") ?? "", /^[0-9a-f-]{36}$/, id);
    assert.ok(headers.get("date"), id);
    assert.equal(headers.get("set-cookie"), null, id);
  }
});

test("two answers never share a request id, and a problem repeats it", async () => {
  const [one, two] = [
    await client.send("getMe", {}, { session: null }),
    await client.send("getMe", {}, { session: null }),
  ];
  assert.notEqual(one.headers.get("welby-request-id"), two.headers.get("welby-request-id"));
  assert.equal(one.body.requestId, one.headers.get("welby-request-id"));
});

test("A-021: a problem says its code and nothing of what was sent", async () => {
  const answer = await client.request("POST", "/v1/auth/sign-in", {
    body: '{"audience":"<img src=x>","loginId":"<b>","password":"hunter2"}',
    headers: { "content-type": "application/json" },
  });
  assert.equal(answer.headers.get("content-type"), "application/problem+json; charset=utf-8");
  assert.doesNotMatch(JSON.stringify(answer.body), /<|hunter2/);
});

test("an unexpected error is a 500 without a word about it, and the log has the place but no values", async () => {
  const broken = createMemoryStore();
  const world = await createWorld({ ports: { store: broken } });
  const client = await world.signedIn();
  const repair = failTransactions(broken, new Error("duplicate key (email)=(suzuki@minato.example.jp)"));
  const answer = await client.send("getMe");
  repair();
  assert.equal(answer.status, 500);
  assert.equal(answer.body.code, "internal_error");
  assert.doesNotMatch(JSON.stringify([answer.body, world.log]), /suzuki|duplicate key/);
  assert.match(JSON.stringify(world.log), /Unexpected error/);
});

test("A-113: a database that cannot be reached is 503 with Retry-After, and /health says so instead of failing", async () => {
  const store = createMemoryStore();
  const world = await createWorld({ ports: { store } });
  const client = await world.signedIn();
  failTransactions(store, new StoreUnavailable());
  store.ping = () => Promise.reject(new StoreUnavailable());
  const answer = await client.send("getMe");
  assert.equal(answer.status, 503);
  assert.equal(answer.body.code, "overloaded");
  assert.match(answer.headers.get("retry-after") ?? "", /^\d+$/);
  const health = await world.backend.fetch(new Request("https://api.example.jp/health"));
  assert.equal(health.status, 200);
  assert.deepEqual(await health.json(), {
    status: "degraded",
    checks: { database: "failed", clockSkewMs: null, outboxDepth: 0 },
  });
});

test("documents for machines need no client: health, the contract and the public keys", async () => {
  const get = async (path: string) =>
    (await world.backend.fetch(new Request(`https://api.example.jp${path}`))).json();
  assert.equal((await get("/health")).status, "ok");
  const openApi = await get("/openapi.json");
  assert.equal(openApi.openapi, "3.1.1");
  assert.deepEqual(openApi.servers, [{ url: "https://api.example.jp" }]);
  const { keys } = await get("/.well-known/jwks.json");
  assert.equal(keys.length, 1);
  assert.deepEqual(Object.keys(keys[0]).sort(), ["alg", "crv", "kid", "kty", "use", "x", "y"]);
});

test("meta says what was configured and nothing more", async () => {
  const { body } = await client.send("getMeta");
  assert.deepEqual(body, {
    name: "Welby partner API (proposal)",
    version: "0.1.0",
    environment: "mock",
    dataLocation: null,
    serverTime: "2026-11-23T09:00:00.000+09:00",
    subProcessors: [],
  });
});

test("PR-1: no line of the log holds an address, a name, a token or a password", async () => {
  await client.signIn("suzuki@minato.example.jp", "wrong-password-canary");
  await client.send("searchPatients", { query: "佐藤" });
  const text = JSON.stringify(world.log);
  assert.doesNotMatch(text, /suzuki|canary|佐藤|鈴木|eyJ/);
  assert.ok(client.session && !text.includes(client.session.refreshToken));
});
