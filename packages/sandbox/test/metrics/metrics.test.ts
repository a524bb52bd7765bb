import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { demoTotp } from "@welby/backend/seed";
import { startSandbox, type Sandbox } from "../../src/index.ts";
import { createRequestMetrics } from "../../src/metrics/request-metrics.ts";
import { exposition } from "../../src/metrics/exposition.ts";
import { apiClient, signedIn } from "../support/api.ts";
import { get, rawHttp } from "../support/raw-http.ts";
import { temporaryDirectory } from "../support/sandbox-process.ts";

describe("the numbers of a process", () => {
  const log = () => undefined;

  test("count answers by operation and status", () => {
    const requests = createRequestMetrics();
    const watched = requests.watch(log);
    for (const status of [200, 200, 412])
      watched("info", "request", { operation: "createGroup", status, ms: 40 });
    const text = exposition(requests.metrics());
    assert.match(text, /^welby_requests_total\{operation="createGroup",status="200"\} 2$/m);
    assert.match(text, /^welby_requests_total\{operation="createGroup",status="412"\} 1$/m);
  });

  test("put durations into buckets that add up", () => {
    const requests = createRequestMetrics();
    const watched = requests.watch(log);
    for (const ms of [5, 6, 90, 20_000]) watched("info", "request", { operation: "getMe", status: 200, ms });
    const text = exposition(requests.metrics());
    const bucket = (le: string) =>
      Number(
        text.split(`welby_request_duration_seconds_bucket{operation="getMe",le="${le}"} `)[1]?.split("\n")[0],
      );
    assert.deepEqual(["0.005", "0.01", "0.1", "10", "+Inf"].map(bucket), [1, 2, 3, 3, 4]);
    assert.match(text, /^welby_request_duration_seconds_sum\{operation="getMe"\} 20\.101$/m);
    assert.match(text, /^welby_request_duration_seconds_count\{operation="getMe"\} 4$/m);
  });

  test("no caller can invent a series", () => {
    const requests = createRequestMetrics();
    const watched = requests.watch(log);
    for (const operation of ["evil", "__proto__", 'a"} 1\n', null])
      watched("info", "request", { operation, status: 404, ms: 1 });
    assert.match(
      exposition(requests.metrics()),
      /^welby_requests_total\{operation="none",status="404"\} 4$/m,
    );
  });

  test("a label is escaped", () => {
    const samples = [{ labels: { a: 'x"\\\n' }, value: 1 }];
    const text = exposition([{ name: "m", help: "h", type: "gauge", samples }]);
    assert.equal(text, '# HELP m h\n# TYPE m gauge\nm{a="x\\"\\\\\\n"} 1\n');
  });
});

describe("/metrics", () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ port: 0 });
  });
  after(() => sandbox.close());
  const local = () => ({ host: `localhost:${sandbox.port}` });

  test("tells this machine how the service is", async () => {
    await apiClient(sandbox.url).then((client) => client.send("getMeta"));
    const { status, head, body } = await rawHttp(sandbox.port, get("/metrics", local()));
    assert.equal(status, 200);
    assert.match(head, /content-type: text\/plain; version=0\.0\.4; charset=utf-8/i);
    for (const line of [
      /^welby_build_info\{version="\d+\.\d+\.\d+"\} 1$/m,
      /^welby_database_up 1$/m,
      /^welby_outbox_depth \d+$/m,
      /^welby_clock_skew_seconds -?0(\.\d+)?$/m,
      /^welby_requests_total\{operation="getMeta",status="200"\} \d+$/m,
      /^process_resident_memory_bytes \d+$/m,
    ])
      assert.match(body, line);
  });

  test("is nothing to anybody else: another name, a proxy's caller, another method", async () => {
    const elsewhere = await rawHttp(sandbox.port, get("/metrics", { host: "evil.example" }));
    assert.deepEqual([elsewhere.status, elsewhere.body.includes("welby_")], [404, false]);
    const proxied = await rawHttp(
      sandbox.port,
      get("/metrics", { ...local(), "x-forwarded-for": "192.0.2.1" }),
    );
    assert.deepEqual([proxied.status, proxied.body.includes("welby_")], [404, false]);
    assert.equal((await fetch(`${sandbox.url}/metrics`, { method: "POST" })).status, 405);
  });

  test("PR-1 holds nobody: no name, address, id, client, token or password, whatever was asked", async () => {
    const client = await signedIn(sandbox.url);
    const found = await client.send("searchPatients", { query: "佐藤", limit: 5 });
    const patientId = (found.body.items as { id: string }[])[0]?.id ?? assert.fail("no patient");
    await client.send("getPatientGroups", { patientId });
    await client.request("GET", `/v1/patients/${patientId}/nowhere?name=Canary`);
    await (await apiClient(sandbox.url)).signIn("canary@example.jp", "Canary-Password-1");
    const { body } = await rawHttp(sandbox.port, get("/metrics", local()));
    const { accessToken, refreshToken } = client.session ?? assert.fail("no session");
    for (const canary of [
      patientId,
      accessToken,
      refreshToken,
      demoTotp.secret,
      "佐藤",
      "suzuki",
      "canary",
      "minato",
      "portal",
    ])
      assert.equal(body.toLowerCase().includes(canary.toLowerCase()), false, canary);
    assert.doesNotMatch(body, /[\da-f]{8}-[\da-f]{4}-/);
  });
});

test("production has /metrics for its own machine, and no /outbox", async (t) => {
  const dataDir = temporaryDirectory((cleanUp) => t.after(cleanUp));
  const sandbox = await startSandbox({ port: 0, dataDir, production: true });
  t.after(() => sandbox.close());
  assert.equal((await fetch(`${sandbox.url}/metrics`)).status, 200);
  assert.equal((await fetch(`${sandbox.url}/outbox`)).status, 404);
});
