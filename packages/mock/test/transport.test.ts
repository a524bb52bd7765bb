import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createMock, people, scenarios, signInAs, type MockOptions, type PersonName } from "@welby/mock";
import { mockTransport } from "@welby/mock/transport";
import { createClient } from "@welby/sdk";

/** A client of the SDK on a mock, without HTTP and without waiting long for repeats. */
function connect(options: MockOptions = {}, clientId = "demo-portal", maxRetries = 0) {
  const mock = createMock({ log: () => undefined, ...options });
  const client = createClient({
    baseUrl: mock.baseUrl,
    clientId,
    store: "memory",
    transport: mockTransport(mock),
    retry: { maxRetries },
  });
  return { mock, client };
}

describe("the SDK over the in-process transport", () => {
  for (const name of Object.keys(people) as PersonName[]) {
    test(`signs in ${name} without a form`, async (t) => {
      const { client } = connect({}, people[name].clientId);
      t.after(() => client.dispose());
      await signInAs(client, name);
      assert.equal(client.session.state, "signed_in");
      assert.equal((await client.me.get()).name.text, people[name].name);
    });
  }

  test("says when somebody cannot be signed in", async (t) => {
    const { client } = connect({ scenario: "initialPassword" });
    t.after(() => client.dispose());
    const saito = { ...people.staff, loginId: "saito@minato.example.jp" };
    await assert.rejects(signInAs(client, saito), /password_change_required/);
    assert.equal(client.session.state, "password_change_required");
  });

  test("carries changes and their conflicts", async (t) => {
    const { mock, client } = connect();
    t.after(() => client.dispose());
    await signInAs(client, "admin");
    const [group] = (await client.groups.list()).items;
    const { items } = await client.patients.search({ query: "さとう かずこ" });
    const patientId = items[0]?.id ?? "";
    const { version } = await client.patients.getGroups(patientId);
    await mock.use("versionConflict");
    const change = client.patients.putGroups({ patientId, groupIds: [group?.id ?? ""], version });
    await assert.rejects(change, (error: { code: string; conflicts: { changedBy: string }[] }) => {
      assert.equal(error.code, "version_conflict");
      assert.equal(error.conflicts[0]?.changedBy, "田中 美咲");
      return true;
    });
  });

  const failing = [
    ["offline", "connection_failed"],
    ["serverError", "internal_error"],
    ["maintenance", "maintenance"],
    ["rateLimited", "rate_limited"],
    ["captivePortal", "protocol_error"],
  ] as const;
  for (const [scenario, code] of failing) {
    test(`meets ${code} in the scenario ${scenario}`, async (t) => {
      const { mock, client } = connect();
      t.after(() => client.dispose());
      await signInAs(client, "admin");
      await mock.use(scenario);
      await assert.rejects(Promise.resolve(client.groups.list()), { code });
    });
  }

  test("gives up after the client's own time and when it is told to", async (t) => {
    const { mock, client } = connect();
    t.after(() => client.dispose());
    await signInAs(client, "admin");
    await mock.use("hanging");
    const abort = new AbortController();
    const call = Promise.resolve(client.groups.list({}, { signal: abort.signal }));
    setTimeout(() => abort.abort(), 20);
    await assert.rejects(call, { code: "aborted" });
    const transport = mockTransport(mock);
    const request = { url: `${mock.baseUrl}/health`, method: "GET", headers: {}, timeoutMs: 30 };
    await assert.rejects(transport.send(request), { name: "TransportFailure", kind: "timeout" });
    const elsewhere = { ...request, url: "https://elsewhere.example.jp/health" };
    await assert.rejects(transport.send(elsewhere), { kind: "connection", notSent: true });
  });

  test("repeats a call whose answer was lost, and the change happens once", async (t) => {
    const { mock, client } = connect({}, "demo-portal", 2);
    t.after(() => client.dispose());
    await signInAs(client, "admin");
    const before = (await client.groups.list()).total;
    mock.faults.next("createGroup", { kind: "drop", when: "after" });
    const { name } = await client.groups.create({ name: "外来A" });
    assert.deepEqual([name, (await client.groups.list()).total], ["外来A", before + 1]);
  });
});

describe("a scenario", () => {
  for (const name of Object.keys(scenarios) as (keyof typeof scenarios)[]) {
    test(`${name} is described in both languages and can be started with`, async () => {
      const { ja, en } = scenarios[name].description;
      assert.ok(ja && en && ja !== en);
      const mock = createMock({ scenario: name });
      // `use` waits for the start and throws what it threw.
      await mock.use("demo");
    });
  }

  test("emptyInstitution has no group, no category and no patient", async (t) => {
    const { client } = connect({ scenario: "emptyInstitution" });
    t.after(() => client.dispose());
    await signInAs(client, "admin");
    const lists = await Promise.all([
      client.groups.list(),
      client.categories.list(),
      client.patients.search(),
    ]);
    assert.deepEqual(
      lists.map(({ total }) => total),
      [0, 0, 0],
    );
  });

  test("manyGroups leaves no room for another one", async (t) => {
    const { client } = connect({ scenario: "manyGroups" });
    t.after(() => client.dispose());
    await signInAs(client, "admin");
    assert.equal((await client.groups.list()).total, 200);
    await assert.rejects(client.groups.create({ name: "もう1つ" }), { code: "limit_reached" });
  });

  test("manyPatients has more than 5,000", async (t) => {
    const { client } = connect({ scenario: "manyPatients" });
    t.after(() => client.dispose());
    await signInAs(client, "admin");
    assert.ok((await client.patients.search()).total > 5000);
  });

  test("soleAdmin refuses to lose the administrator", async (t) => {
    const { client } = connect({ scenario: "soleAdmin" });
    t.after(() => client.dispose());
    await signInAs(client, "admin");
    const suzuki = (await client.staff.list()).items.find(({ role }) => role === "admin");
    const { id: staffId = "", version = 0 } = suzuki ?? {};
    const change = { staffId, role: "staff", version, confirmSelf: true } as const;
    await assert.rejects(client.staff.changeRole(change), { code: "last_admin" });
  });

  test("forbidden refuses the lists", async (t) => {
    const { mock, client } = connect();
    t.after(() => client.dispose());
    await signInAs(client, "admin");
    await mock.use("forbidden");
    await assert.rejects(Promise.resolve(client.staff.list()), { code: "forbidden" });
  });

  test("slow answers after three seconds", { timeout: 10_000 }, async () => {
    const mock = createMock({ scenario: "slow" });
    const start = performance.now();
    assert.equal((await mock.fetch(new Request(`${mock.baseUrl}/health`))).status, 200);
    assert.ok(performance.now() - start >= 2990);
  });
});
