import { expect } from "@open-wc/testing";
import { delay, http, HttpResponse } from "msw";
import { setupWorker, type SetupWorker } from "msw/browser";
import { axiosTransport } from "../../src/transport/axios.ts";
import type { TransportFailure, TransportRequest } from "../../src/transport/transport.ts";

const BASE = "https://api.example.jp";
const received: { url: string; method: string; headers: Record<string, string>; body: string }[] = [];
const request = (path: string, more: Partial<TransportRequest> = {}): TransportRequest => ({
  method: "POST",
  url: `${BASE}${path}`,
  headers: { "content-type": "application/json", "welby-client": "demo-portal" },
  body: '{"a":1}',
  timeoutMs: 3000,
  ...more,
});

describe("the transport in the browser", () => {
  let worker: SetupWorker;
  const transport = axiosTransport();
  before(async () => {
    worker = setupWorker(
      http.all(`${BASE}/*`, async ({ request: { url, method, headers, ...rest }, request }) => {
        void rest;
        received.push({
          url,
          method,
          headers: Object.fromEntries(headers),
          body: await request.clone().text(),
        });
        const { pathname } = new URL(url);
        if (pathname === "/redirect")
          return new HttpResponse(null, { status: 307, headers: { location: `${BASE}/stolen` } });
        if (pathname === "/huge") return new HttpResponse("x".repeat(9 * 1024 * 1024));
        if (pathname === "/broken") return HttpResponse.error();
        if (pathname === "/slow") return delay(1000).then(() => new HttpResponse());
        return HttpResponse.json({ ok: true }, { headers: { "Welby-Request-Id": "req-1" } });
      }),
    );
    await worker.start({
      serviceWorker: { url: "/mockServiceWorker.js" },
      onUnhandledFrame: "bypass",
      quiet: true,
    });
  });
  after(() => worker.stop());
  beforeEach(() => (received.length = 0));

  const failure = async (sent: TransportRequest): Promise<TransportFailure> =>
    transport.send(sent).then(
      () => {
        throw new Error("should have failed");
      },
      (error: TransportFailure) => error,
    );

  it("sends what it is given, without a header or a cookie of its own", async () => {
    const answer = await transport.send(request("/v1/x?limit=5"));
    expect(answer.status).to.equal(200);
    expect(answer.body).to.equal('{"ok":true}');
    expect(answer.headers["welby-request-id"]).to.equal("req-1");
    const [sent] = received;
    expect(sent?.url).to.equal(`${BASE}/v1/x?limit=5`);
    expect(sent?.body).to.equal('{"a":1}');
    // A header of axios's own would need a place in the server's CORS list.
    const own = Object.keys(sent?.headers ?? {}).filter(
      (name) =>
        !/^(accept|accept-language|user-agent|sec-.*|referer|origin|content-length|x-msw-.*|cache-control|pragma|dnt|priority)$/.test(
          name,
        ),
    );
    expect(own.sort()).to.deep.equal(["content-type", "welby-client"]);
    expect(sent?.headers["user-agent"] ?? "").not.to.contain("axios");
    expect(sent?.headers["referer"]).to.equal(undefined);
  });

  it("M2 does not follow a redirect", async () => {
    const error = await failure(request("/redirect"));
    expect(error.name).to.equal("TransportFailure");
    expect(received.map(({ url }) => url)).to.deep.equal([`${BASE}/redirect`]);
  });

  it("M6 stops at an answer of more than 8 MiB", async () => {
    expect((await failure(request("/huge"))).kind).to.equal("too_large");
  });

  it("fails with its own error where the connection fails, hangs or is cancelled", async () => {
    expect((await failure(request("/broken"))).kind).to.equal("connection");
    expect((await failure(request("/slow", { timeoutMs: 150 }))).kind).to.equal("timeout");
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    expect((await failure(request("/slow", { signal: controller.signal }))).kind).to.equal("aborted");
  });

  it("A-091 is not changed by a polluted Object.prototype", async () => {
    // Not `mode`: WebKit's own getReader() reads it from the prototype, whoever calls.
    const poison = {
      baseURL: "https://evil.example",
      url: "/stolen",
      data: "evil",
      params: { evil: 1 },
      proxy: {},
      auth: { username: "evil", password: "evil" },
      adapter: "xhr",
      transformRequest: [() => "evil"],
      transformResponse: [() => "evil"],
      validateStatus: () => false,
      withCredentials: true,
      withXSRFToken: true,
      fetchOptions: { redirect: "follow" },
      env: { fetch: () => Promise.reject(new Error("evil")) },
      maxContentLength: 1,
      responseType: "stream",
      timeout: 1,
      "x-evil": "1",
      credentials: "include",
      integrity: "evil",
    };
    const names = Object.keys(poison);
    for (const name of names) {
      Object.defineProperty(
        Object.prototype,
        name,
        Object.assign(Object.create(null), {
          value: poison[name as keyof typeof poison],
          configurable: true,
          writable: true,
          enumerable: false,
        }) as PropertyDescriptor,
      );
    }
    let answer;
    try {
      answer = await transport.send(request("/v1/x"));
    } finally {
      for (const name of names) delete (Object.prototype as Record<string, unknown>)[name];
    }
    expect(answer.body).to.equal('{"ok":true}');
    // The worker may hand over the cancelled calls of the test before only now.
    const own = received.filter(({ url }) => url !== `${BASE}/slow`);
    expect(own.map(({ url, method, body }) => [url, method, body])).to.deep.equal([
      [`${BASE}/v1/x`, "POST", '{"a":1}'],
    ]);
    expect(own[0]?.headers["x-evil"]).to.equal(undefined);
    expect(own[0]?.headers["authorization"]).to.equal(undefined);
  });
});
