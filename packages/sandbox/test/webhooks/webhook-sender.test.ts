import assert from "node:assert/strict";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createTcpServer, type AddressInfo, type Server } from "node:net";
import { test, type TestContext } from "node:test";
import { createWebhookSender, RefusedEndpoint } from "../../src/webhooks/webhook-sender.ts";

/** A server of a partner on this machine, and what it got. */
async function partner(t: TestContext, answer: RequestListener = (_, response) => response.end()) {
  const got: {
    method: string | undefined;
    path: string | undefined;
    body: string;
    headers: NodeJS.Dict<unknown>;
  }[] = [];
  const server = createHttpServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      got.push({ method: request.method, path: request.url, body, headers: request.headers });
      answer(request, response);
    });
  });
  return { got, port: await opened(t, server) };
}

async function opened(t: TestContext, server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    (server as { closeAllConnections?: () => void }).closeAllConnections?.();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const delivery = (url: string) => ({ url, headers: { "webhook-id": "1" }, body: '{"type":"staff.removed"}' });
const local = (resolve = async (): Promise<string[]> => ["127.0.0.1"]) =>
  createWebhookSender({ allowLoopback: true, timeoutMs: 500, resolve });

test("a delivery is posted as it is, and answered by its status", async (t) => {
  const { got, port } = await partner(t, (_, response) => response.writeHead(202).end("thanks"));
  const answer = await local().send(delivery(`http://hooks.example.jp:${port}/in?a=1`));
  assert.deepEqual(answer, { status: 202 });
  assert.deepEqual(
    got.map(({ method, path, body, headers }) => [
      method,
      path,
      body,
      headers["webhook-id"],
      headers["host"],
    ]),
    [["POST", "/in?a=1", '{"type":"staff.removed"}', "1", `hooks.example.jp:${port}`]],
  );
});

for (const [what, url] of [
  ["plain http", "http://hooks.example.jp/"],
  ["another scheme", "ftp://hooks.example.jp/"],
  ["a file", "file:///etc/passwd"],
  ["a password in the address", "https://user:secret@hooks.example.jp/"],
  ["no address", "hooks"],
] as const) {
  test(`${what} is refused`, async () => {
    const sender = createWebhookSender({ resolve: async () => ["93.184.215.14"] });
    await assert.rejects(sender.send(delivery(url)), RefusedEndpoint);
  });
}

for (const host of [
  "127.0.0.1",
  "localhost",
  "2130706433",
  "0x7f.1",
  "0177.0.0.1",
  "127.1",
  "[::1]",
  "[::ffff:127.0.0.1]",
  "0.0.0.0",
  "metadata.example.jp",
  "mixed.example.jp",
  "nobody.example.jp",
]) {
  test(`${host} is refused before anything is sent`, async (t) => {
    let touched = 0;
    const port = await opened(
      t,
      createTcpServer(() => void touched++),
    );
    const names: Record<string, string[]> = {
      localhost: ["127.0.0.1"],
      "metadata.example.jp": ["169.254.169.254"],
      "mixed.example.jp": ["93.184.215.14", "127.0.0.1"],
      "nobody.example.jp": [],
    };
    const sender = createWebhookSender({ resolve: async (name) => names[name] ?? assert.fail(name) });
    await assert.rejects(sender.send(delivery(`https://${host}:${port}/`)), RefusedEndpoint);
    assert.equal(touched, 0);
  });
}

test("plain http goes to this machine only, also with the development switch", async () => {
  const sender = createWebhookSender({ allowLoopback: true, resolve: async () => ["93.184.215.14"] });
  await assert.rejects(sender.send(delivery("http://hooks.example.jp/")), RefusedEndpoint);
});

test("the name is looked up once: what it answers a moment later changes nothing (DNS rebinding)", async (t) => {
  const { got, port } = await partner(t);
  let asked = 0;
  const sender = local(async () => (++asked === 1 ? ["127.0.0.1"] : ["127.0.0.2"]));
  assert.deepEqual(await sender.send(delivery(`http://rebind.example.jp:${port}/`)), { status: 200 });
  assert.equal(asked, 1);
  assert.equal(got.length, 1);
});

test("a name with several good addresses is reached at the one that answers", async (t) => {
  const { got, port } = await partner(t);
  const sender = local(async () => ["::1", "127.0.0.1"]);
  assert.deepEqual(await sender.send(delivery(`http://hooks.example.jp:${port}/`)), { status: 200 });
  assert.equal(got.length, 1);
});

test("https is spoken to the checked address under the endpoint's own name", async (t) => {
  let hello = Buffer.alloc(0);
  const server = createTcpServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", (data) => {
      hello = data;
      socket.destroy();
    });
  });
  const port = await opened(t, server);
  await assert.rejects(local().send(delivery(`https://hooks.example.jp:${port}/`)));
  // A TLS handshake record, with the name in the clear (SNI).
  assert.equal(hello[0], 0x16);
  assert.ok(hello.includes("hooks.example.jp"));
  assert.equal(hello.includes("staff.removed"), false);
});

test("a redirect is not followed", async (t) => {
  const inside = await partner(t);
  const { port } = await partner(t, (_, response) =>
    response.writeHead(307, { location: `http://127.0.0.1:${inside.port}/admin` }).end(),
  );
  assert.deepEqual(await local().send(delivery(`http://hooks.example.jp:${port}/`)), { status: 307 });
  assert.equal(inside.got.length, 0);
});

test("an endless answer is cut off, and has been an answer", async (t) => {
  let written = 0;
  const { port } = await partner(t, (_, response) => {
    const flood = () => {
      while (!response.destroyed && response.write(Buffer.alloc(64 * 1024))) written += 64 * 1024;
    };
    response.on("drain", flood);
    flood();
  });
  assert.deepEqual(await local().send(delivery(`http://hooks.example.jp:${port}/`)), { status: 200 });
  assert.ok(written < 50_000_000, `${written} bytes were read`);
});

for (const [what, answer] of [
  ["answers nothing", () => undefined],
  [
    "drips its answer",
    (_: unknown, response: { write(text: string): unknown }) =>
      void setInterval(() => response.write("x"), 50).unref(),
  ],
] as const) {
  test(`an endpoint that ${what} is left in time`, async (t) => {
    const { port } = await partner(t, answer);
    const started = performance.now();
    await assert.rejects(local().send(delivery(`http://hooks.example.jp:${port}/`)), {
      name: /AbortError|TimeoutError/,
    });
    assert.ok(performance.now() - started < 3_000);
  });
}

test("a look-up that takes for ever is left in time", async () => {
  const sender = createWebhookSender({ timeoutMs: 50, resolve: () => new Promise(() => undefined) });
  await assert.rejects(sender.send(delivery("https://hooks.example.jp/")), { name: "TimeoutError" });
});

test("what is said about a refusal names no address", async () => {
  const error = await createWebhookSender()
    .send(delivery("https://127.0.0.1/secret-path"))
    .then(
      () => assert.fail("was sent"),
      (thrown: Error) => thrown,
    );
  assert.doesNotMatch(error.message, /127|secret-path/);
});
