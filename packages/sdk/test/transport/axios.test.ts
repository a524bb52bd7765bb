import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { after, describe, test } from "node:test";
import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import axios from "axios";
import { axiosTransport } from "../../src/transport/axios.ts";
import { TransportFailure, type TransportRequest } from "../../src/transport/transport.ts";
import { loadTransportForPages } from "../support/transport-for-pages.ts";
import { closedPort, startServer, type ReceivedRequest, type TestServer } from "../support/http-server.ts";

const SECRET = "asagao-tegami-koharu-7";
const servers: TestServer[] = [];
after(() => Promise.all(servers.map((server) => server.close())));

async function serve(
  answer: (request: ReceivedRequest, response: ServerResponse) => void,
): Promise<TestServer> {
  const server = await startServer(answer);
  servers.push(server);
  return server;
}
const ok = (response: ServerResponse) =>
  response.writeHead(200, { "content-type": "application/json" }).end("{}");
const request = (url: string, more: Partial<TransportRequest> = {}): TransportRequest => ({
  method: "POST",
  url,
  headers: {
    "content-type": "application/json",
    authorization: `DPoP ${SECRET}`,
    dpop: SECRET,
    "welby-client": "demo-portal",
  },
  body: JSON.stringify({ password: SECRET }),
  timeoutMs: 2000,
  ...more,
});

const transportForPages = await loadTransportForPages();
const transports = {
  "axios over http": axiosTransport({ adapter: "http" }),
  "axios over fetch": axiosTransport({ adapter: "fetch" }),
  "the browser files' lighter axios": transportForPages({ adapter: "fetch" }),
};

for (const [name, transport] of Object.entries(transports)) {
  describe(name, () => {
    const failure = async (sent: TransportRequest): Promise<TransportFailure> => {
      try {
        await transport.send(sent);
      } catch (error) {
        assert.ok(error instanceof TransportFailure, String(error));
        for (const text of [
          inspect(error, { depth: 10 }),
          JSON.stringify(error),
          String(error.stack),
          String(error.cause),
        ]) {
          assert.ok(!text.includes(SECRET), "the failure holds the request");
        }
        return error;
      }
      return assert.fail("should have failed");
    };

    test("sends the request as it is given, and nothing of its own that a preflight would show", async () => {
      const server = await serve((_, response) => ok(response));
      const answer = await transport.send(request(`${server.url}/v1/x?limit=5&cursor=a%3Db`));
      assert.equal(answer.status, 200);
      assert.equal(answer.body, "{}");
      const [received] = server.received;
      assert.equal(received?.method, "POST");
      assert.equal(received?.path, "/v1/x?limit=5&cursor=a%3Db");
      assert.equal(received?.body, JSON.stringify({ password: SECRET }));
      assert.equal(received?.headers["content-type"], "application/json");
      assert.ok(!/axios/.test(received?.headers["user-agent"] ?? ""));
      for (const name of ["x-xsrf-token", "cookie", "x-requested-with", "referer"])
        assert.equal(received?.headers[name], undefined);
    });

    test("sends no body and no content type where there is none", async () => {
      const server = await serve((_, response) => ok(response));
      for (const method of ["GET", "DELETE", "POST"])
        await transport.send({ method, url: `${server.url}/v1/x`, headers: {}, timeoutMs: 2000 });
      for (const { headers, body } of server.received) {
        assert.equal(headers["content-type"], undefined);
        assert.equal(body, "");
      }
    });

    test("gives a text as text, with header names in lower case", async () => {
      const text = '{"name":"髙橋 𠮷田 葛󠄀城"}';
      const server = await serve((_, response) =>
        response
          .writeHead(200, { "Content-Type": "application/json", "Welby-Request-Id": "req-1" })
          .end(text),
      );
      const answer = await transport.send(request(`${server.url}/v1/x`));
      assert.equal(answer.body, text);
      assert.equal(answer.headers["welby-request-id"], "req-1");
    });

    for (const status of [400, 401, 404, 409, 500, 503]) {
      test(`hands a ${status} over like any answer`, async () => {
        const server = await serve((_, response) =>
          response.writeHead(status, { "content-type": "application/problem+json" }).end('{"code":"x"}'),
        );
        assert.deepEqual((await transport.send(request(`${server.url}/v1/x`))).status, status);
      });
    }

    for (const status of [301, 302, 303, 307, 308]) {
      test(`M2 does not follow a ${status}: the other server gets nothing`, async () => {
        const other = await serve((_, response) => ok(response));
        const server = await serve((_, response) =>
          response.writeHead(status, { location: `${other.url}/steal` }).end(),
        );
        const { kind } = await failure(request(`${server.url}/v1/x`));
        assert.equal(kind, "redirect");
        assert.equal(other.received.length, 0);
        assert.equal(server.received.length, 1);
      });
      test(`M2 does not follow a ${status} to the same server either`, async () => {
        const server = await serve(({ path }, response) =>
          path === "/v1/x" ? response.writeHead(status, { location: "/v1/y" }).end() : ok(response),
        );
        await failure(request(`${server.url}/v1/x`));
        assert.deepEqual(
          server.received.map(({ path }) => path),
          ["/v1/x"],
        );
      });
    }

    for (const url of [
      "data:application/json,{}",
      "ftp://127.0.0.1/x",
      "file:///etc/passwd",
      "//127.0.0.1/x",
      "/v1/x",
      "http://user:pass@127.0.0.1/x",
      "http://127.0.0.1//evil.example/x",
      "http://127.0.0.1/v1/../x",
      "",
    ]) {
      test(`M1 refuses ${url || "an empty URL"} before any network`, async () => {
        const error = await failure(request(url));
        assert.equal(error.notSent, true);
      });
    }

    test("knows when nothing was sent", async () => {
      const error = await failure(request(`${await closedPort()}/v1/x`));
      assert.deepEqual([error.kind, error.notSent], ["connection", true]);
    });

    test("A-097 calls a connection that breaks before the answer a connection failure that may have had effect", async () => {
      const server = await serve((_, response) => response.destroy());
      const error = await failure(request(`${server.url}/v1/x`));
      assert.deepEqual([error.kind, error.notSent], ["connection", false]);
    });

    test("A-097 does not take a truncated answer for an answer", async () => {
      const server = await serve((_, response) => {
        response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
        response.write('{"id":');
        setTimeout(() => response.destroy(), 20);
      });
      assert.equal((await failure(request(`${server.url}/v1/x`))).kind, "connection");
    });

    test("A-097 does not take a chunked answer that breaks off for an answer", async () => {
      const server = await serve((_, response) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.write("{}");
        setTimeout(() => response.destroy(), 20);
      });
      assert.equal((await failure(request(`${server.url}/v1/x`))).kind, "connection");
    });

    test("A-097 fails on what is not HTTP", async () => {
      const server = await serve((_, response) => response.socket?.end("SSH-2.0-OpenSSH_9.2\r\n"));
      await failure(request(`${server.url}/v1/x`));
    });

    test("M6 stops at an answer of more than 8 MiB, announced or not, also when it was compressed", async () => {
      const large = Buffer.alloc(9 * 1024 * 1024, 0x20);
      const answers: ((response: ServerResponse) => void)[] = [
        (response) => response.writeHead(200, { "content-length": String(large.length) }).end(large),
        (response) => {
          response.writeHead(200);
          response.write(large);
          response.end();
        },
        (response) => response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(large)),
      ];
      for (const answer of answers) {
        const server = await serve((_, response) => answer(response));
        assert.equal((await failure(request(`${server.url}/v1/x`))).kind, "too_large");
      }
    });

    test("M6 does not send more than 1 MiB", async () => {
      const server = await serve((_, response) => ok(response));
      const error = await failure(request(`${server.url}/v1/x`, { body: "x".repeat(1024 * 1024 + 1) }));
      assert.deepEqual([error.kind, error.notSent], ["too_large", true]);
      assert.equal(server.received.length, 0);
    });

    test("A-099 gives up on a server that never answers", async () => {
      const server = await serve(() => {});
      assert.equal((await failure(request(`${server.url}/v1/x`, { timeoutMs: 100 }))).kind, "timeout");
    });

    test("A-099 gives up on a server that drips", async () => {
      const server = await serve((_, response) => {
        response.writeHead(200, { "content-type": "application/json" });
        const drip = setInterval(() => response.write(" "), 20);
        response.on("close", () => clearInterval(drip));
      });
      const signal = AbortSignal.timeout(300);
      assert.equal(
        (await failure(request(`${server.url}/v1/x`, { timeoutMs: 300, signal }))).kind,
        "aborted",
      );
    });

    test("lets go of a cancelled request", async () => {
      const server = await serve(() => {});
      const controller = new AbortController();
      const sent = failure(request(`${server.url}/v1/x`, { signal: controller.signal }));
      setTimeout(() => controller.abort(), 30);
      assert.equal((await sent).kind, "aborted");
    });

    test("sends nothing for a signal that is aborted already", async () => {
      const server = await serve((_, response) => ok(response));
      assert.equal(
        (await failure(request(`${server.url}/v1/x`, { signal: AbortSignal.abort() }))).kind,
        "aborted",
      );
      assert.equal(server.received.length, 0);
    });

    test("keeps no cookie", async () => {
      const server = await serve((_, response) =>
        response.writeHead(200, { "set-cookie": "session=1; Path=/" }).end("{}"),
      );
      await transport.send(request(`${server.url}/v1/x`));
      await transport.send(request(`${server.url}/v1/x`));
      assert.equal(server.received[1]?.headers["cookie"], undefined);
    });

    test("A-093 keeps concurrent requests apart", async () => {
      const server = await serve(({ body }, response) =>
        setTimeout(() => response.writeHead(200).end(body), Math.random() * 20),
      );
      const bodies = Array.from({ length: 50 }, (_, index) => `{"n":${index}}`);
      const answers = await Promise.all(
        bodies.map((body) => transport.send(request(`${server.url}/v1/x`, { body }))),
      );
      assert.deepEqual(
        answers.map(({ body }) => body),
        bodies,
      );
    });
  });
}

for (const adapter of ["http", "fetch"] as const) {
  test(`A-093 what a page set for its own use of axios does not reach the API (${adapter})`, async () => {
    const server = await serve((_, response) => ok(response));
    const evil = await serve((_, response) => ok(response));
    const before = {
      ...axios.defaults,
      headers: { ...axios.defaults.headers, common: { ...axios.defaults.headers.common } },
    };
    Object.assign(axios.defaults, {
      baseURL: evil.url,
      params: { page: 1 },
      auth: { username: "page", password: "page" },
      timeout: 1,
      maxContentLength: 1,
      transformRequest: [() => "page"],
      transformResponse: [() => "page"],
      responseType: "stream",
    });
    axios.defaults.headers.common["Authorization"] = "Bearer page";
    axios.defaults.headers.common["X-Page"] = "1";
    const interceptor = axios.interceptors.request.use(() => Promise.reject(new Error("page")));
    try {
      const answer = await axiosTransport({ adapter }).send(request(`${server.url}/v1/x`));
      assert.equal(answer.body, "{}");
    } finally {
      axios.interceptors.request.eject(interceptor);
      for (const name of Object.keys(axios.defaults))
        delete (axios.defaults as Record<string, unknown>)[name];
      Object.assign(axios.defaults, before);
    }
    const [received] = server.received;
    assert.equal(evil.received.length, 0);
    assert.equal(received?.path, "/v1/x");
    assert.equal(received?.headers["authorization"], `DPoP ${SECRET}`);
    assert.equal(received?.headers["x-page"], undefined);
    assert.equal(received?.body, JSON.stringify({ password: SECRET }));
  });
}

test("environment variables do not put a proxy in between", async () => {
  const proxy = await serve((_, response) => ok(response));
  const server = await serve((_, response) => ok(response));
  const before = { ...process.env };
  Object.assign(process.env, { HTTP_PROXY: proxy.url, http_proxy: proxy.url, NO_PROXY: "", no_proxy: "" });
  try {
    await axiosTransport({ adapter: "http" }).send(request(`${server.url}/v1/x`));
  } finally {
    process.env = before;
  }
  assert.equal(proxy.received.length, 0);
  assert.equal(server.received.length, 1);
});
