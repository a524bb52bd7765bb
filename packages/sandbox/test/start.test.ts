import assert from "node:assert/strict";
import { createServer } from "node:net";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { PartnerClientRecord } from "@welby/backend/ports";
import { demoTotp } from "@welby/backend/seed";
import {
  connectStore,
  startSandbox,
  UnusableOptions,
  type LogFields,
  type Sandbox,
  type SandboxOptions,
} from "../src/index.ts";
import { apiClient, signedIn } from "./support/api.ts";
import { demoDirectory } from "./support/demo-directory.ts";
import { endlessBody, get, rawHttp } from "./support/raw-http.ts";
import { temporaryDirectory } from "./support/sandbox-process.ts";

/** A clock that a test can move. */
function clockAt(start = new Date()) {
  let ahead = 0;
  return {
    now: () => new Date(start.getTime() + performance.now() - begun + ahead),
    forward: (ms: number) => void (ahead += ms),
  };
}
const begun = performance.now();

/** A hospital's portal as it should be. */
const CLIENT: PartnerClientRecord = {
  clientId: "real-portal",
  institutionId: "7f0c1f57-58a1-4d2b-8a43-0d5b2a5f4a11",
  name: "病院ポータル",
  allowedOrigins: ["https://portal.example.jp"],
  tokenBinding: "dpop",
  rpId: "portal.example.jp",
  urls: {
    passwordReset: "https://portal.example.jp/reset",
    invitation: "https://portal.example.jp/",
    registration: "https://portal.example.jp/register",
  },
  webhookEndpoints: [],
};

/** Starts a sandbox that ends with the test, also when that fails. */
async function started(t: TestContext, options: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  t.after(() => sandbox.close());
  return sandbox;
}

const outboxItems = async (outboxUrl: string | null) => {
  const response = await fetch(outboxUrl ?? "", { headers: { accept: "application/json" } });
  return ((await response.json()) as { items: { id: string; to: string; subject: string }[] }).items;
};

describe("a sandbox in this process", () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({
      port: 0,
      dataDir: await demoDirectory(),
      portalOrigin: "http://localhost:9123",
    });
  });
  after(() => sandbox.close());

  test("mail is on the outbox page within a second, and its body on the message's own page only", async () => {
    const admin = await signedIn(sandbox.url);
    const email = "new.nurse@minato.example.jp";
    assert.equal(
      (await admin.send("addStaff", { name: { family: "新田", given: "花" }, email })).status,
      201,
    );
    const sentAt = performance.now();
    let items = await outboxItems(sandbox.outboxUrl);
    while (!items.some(({ to }) => to === email) && performance.now() - sentAt < 1_000) {
      await sleep(20);
      items = await outboxItems(sandbox.outboxUrl);
    }
    const item = items.find(({ to }) => to === email) ?? assert.fail("no mail within a second");
    const list = await (await fetch(sandbox.outboxUrl ?? "")).text();
    const message = (await (
      await fetch(`${sandbox.outboxUrl}/${item.id}`, { headers: { accept: "application/json" } })
    ).json()) as { text: string };
    const password =
      /^Initial password: (\S{16,})$/m.exec(message.text)?.[1] ??
      assert.fail("no initial password in the mail");
    assert.equal(list.includes(password), false);
    const first = await (await apiClient(sandbox.url)).signIn(email, password);
    assert.equal(first.body.status, "password_change_required");
  });

  test("falls back to the next port when the wished one is taken, and says which", async (t) => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as { port: number };
    t.after(() => void other.close());
    const next = await started(t, { port, dataDir: await demoDirectory() });
    assert.ok(next.port > port);
    assert.equal(next.url, `http://localhost:${next.port}`);
    assert.equal((await fetch(`${next.url}/health`)).status, 200);
  });

  test("answers to localhost, 127.0.0.1 and [::1] alike, proofs of possession included", async () => {
    for (const host of ["localhost", "127.0.0.1", "[::1]"]) {
      const client = await signedIn(`http://${host}:${sandbox.port}`);
      assert.equal((await client.send("getMe")).status, 200, host);
    }
  });

  test("A-052 a reset link leads to the configured portal, whatever Host and its relatives say", async () => {
    const body = JSON.stringify({ audience: "staff", email: "suzuki@minato.example.jp" });
    const { status } = await rawHttp(
      sandbox.port,
      `POST http://evil.example/v1/auth/password-resets HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n` +
        `X-Forwarded-Proto: https\r\nForwarded: host=evil.example\r\nWelby-Client: demo-portal\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    );
    assert.equal(status, 202);
    await sleep(1_000);
    const [item] = await outboxItems(sandbox.outboxUrl);
    const { text } = (await (
      await fetch(`${sandbox.outboxUrl}/${item?.id}`, { headers: { accept: "application/json" } })
    ).json()) as { text: string };
    assert.match(text, /http:\/\/localhost:9123\/\S*#token=/);
    assert.equal(text.includes("evil"), false);
  });

  test("A-036 an endless body is refused as too large while it arrives, and the connection closed", async () => {
    const headers = "Welby-Client: demo-portal\r\nContent-Type: application/json\r\n";
    const before = process.memoryUsage().rss;
    const { status, head, ms, sent } = await endlessBody(sandbox.port, "/v1/auth/password-resets", headers);
    assert.equal(status, 413);
    assert.match(head, /payload_too_large/);
    assert.ok(ms < 10_000, `closed only after ${ms} ms`);
    // Both ends are this process, so some of what was sent is garbage that nobody has collected yet.
    const grown = process.memoryUsage().rss - before;
    assert.ok(grown < 100_000_000 + sent / 4, `memory grew by ${grown} bytes while ${sent} were sent`);
  });

  test("the outbox is refused under a foreign Host over real HTTP", async () => {
    assert.equal((await rawHttp(sandbox.port, get("/outbox", { host: "evil.example" }))).status, 403);
    assert.equal(
      (await rawHttp(sandbox.port, get("/outbox", { host: `localhost:${sandbox.port}` }))).status,
      200,
    );
  });

  for (const [options, words] of [
    [{ production: true, seed: "demo" }, "demo's accounts"],
    [{ production: true, host: "0.0.0.0" }, "plain http"],
    [{ production: true, allowOrigins: ["http://portal.example.jp"] }, "plain http"],
    [{ production: true, portalOrigin: "http://portal.example.jp" }, "plain http"],
    [{ production: true, publicUrl: "http://api.example.jp" }, "plain http"],
    [{ production: true }, "in memory"],
    [{ production: true, dataDir: "x", localWebhooks: true }, "--local-webhooks"],
    [{ production: true, dataDir: "x", trustedProxies: ["10.0.0.1", "0.0.0.0/0"] }, "X-Forwarded-For"],
    [{ production: true, dataDir: "x", trustedProxies: ["::/0"] }, "X-Forwarded-For"],
    [{ production: true, databaseUrl: "postgres://postgres:postgres@db/x" }, "everybody tries first"],
    [{ allowOrigins: ["http://localhost:5173/"] }, "not an origin"],
    [{ allowOrigins: ["*"] }, "not an origin"],
    [{ allowOrigins: ["null"] }, "not an origin"],
    [{ portalOrigin: "javascript:alert(1)" }, "not an origin"],
    [{ databaseUrl: "mysql://x" }, "DATABASE_URL"],
    [{ dataDir: "x", databaseUrl: "postgres://x" }, "one place only"],
    [{ publicUrl: "ftp://x" }, "not a public address"],
    [{ port: 99_999 }, "not a port number"],
    [{ securityContact: "security@example.jp" }, "is no contact"],
    [{ securityContact: "mailto:a@example.jp\r\nContact: b" }, "is no contact"],
    [{ webhookUrl: "hooks" }, "not an address"],
    [{ webhookUrl: "ftp://hooks.example.jp/" }, "not an address"],
    [{ webhookUrl: "http://localhost:3000/" }, "--local-webhooks"],
    [{ webhookUrl: "https://hooks.example.jp/", seed: "none" }, "without the demo"],
    [{ trustedProxies: ["proxy.local"] }, "not an IP address"],
    [{ trustedProxies: ["10.0.0.0/99"] }, "not an IP address"],
  ] as const) {
    test(`refuses ${JSON.stringify(options)}`, async () => {
      await assert.rejects(
        startSandbox(options),
        (error: Error) => error instanceof UnusableOptions && error.message.includes(words),
      );
    });
  }
});

describe("what survives a restart", () => {
  let dataDir: string;
  before(async () => {
    dataDir = await demoDirectory();
  });

  test("data, sessions and counters; origins and mail links follow the portal to its new port", async (t) => {
    const first = await started(t, { port: 0, dataDir, portalOrigin: "http://localhost:9001" });
    const { port } = first;
    const client = await signedIn(first.url, undefined, { origin: "http://localhost:9001" });
    const created = await client.send("createGroup", { name: "再起動のあとも" });
    assert.equal(created.status, 201);
    await first.close();

    const second = await started(t, {
      port,
      dataDir,
      portalOrigin: "http://localhost:9002",
      allowOrigins: ["http://localhost:5173"],
    });
    assert.equal((await client.send("getMe")).status, 403, "the old origin should be refused");
    for (const origin of ["http://localhost:9002", "http://localhost:5173"]) {
      const { status, headers } = await client.send("getMe", {}, { headers: { origin } });
      assert.deepEqual([status, headers.get("access-control-allow-origin")], [200, origin]);
    }
    const groups = await client.send(
      "listGroups",
      { limit: 200 },
      { headers: { origin: "http://localhost:9002" } },
    );
    assert.ok((groups.body.items as { name: string }[]).some(({ name }) => name === "再起動のあとも"));
    const clients = await withStore(second, dataDir, (store) =>
      store.transaction((tx) => tx.partnerClients.list({ tokenBinding: "dpop" })),
    );
    for (const { urls } of clients)
      assert.ok(urls.passwordReset.startsWith("http://localhost:9002/"), urls.passwordReset);
  });

  test("A-069 guesses counted before a restart count after it", async (t) => {
    const guess = async (url: string) =>
      (await (await apiClient(url)).signIn("tanaka@minato.example.jp", "wrong-wrong-wrong")).status;
    const first = await started(t, { port: 0, dataDir });
    const before = [];
    for (let count = 0; count < 3; count++) before.push(await guess(first.url));
    await first.close();
    const second = await started(t, { port: 0, dataDir });
    const afterwards = [];
    for (let count = 0; count < 3; count++) afterwards.push(await guess(second.url));
    await second.close();
    assert.deepEqual(
      [before, afterwards],
      [
        [401, 401, 401],
        [401, 401, 429],
      ],
    );
  });

  test("A-075 a rotated refresh token replayed after a restart ends its session", async (t) => {
    const clock = clockAt();
    const first = await started(t, { port: 0, dataDir, clock });
    const { port } = first;
    const client = await signedIn(first.url, "takahashi@minato.example.jp");
    const old = client.session?.refreshToken;
    assert.equal((await client.refresh()).status, 200);
    const rotated = client.session?.refreshToken;
    await first.close();

    const second = await started(t, { port, dataDir, clock });
    clock.forward(11_000);
    const replay = await client.refresh(old);
    assert.deepEqual([replay.status, replay.body.code], [401, "refresh_reused"]);
    assert.equal((await client.refresh(rotated)).status, 401, "the whole lineage should be dead");
    await second.close();
  });

  test("A-016 idle and absolute limits hold whatever the client says", async (t) => {
    const clock = clockAt();
    const sandbox = await started(t, { port: 0, dataDir: await demoDirectory(), clock });
    const client = await signedIn(sandbox.url, undefined, { now: clock.now });
    clock.forward(4 * 60_000);
    assert.equal((await client.send("getMe")).status, 200);
    clock.forward(15 * 60_000 + 1_000);
    assert.equal((await client.refresh()).body.code, "session_locked");
    clock.forward(12 * 3_600_000);
    assert.equal((await client.refresh()).body.code, "session_expired");
    await sandbox.close();
  });

  test("PW-6 every stored password is an argon2id hash of OWASP's strength, and no secret lies in the files in the clear", async () => {
    const store = await connectStore({ directory: dataDir });
    const hashes = (await store.transaction((tx) => tx.accounts.list({}))).map(
      ({ passwordHash }) => passwordHash,
    );
    await store.close();
    assert.ok(hashes.length > 10);
    for (const hash of hashes) {
      const [, memory = 0, time = 0] = (
        /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$[\w+/]{22,}\$[\w+/]{43}$/.exec(hash) ?? []
      ).map(Number);
      assert.ok(memory >= 19_456 && time >= 2, hash);
    }
    const canary = "asagao-tegami-koharu-7";
    const hits = filesIn(dataDir).filter((file) => readFileSync(file).includes(canary));
    assert.deepEqual(hits, []);
  });

  test(
    "the database files are for their owner only",
    { skip: process.platform === "win32" && "Windows has other rights" },
    () => {
      assert.equal(statSync(join(dataDir, "pglite")).mode & 0o077, 0);
    },
  );

  test("production refuses a directory that holds the demo, and serves an empty one without /outbox", async (t) => {
    await assert.rejects(startSandbox({ port: 0, dataDir, production: true }), /holds the demo's accounts/);
    assert.equal(existsSync(join(dataDir, "lock.1")), false, "the lock should be given back");
    const empty = temporaryDirectory((cleanUp) => t.after(cleanUp));
    const sandbox = await started(t, { port: 0, dataDir: empty, production: true });
    assert.deepEqual([sandbox.outboxUrl, sandbox.signIns], [null, []]);
    assert.equal((await fetch(`${sandbox.url}/outbox`)).status, 404);
    await sandbox.close();
  });

  test("production refuses a second factor whose secret stands in the README", async (t) => {
    const empty = temporaryDirectory((cleanUp) => t.after(cleanUp));
    const store = await connectStore({ directory: empty });
    const now = new Date();
    await store.transaction((tx) =>
      tx.factors.insert({
        id: crypto.randomUUID(),
        accountId: crypto.randomUUID(),
        kind: "totp",
        label: "",
        totpSecret: demoTotp.secret,
        totpLastStep: null,
        phone: null,
        credentialId: null,
        publicKey: null,
        signCount: null,
        backupEligible: null,
        backedUp: null,
        transports: [],
        createdAt: now,
        confirmedAt: now,
        lastUsedAt: null,
      }),
    );
    await store.close();
    const starting = startSandbox({ port: 0, dataDir: empty, production: true });
    await assert.rejects(starting, /holds the demo's accounts/);
  });

  const unfit: Record<string, Partial<PartnerClientRecord>> = {
    pages: { allowedOrigins: ["https://a.example.jp", "http://portal.example.jp"] },
    "mail links": { urls: { ...CLIENT.urls, passwordReset: "http://portal.example.jp/reset" } },
    endpoints: {
      webhookEndpoints: [{ url: "http://hooks.example.jp/", secret: "whsec_", events: ["staff.removed"] }],
    },
  };
  for (const [what, change] of Object.entries(unfit)) {
    test(`production refuses a client whose ${what} are reached by plain http`, async (t) => {
      const empty = temporaryDirectory((cleanUp) => t.after(cleanUp));
      const store = await connectStore({ directory: empty });
      await store.transaction((tx) => tx.partnerClients.insert({ ...CLIENT, ...change }));
      await store.close();
      const starting = startSandbox({ port: 0, dataDir: empty, production: true });
      await assert.rejects(
        starting,
        (error: Error) => error instanceof UnusableOptions && /real-portal/.test(error.message),
      );
    });
  }
});

test("A-089 the log of a day's work names operations and path templates, and holds no canary", async (t) => {
  const lines: [string, string, LogFields][] = [];
  const sandbox = await started(t, {
    port: 0,
    dataDir: await demoDirectory(),
    log: (...line) => lines.push(line),
  });
  const client = await signedIn(sandbox.url);
  const evil = "a\r\nb\u001b[31m@evil.example";
  await (await apiClient(sandbox.url)).signIn(evil, "Canary-Password-1");
  const found = await client.send("searchPatients", { query: "かずこ", limit: 5 });
  const patientId = (found.body.items as { id: string }[])[0]?.id;
  await client.send("getPatientGroups", { patientId });
  await client.send("createGroup", { name: "Canary-Group" });
  await client.send("requestPasswordReset", { audience: "patient", email: "sato.kazuko@example.jp" });
  await client.request("GET", "/v1/patients/../../etc?token=Canary-Query");
  await client.refresh();
  await sleep(700);
  await sandbox.close();

  const text = lines.map((line) => JSON.stringify(line)).join("\n");
  const secrets = [
    client.session?.accessToken,
    client.session?.refreshToken,
    client.nonce,
    demoTotp.secret,
    patientId,
  ];
  for (const canary of [...secrets, "Canary", "かずこ", "sato", "suzuki", "evil", "asagao", "?token"]) {
    assert.equal(text.includes(canary ?? "never"), false, `${canary} is in the log`);
  }
  const requests = lines.filter(([, message]) => message === "request").map(([, , fields]) => fields);
  assert.ok(
    requests.some(
      ({ operation, status, requestId }) => operation === "getPatientGroups" && status === 200 && requestId,
    ),
  );
});

async function withStore<T>(
  sandbox: { close(): Promise<void> },
  directory: string,
  read: (store: Awaited<ReturnType<typeof connectStore>>) => Promise<T>,
): Promise<T> {
  await sandbox.close();
  const store = await connectStore({ directory });
  return read(store).finally(() => store.close());
}

function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
