import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { test, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { memberByEmail } from "../support/people.ts";
import { connectStore, startSandbox, type LogFields, type Sandbox } from "../../src/index.ts";
import { signedIn } from "../support/api.ts";
import { demoDirectory } from "../support/demo-directory.ts";

interface Delivery {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A partner's server on this machine; it takes so long for its answer. */
async function partner(t: TestContext, answerMs = 0) {
  const got: Delivery[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      got.push({ headers: request.headers, body });
      setTimeout(() => response.writeHead(204).end(), answerMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { got, url: `http://localhost:${port}/welby` };
}

async function makeAdmin(sandbox: Sandbox, email: string) {
  const admin = await signedIn(sandbox.url);
  const { id, version } = await memberByEmail(admin, email);
  const { status } = await admin.send("changeStaffRole", { staffId: id, version, role: "admin" });
  assert.equal(status, 200);
  return id;
}

async function until(condition: () => boolean): Promise<void> {
  for (let patience = 100; patience > 0 && !condition(); patience--) await sleep(20);
}

test("a partner's server is told within a second, and checks the signature with the secret of the start", async (t) => {
  const { got, url } = await partner(t);
  const sandbox = await startSandbox({
    port: 0,
    dataDir: await demoDirectory(),
    webhookUrl: url,
    localWebhooks: true,
  });
  t.after(() => sandbox.close());
  const staffId = await makeAdmin(sandbox, "takahashi@minato.example.jp");
  await until(() => got.length > 0);
  const [{ headers, body } = assert.fail("no delivery")] = got;
  const { type, data } = JSON.parse(body) as { type: string; data: unknown };
  assert.deepEqual([type, data], ["staff.role_changed", { staffId, from: "staff", to: "admin" }]);

  const secret = Buffer.from(sandbox.webhook?.secret.replace("whsec_", "") ?? "", "base64");
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature } = headers;
  const mac = createHmac("sha256", secret).update(`${String(id)}.${String(timestamp)}.${body}`);
  assert.equal(signature, `v1,${mac.digest("base64")}`);
});

test("an address on this machine gets nothing without the development switch, and the log says why without naming it", async (t) => {
  const { got, url } = await partner(t);
  const lines: [string, LogFields][] = [];
  const dataDir = await demoDirectory();
  const store = await connectStore({ directory: dataDir });
  const secret = `whsec_${Buffer.alloc(32).toString("base64")}`;
  const webhookEndpoints = [{ url, secret, events: ["staff.role_changed" as const] }];
  await store.transaction((tx) =>
    tx.partnerClients.update({ clientId: "demo-server" }, { webhookEndpoints }),
  );
  await store.close();
  const sandbox = await startSandbox({
    port: 0,
    dataDir,
    log: (_level, message, fields) => lines.push([message, fields]),
  });
  t.after(() => sandbox.close());
  await makeAdmin(sandbox, "takahashi@minato.example.jp");
  const refused = () => lines.filter(([, { error }]) => error === "RefusedEndpoint");
  await until(() => refused().length > 0);
  assert.equal(refused().length, 1);
  assert.equal(got.length, 0);
  assert.equal(JSON.stringify(refused()).includes(url), false);
});

test("a sandbox that ends lets the delivery that is on finish, once", async (t) => {
  const { got, url } = await partner(t, 400);
  const dataDir = await demoDirectory();
  const warnings: string[] = [];
  const sandbox = await startSandbox({
    port: 0,
    dataDir,
    webhookUrl: url,
    localWebhooks: true,
    log: (level, message) => void (level !== "info" && warnings.push(message)),
  });
  await makeAdmin(sandbox, "takahashi@minato.example.jp");
  await until(() => got.length > 0);
  await sandbox.close();
  const store = await connectStore({ directory: dataDir });
  t.after(() => store.close());
  const rows = await store.transaction((tx) => tx.outbox.list({ channel: "webhook" }));
  assert.deepEqual(
    rows.map(({ status, attempts }) => [status, attempts]),
    [["sent", 1]],
  );
  assert.equal(got.length, 1);
  assert.deepEqual(warnings, []);
});

test("the secret is the same after a restart, and another for another address", async () => {
  const dataDir = await demoDirectory();
  const secretAt = async (webhookUrl: string) => {
    const sandbox = await startSandbox({ port: 0, dataDir, webhookUrl });
    await sandbox.close();
    return sandbox.webhook?.secret;
  };
  const first = await secretAt("https://hooks.example.jp/a");
  assert.match(first ?? "", /^whsec_[\w+/]{43}=$/);
  assert.equal(await secretAt("https://hooks.example.jp/a"), first);
  assert.notEqual(await secretAt("https://hooks.example.jp/b"), first);
});
