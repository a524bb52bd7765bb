import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createTestClient } from "@welby/backend/testing";
import { createMock, type Mock } from "@welby/mock";

const health = (mock: Mock, signal?: AbortSignal) =>
  mock.fetch(new Request(`${mock.baseUrl}/health`, { ...(signal && { signal }) }));

describe("a fault", () => {
  test("hits the next calls of its operation only, as often as told", async () => {
    const mock = createMock();
    mock.faults.next("getHealth", { kind: "problem", code: "overloaded", retryAfterSec: 7 }, 2);
    const other = await mock.fetch(new Request(`${mock.baseUrl}/openapi.json`));
    const [first, second, third] = [await health(mock), await health(mock), await health(mock)];
    assert.deepEqual([other.status, first.status, second.status, third.status], [200, 503, 503, 200]);
    assert.equal(first.headers.get("retry-after"), "7");
    assert.equal(first.headers.get("content-type"), "application/problem+json; charset=utf-8");
    assert.equal((await first.json()).code, "overloaded");
  });

  test("is taken back by the function that setting it returned", async () => {
    const mock = createMock();
    const takeBack = mock.faults.always("any", { kind: "html", status: 502 });
    assert.match(await (await health(mock)).text(), /^<!doctype html>/);
    takeBack();
    assert.equal((await health(mock)).status, 200);
  });

  test("drops the connection before or after the service has done its work", async () => {
    const mock = createMock();
    const client = await createTestClient({ fetch: (request) => mock.fetch(request), baseUrl: mock.baseUrl });
    const ask = () =>
      client.send("requestPasswordReset", { audience: "staff", email: "suzuki@minato.example.jp" });
    mock.faults.next("requestPasswordReset", { kind: "drop" });
    await assert.rejects(ask(), { name: "ConnectionDropped" });
    assert.equal((await mock.outbox.mails()).length, 0);
    mock.faults.next("requestPasswordReset", { kind: "drop", when: "after" });
    await assert.rejects(ask(), { name: "ConnectionDropped" });
    assert.equal((await mock.outbox.mails()).length, 1);
  });

  test("answers what another version of the service would", async () => {
    const mock = createMock();
    mock.faults.next("getHealth", { kind: "answer", body: { status: "resting" } });
    const response = await health(mock);
    assert.deepEqual([response.status, await response.json()], [200, { status: "resting" }]);
  });

  test("cuts an answer in the middle", async () => {
    const mock = createMock();
    mock.faults.next("getHealth", { kind: "truncated" });
    const response = await health(mock);
    assert.equal(response.status, 200);
    const text = await response.text();
    assert.ok(text.length > 0);
    assert.throws(() => JSON.parse(text) as unknown, SyntaxError);
  });

  test("delays an answer, on top of what else goes wrong", async () => {
    const mock = createMock();
    await health(mock);
    mock.faults.next("getHealth", { kind: "delay", ms: 60 });
    mock.faults.next("getHealth", { kind: "problem", code: "internal_error" });
    const start = performance.now();
    assert.equal((await health(mock)).status, 500);
    assert.ok(performance.now() - start >= 55);
  });

  test("that never answers ends when the caller gives up", async () => {
    const mock = createMock();
    mock.faults.always("any", { kind: "delay", ms: Infinity });
    const call = new AbortController();
    const answer = health(mock, call.signal);
    setTimeout(() => call.abort(), 20);
    await assert.rejects(answer, { name: "ConnectionDropped" });
  });

  test("cannot be a code that only a client makes", async () => {
    const mock = createMock();
    mock.faults.next("any", { kind: "problem", code: "connection_failed" });
    await assert.rejects(health(mock), /made by the client/);
  });
});
