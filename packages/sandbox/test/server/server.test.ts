import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { ConnectionInfo } from "../../src/server/http-server.ts";
import { addressList } from "../../src/server/remote-address.ts";
import { serve, type Serving } from "../../src/server/serve.ts";
import { endlessBody, get, rawHttp } from "../support/raw-http.ts";

type Seen = { url: string; method: string; info: ConnectionInfo };

describe("the HTTP server", () => {
  const seen: Seen[] = [];
  const errors: unknown[] = [];
  let serving: Serving;
  let url: string;
  const start = (more: Partial<Parameters<typeof serve>[0]> = {}) =>
    serve({
      host: "localhost",
      port: 0,
      baseUrl: () => "http://api.test:1234",
      trustedProxies: addressList([]),
      onError: (error) => errors.push(error),
      fetch: async (request, info) => {
        seen.push({ url: request.url, method: request.method, info });
        const path = new URL(request.url).pathname;
        if (path === "/echo")
          return new Response(request.body, { headers: { "content-type": "text/plain" } });
        if (path === "/refuse") return new Response("no", { status: 413 });
        if (path === "/throw") throw new Error("secret detail");
        return Response.json({ ok: true });
      },
      ...more,
    });
  before(async () => {
    serving = await start({ requestTimeoutMs: 1_500, headersTimeoutMs: 1_000 });
    url = `http://localhost:${serving.port}`;
  });
  after(() => serving.stop());
  const lastUrl = () => seen.at(-1)?.url;

  test("serves both addresses of the name localhost", async () => {
    for (const host of ["127.0.0.1", "[::1]", "localhost"]) {
      assert.equal((await fetch(`http://${host}:${serving.port}/`)).status, 200, host);
    }
  });

  test("A-052 reads requests against its own address, whatever Host and an absolute target say", async () => {
    for (const text of [
      get("/v1/meta?a=1", { host: "evil.example" }),
      get("http://evil.example/v1/meta?a=1"),
      get("HTTP://evil.example:99/v1/meta?a=1", { "x-forwarded-host": "evil.example" }),
    ]) {
      assert.equal((await rawHttp(serving.port, text)).status, 200);
      assert.equal(lastUrl(), "http://api.test:1234/v1/meta?a=1");
    }
  });

  test("takes a path of two slashes as a path, not as another host", async () => {
    await rawHttp(serving.port, get("//evil.example/v1"));
    assert.equal(lastUrl(), "http://api.test:1234//evil.example/v1");
  });

  for (const target of [
    "/static/../etc/passwd",
    "/%2e%2e/etc",
    "/a/.%2E/b",
    "/a/%2e",
    "/..",
    "/..\\x",
    "/v1\\me",
    "/v1/me#x",
  ]) {
    test(`A-008 does not walk the tree other than as written for ${target}`, async () => {
      const before = seen.length;
      assert.equal((await rawHttp(serving.port, get(target))).status, 404);
      assert.equal(seen.length, before, "the core should not see it");
    });
  }

  test("dots that are part of a name or of the query are no dot segments", async () => {
    assert.equal((await rawHttp(serving.port, get("/.well-known/jwks.json?x=/../"))).status, 200);
  });

  test("refuses what is no HTTP, has no Host, or uses TRACE, as problem+json", async () => {
    for (const text of [
      "hello\r\n\r\n",
      "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
      "TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
      "CONNECT x:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nExpect: something\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    ]) {
      const { status, head, body } = await rawHttp(serving.port, text);
      assert.ok([400, 405, 417].includes(status), `${status} for ${text}`);
      assert.match(head, /content-type: application\/problem\+json/i, text);
      assert.match(body, /"code":"(malformed_request|method_not_allowed)"/, text);
    }
  });

  test("a body in a transfer coding that is not read here is refused, not taken as it is", async () => {
    const before = seen.length;
    const text =
      "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\nConnection: close\r\n\r\n2\r\nhi\r\n0\r\n\r\n";
    assert.equal((await rawHttp(serving.port, text)).status, 400);
    assert.equal(seen.length, before, "the core should not see it");
  });

  test("TR-6 refuses more than 16 KB of headers with 431", async () => {
    const { status, body } = await rawHttp(serving.port, get("/", { "x-large": "x".repeat(17 * 1024) }));
    assert.equal(status, 431);
    assert.equal((JSON.parse(body) as { code: string }).code, "headers_too_large");
  });

  test("request smuggling by two lengths is refused", async () => {
    const text =
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
    assert.equal((await rawHttp(serving.port, text)).status, 400);
    assert.ok(!seen.some(({ url }) => url.includes("smuggled")));
  });

  test("hands the body on as it comes", async () => {
    const body = "あ".repeat(100_000);
    const response = await fetch(`${url}/echo`, { method: "POST", body });
    assert.equal(await response.text(), body);
  });

  test("A-036 answers an endless body early and closes, with memory flat", async () => {
    const before = process.memoryUsage().rss;
    const { sent, ...answer } = await endlessBody(serving.port, "/refuse");
    assert.equal(answer.status, 413);
    assert.match(answer.head, /connection: close/i);
    assert.ok(answer.ms < 3_000, `closed only after ${answer.ms} ms`);
    // Both ends are this process, so some of what was sent is garbage that nobody has collected yet.
    const grown = process.memoryUsage().rss - before;
    assert.ok(grown < 100_000_000 + sent / 4, `memory grew by ${grown} bytes while ${sent} were sent`);
  });

  test("A-100 closes connections that send headers or a body too slowly, 100 of each, while others are served", async () => {
    const slowHeaders = Array.from({ length: 100 }, () =>
      rawHttp(serving.port, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "),
    );
    const slowBodies = Array.from({ length: 100 }, () =>
      rawHttp(serving.port, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc"),
    );
    await sleep(200);
    const started = performance.now();
    assert.equal((await fetch(`${url}/health`)).status, 200);
    assert.ok(performance.now() - started < 250, "health was slow meanwhile");
    for (const { ms } of await Promise.all([...slowHeaders, ...slowBodies]))
      assert.ok(ms < 5_000, `closed after ${ms} ms`);
  });

  test("an error that nobody expected is a 500 without a word about it", async () => {
    const response = await fetch(`${url}/throw`);
    const text = await response.text();
    assert.equal(response.status, 500);
    assert.doesNotMatch(text, /secret|Error:| at /);
    assert.equal((errors.pop() as Error).message, "secret detail");
  });

  test("A-067 believes X-Forwarded-For from configured proxies only, and from the right end", async () => {
    await rawHttp(serving.port, get("/", { "x-forwarded-for": "203.0.113.9" }));
    assert.equal(seen.at(-1)?.info.ip, "127.0.0.1");

    const behindProxy = await start({ trustedProxies: addressList(["127.0.0.1", "10.0.0.0/8"]) });
    const cases: [string, string][] = [
      ["203.0.113.9", "203.0.113.9"],
      ["198.51.100.1, 203.0.113.9", "203.0.113.9"],
      ["198.51.100.1, 203.0.113.9, 10.1.2.3", "203.0.113.9"],
      ["203.0.113.9, not an address", "127.0.0.1"],
      ["::ffff:203.0.113.9", "203.0.113.9"],
    ];
    for (const [header, ip] of cases) {
      await rawHttp(behindProxy.port, get("/", { "x-forwarded-for": header }));
      assert.equal(seen.at(-1)?.info.ip, ip, header);
    }
    await behindProxy.stop();
  });

  test("falls back to the next free port when the wished one is taken, on either address family", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "::1", resolve));
    const taken = (other.address() as { port: number }).port;
    const next = await start({ port: taken });
    assert.ok(next.port > taken && next.port < taken + 100, `${taken} → ${next.port}`);
    await next.stop();
    other.close();
  });

  test("stops after the calls in flight are answered, and takes no new ones", async () => {
    let finish = () => {};
    const work = new Promise<void>((resolve) => (finish = resolve));
    const short = await start({ fetch: async () => (await work, Response.json({ done: true })) });
    const inFlight = fetch(`http://127.0.0.1:${short.port}/`);
    await sleep(50);
    const stopped = short.stop();
    await sleep(50);
    await assert.rejects(fetch(`http://127.0.0.1:${short.port}/`));
    finish();
    const response = await inFlight;
    assert.deepEqual(await response.json(), { done: true });
    assert.equal(response.headers.get("connection"), "close");
    await stopped;
  });
});
