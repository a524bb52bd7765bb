import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createTestClient } from "@welby/backend/testing";
import { createMock } from "@welby/mock";

const origin = "https://portal.example.jp";

/** A page on an origin that the mock lets in, and its calls. */
async function page(from = origin, clientId = "demo-portal") {
  const mock = createMock({ allowedOrigins: [origin], log: () => undefined });
  const fetch = (request: Request) => mock.fetch(request, { origin: from });
  const client = await createTestClient({ fetch, baseUrl: mock.baseUrl, clientId });
  return { mock, fetch, client };
}

describe("a page on another origin", () => {
  test("reads what the service exposes, and nothing else", async () => {
    const { client } = await page();
    const { status, headers } = await client.signIn("suzuki@minato.example.jp");
    assert.equal(status, 200);
    assert.ok(headers.get("dpop-nonce") && headers.get("welby-request-id") && headers.get("date"));
    assert.equal(headers.get("access-control-allow-origin"), null);
    assert.equal(headers.get("content-security-policy"), null);
  });

  test("gets no answer when the service does not know its origin", async () => {
    const { client } = await page("https://evil.example");
    await assert.rejects(client.send("getMeta"), { name: "BlockedByCors" });
  });

  test("gets no answer as a client that has no pages", async () => {
    const { client } = await page(origin, "demo-server");
    await assert.rejects(client.send("getMeta"), { name: "BlockedByCors" });
  });

  test("cannot use a method or a header that the preflight does not allow", async () => {
    const { fetch, mock } = await page();
    const health = `${mock.baseUrl}/health`;
    await assert.rejects(fetch(new Request(health, { method: "PURGE" })), /method PURGE is not allowed/);
    await assert.rejects(fetch(new Request(health, { headers: { "x-debug": "1" } })), /header x-debug/);
    assert.equal((await fetch(new Request(health))).status, 200);
  });

  test("follows no rules where it shares the service's origin", async () => {
    const { mock } = await page();
    const request = new Request(`${mock.baseUrl}/health`, { headers: { "x-debug": "1" } });
    const response = await mock.fetch(request, { origin: mock.baseUrl });
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
  });
});
