import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import type { OutboxRecord, Store } from "@welby/backend/ports";
import { createMemoryStore } from "@welby/backend/stores/memory";
import { createOutbox, type Outbox } from "../../src/outbox/outbox.ts";

const PORT = 8787;

function message(changes: Partial<OutboxRecord> = {}): Omit<OutboxRecord, "seq"> {
  return {
    id: crypto.randomUUID(),
    institutionId: null,
    channel: "email",
    recipient: "sato@example.jp",
    template: "welcome",
    subject: "ご利用開始のご案内",
    body: "初期パスワード: secret-initial-password\nhttp://localhost:8080/reset#token=abc",
    status: "sent",
    attempts: 1,
    createdAt: new Date("2026-11-23T00:05:07Z"),
    nextAttemptAt: new Date("2026-11-23T00:05:07Z"),
    sentAt: new Date("2026-11-23T00:05:08Z"),
    ...changes,
  };
}

describe("the outbox pages", () => {
  let store: Store;
  let outbox: Outbox;
  beforeEach(() => {
    store = createMemoryStore();
    outbox = createOutbox(store, PORT);
  });
  const add = (row: Omit<OutboxRecord, "seq">) => store.transaction((tx) => tx.outbox.insert(row));
  async function open(
    path: string,
    headers: Record<string, string> = {},
    peer = "127.0.0.1",
    method = "GET",
  ) {
    const request = new Request(`http://localhost:${PORT}${path}`, {
      method,
      headers: { host: `localhost:${PORT}`, ...headers },
    });
    const response = await outbox(request, { ip: peer, peer });
    assert.ok(response, `${path} is not the outbox's`);
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  test("IP-5 the list shows time in Japan, recipient and subject, and never a body", async () => {
    const row = message();
    await add(row);
    const { status, text } = await open("/outbox");
    assert.equal(status, 200);
    for (const shown of [
      "2026/11/23 09:05:07",
      "sato@example.jp",
      "ご利用開始のご案内",
      `/outbox/${row.id}`,
    ]) {
      assert.ok(text.includes(shown), shown);
    }
    const asJson = await open("/outbox", { accept: "application/json" });
    for (const list of [text, asJson.text]) assert.equal(/secret-initial|token=abc/.test(list), false);
  });

  test("the message's own page shows the body, its web address clickable without telling where from", async () => {
    const row = message();
    await add(row);
    const { text } = await open(`/outbox/${row.id}`);
    const address = "http://localhost:8080/reset#token=abc";
    assert.ok(
      text.includes(`secret-initial-password\n<a href="${address}" rel="noreferrer">${address}</a>`),
      text,
    );
  });

  for (const [body, addresses] of [
    ["javascript:alert(1) data:text/html,x ftp://a.example //b.example", []],
    [
      "こちら(https://a.example/x?b=1&c=2)。次に http://b.example/#t=1. おわり",
      ["https://a.example/x?b=1&#38;c=2", "http://b.example/#t=1"],
    ],
    ['https://a.example/"onclick="alert(1)', ["https://a.example/"]],
    ["https:// http://[", []],
  ] as const) {
    test(`A-017 of 「${body}」 only http and https addresses become links`, async () => {
      const row = message({ body });
      await add(row);
      const { text } = await open(`/outbox/${row.id}`);
      const links = [...text.matchAll(/<a href="([^"]*)" rel="noreferrer">/g)].map((match) => match[1]);
      assert.deepEqual(links, addresses);
      assert.doesNotMatch(text.replace(/<[^>]*>/g, ""), /<a/);
    });
  }

  test("A-017 markup in a message is shown as text", async () => {
    const attack = `<img src=x onerror=alert(1)><script>"'&`;
    const row = message({ subject: attack, body: `</pre>${attack}`, recipient: attack });
    await add(row);
    for (const path of ["/outbox", `/outbox/${row.id}`]) {
      const { text } = await open(path);
      assert.doesNotMatch(text, /<img|<script|<\/pre><img/);
      assert.ok(text.includes("&#60;img src=x onerror=alert(1)&#62;&#60;script&#62;&#34;&#39;&#38;"), path);
    }
  });

  test("tests read it as JSON, newest first", async () => {
    const [one, two] = [message({ subject: "1" }), message({ subject: "2" })];
    await add(one);
    await add(two);
    const list = JSON.parse((await open("/outbox", { accept: "application/json" })).text) as {
      items: { subject: string }[];
    };
    assert.deepEqual(
      list.items.map((item) => item.subject),
      ["2", "1"],
    );
    const single = JSON.parse(
      (await open(`/outbox/${one.id}`, { accept: "application/json" })).text,
    ) as object;
    assert.deepEqual(single, {
      id: one.id,
      channel: "email",
      to: "sato@example.jp",
      subject: "1",
      status: "sent",
      createdAt: "2026-11-23T09:05:07.000+09:00",
      text: one.body,
    });
  });

  test("speaks Japanese, and English to whom prefers it or asks for it", async () => {
    const language = async (path: string, accept: string) =>
      /<html lang="(\w+)"/.exec((await open(path, { "accept-language": accept })).text)?.[1];
    assert.equal(await language("/outbox", "de"), "ja");
    assert.equal(await language("/outbox", "en-GB,ja;q=0.5"), "en");
    assert.equal(await language("/outbox", "ja,en;q=0.5"), "ja");
    assert.equal(await language("/outbox?lang=en", "ja"), "en");
  });

  for (const id of ["..%2f..%2fetc%2fpasswd", "%2e%2e%2fx", "1", "' or 1=1", "x".repeat(5000)]) {
    test(`A-009 refuses the id ${id.slice(0, 20)} with 422`, async () => {
      assert.equal((await open(`/outbox/${encodeURI(id)}`)).status, 422);
    });
  }

  test("answers 404 for a message that is not there, and leaves other paths to the API", async () => {
    assert.equal((await open(`/outbox/${crypto.randomUUID()}`)).status, 404);
    for (const path of ["/", "/outboxes", "/v1/outbox", "/outbox/a/b"]) {
      assert.equal(
        await outbox(new Request(`http://localhost:${PORT}${path}`), { ip: null, peer: "127.0.0.1" }),
        undefined,
      );
    }
  });

  const refused: [string, Record<string, string>, string][] = [
    ["another machine", {}, "192.0.2.7"],
    ["another machine by IPv6", {}, "2001:db8::1"],
    ["a page whose name was pointed here (DNS rebinding)", { host: `evil.example:${PORT}` }, "127.0.0.1"],
    ["a name that only begins like ours", { host: `localhost.evil.example:${PORT}` }, "127.0.0.1"],
    ["another port", { host: "localhost:1" }, "127.0.0.1"],
    ["no port", { host: "localhost" }, "127.0.0.1"],
    ["a proxy on this machine", { "x-forwarded-for": "192.0.2.7" }, "127.0.0.1"],
    ["a proxy that names itself", { via: "1.1 proxy" }, "::1"],
  ];
  for (const [who, headers, peer] of refused) {
    test(`refuses ${who}, showing nothing`, async () => {
      const row = message();
      await add(row);
      for (const path of ["/outbox", `/outbox/${row.id}`]) {
        const { status, text } = await open(path, headers, peer);
        assert.equal(status, 403);
        assert.equal(/sato|secret|ご利用/.test(text), false);
      }
    });
  }

  for (const host of [`localhost:${PORT}`, `LOCALHOST:${PORT}`, `127.0.0.1:${PORT}`, `[::1]:${PORT}`]) {
    test(`opens by the name ${host}`, async () =>
      assert.equal((await open("/outbox", { host }, "::1")).status, 200));
  }

  test("A-033 no page runs anything, loads anything or can be framed", async () => {
    for (const path of ["/outbox", "/outbox/1"]) {
      const { headers, text } = await open(path);
      const policy = headers.get("content-security-policy") ?? "";
      for (const part of [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'none'",
      ]) {
        assert.ok(policy.includes(part), part);
      }
      assert.doesNotMatch(policy, /unsafe|script-src/);
      const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? "";
      const digest = Buffer.from(
        await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style)),
      ).toString("base64");
      assert.ok(policy.includes(`'sha256-${digest}'`), "the policy should name the page's own style");
      assert.equal(headers.get("cache-control"), "no-store");
      assert.equal(headers.get("x-content-type-options"), "nosniff");
    }
  });

  test("can only be read", async () => {
    assert.equal((await open("/outbox", {}, "127.0.0.1", "DELETE")).status, 405);
  });
});
