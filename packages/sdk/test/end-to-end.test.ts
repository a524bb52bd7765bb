import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, describe, test } from "node:test";
import { createMock, people, signInAs, type Mock } from "@welby/mock";
import { mockTransport } from "@welby/mock/transport";
import { createClientIn } from "../src/client.ts";
import type { Environment } from "../src/environment.ts";
import { axiosTransport } from "../src/transport/axios.ts";
import type { Transport } from "../src/transport/transport.ts";
import type { ClientOptions, WelbyClient } from "../src/types.ts";
import { until } from "./support/fake-time.ts";
import { rejection } from "./support/rejection.ts";

/** The reference backend behind a real HTTP server, and the transports that reach it. */
async function overHttp() {
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const mock = createMock({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log: () => {},
  });
  return { mock, close: () => (server.closeAllConnections(), server.close()) };

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const method = incoming.method ?? "GET";
    const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    const body = method === "GET" ? undefined : Buffer.concat(chunks);
    const request = new Request(`${mock.baseUrl}${incoming.url}`, { method, headers, ...(body && { body }) });
    const response = await mock.fetch(request);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
  }
}

const http = await overHttp();
const inProcess = createMock({ log: () => {} });
after(() => http.close());

const ways: [string, Mock, () => Transport][] = [
  ["in process", inProcess, () => mockTransport(inProcess)],
  ["over HTTP", http.mock, () => axiosTransport({ adapter: "http" })],
  ["over HTTP by fetch", http.mock, () => axiosTransport({ adapter: "fetch" })],
];

for (const [way, mock, transport] of ways) {
  const connect = (
    clientId = "demo-portal",
    options: Partial<ClientOptions> = {},
    environment: Partial<Environment> = {},
  ): WelbyClient =>
    createClientIn(environment, {
      baseUrl: mock.baseUrl,
      clientId,
      store: "memory",
      transport: transport(),
      ...options,
    });
  const as = async (who: keyof typeof people): Promise<WelbyClient> => {
    const client = connect(people[who].clientId);
    await signInAs(client, who, () => mock.clock.now());
    return client;
  };

  describe(`the client with the reference backend, ${way}`, { concurrency: false }, () => {
    test("J-1 an administrator signs in, changes a role after a preview, and is refused at the last administrator", async () => {
      await mock.reset();
      const client = await as("admin");
      assert.equal((await client.me.get()).name.text, "鈴木 健一");
      const members = await client.staff.list().collect({ limit: 100 });
      const target = members.find(({ email }) => email === people.staff.loginId);
      assert.ok(target);
      const change = { staffId: target.id, role: "admin" as const, version: target.version };
      const preview = await client.staff.previewRoles({ changes: [change] });
      assert.equal(preview.allowed, true);
      assert.equal(preview.activeAdminsAfter, preview.activeAdminsBefore + 1);
      const changed = await client.staff.changeRole(change);
      assert.equal(changed.role, "admin");
      const late = await rejection(client.staff.changeRole(change));
      assert.equal(late.code, "version_conflict");
      assert.equal(late.status, 412);
      assert.equal(late.conflicts?.[0]?.version, changed.version);

      const sole = await as("soleAdmin");
      const me = (await sole.staff.list().collect({ limit: 100 })).find(
        ({ email }) => email === people.soleAdmin.loginId,
      );
      assert.ok(me);
      const refused = await rejection(
        sole.staff.changeRole({ staffId: me.id, role: "staff", version: me.version, confirmSelf: true }),
      );
      assert.equal(refused.code, "last_admin");
      assert.match(refused.message, /管理者が1人もいなくなるため/);
    });

    test("J-2 groups: a folded duplicate is refused, patients are assigned by one call, a stale set is a conflict", async () => {
      const client = await as("staff");
      assert.equal((await rejection(client.groups.create({ name: "CKD" }))).code, "duplicate_name");
      const group = await client.groups.create({ name: `外来A ${way}` });
      const { items, total } = await client.patients.search({ limit: 2 });
      assert.ok(total > 2);
      const result = await client.groups.changeMembers({ groupId: group.id, add: items.map(({ id }) => id) });
      assert.deepEqual([result.added, result.group.memberCount], [2, 2]);
      const [patient] = items;
      assert.ok(patient);
      const before = await client.patients.getGroups(patient.id);
      const after = await client.patients.putGroups({
        patientId: patient.id,
        groupIds: [],
        version: before.version,
      });
      assert.deepEqual(after.groupIds, []);
      assert.equal(
        (
          await rejection(
            client.patients.putGroups({ patientId: patient.id, groupIds: [], version: before.version }),
          )
        ).code,
        "version_conflict",
      );
      let count = 0;
      for await (const row of client.patients.search({ limit: 7 }))
        count += row.linkStatus === "linked" ? 1 : 0;
      assert.equal(count, total);
    });

    test("clause 4b two administrators change groups, categories and settings: the second learns who was quicker", async () => {
      await mock.reset();
      const [client, other] = [await as("admin"), await as("admin")];
      const ward = await client.categories.create({ name: "病棟" });
      const group = await client.groups.create({ name: "3階西", categoryId: ward.id });
      const renamed = await other.groups.update({ groupId: group.id, version: group.version, name: "3階東" });
      const late = await rejection(
        client.groups.update({ groupId: group.id, version: group.version, name: "3階北" }),
      );
      assert.equal(late.code, "version_conflict");
      assert.deepEqual(
        late.conflicts?.map(({ version, changedBy }) => [version, changedBy]),
        [[renamed.version, "鈴木 健一"]],
      );
      const ids = (await client.categories.list().collect({ limit: 100 })).map(({ id }) => id);
      assert.deepEqual(
        (await client.categories.order(ids.toReversed())).items.map(({ id }) => id),
        ids.toReversed(),
      );
      await client.categories.delete({ categoryId: ward.id, version: ward.version + 1 });
      const loose = await client.groups.get(group.id);
      assert.equal(loose.categoryId, null);
      await client.groups.delete({ groupId: group.id, version: loose.version });
      assert.equal((await rejection(client.groups.get(group.id))).code, "not_found");

      const hospital = await client.institution.get();
      const changed = await client.institution.updateSettings({
        version: hospital.version,
        idleTimeoutMin: 20,
      });
      assert.deepEqual(changed, {
        ...hospital,
        settings: { ...hospital.settings, idleTimeoutMin: 20 },
        version: hospital.version + 1,
      });
      await mock.reset();
    });

    test("J-3 a new member signs in with the mailed password and has to set an own one", async () => {
      const admin = await as("admin");
      const email = `sato.${way.replace(/\W/g, "")}@minato.example.jp`;
      await admin.staff.add({ name: { family: "佐藤", given: "光" }, email });
      const initial = await mock.outbox.initialPassword(email);
      const client = connect();
      const step = await client.auth.signIn({ audience: "staff", loginId: email, password: initial });
      assert.ok(step.status === "password_change_required");
      assert.equal((await rejection(client.groups.list())).code, "password_change_required");
      const weak = await rejection(step.setPassword("short"));
      assert.equal(weak.code, "weak_password");
      assert.ok(weak.rules?.includes("too_short"));
      assert.equal((await step.setPassword("yamabuki-densha-kaze-3")).status, "signed_in");
      assert.equal((await client.me.get()).role, "staff");
    });

    test("J-4 a patient resets a password by the mailed token", async () => {
      const client = connect();
      await client.auth.requestPasswordReset({ audience: "patient", email: people.patient.loginId });
      const token = await mock.outbox.resetToken(people.patient.loginId);
      await client.auth.confirmPasswordReset({ token, newPassword: "yamabuki-densha-kaze-4" });
      assert.equal(
        (await rejection(client.auth.confirmPasswordReset({ token, newPassword: "yamabuki-densha-kaze-5" })))
          .code,
        "token_invalid",
      );
      const step = await client.auth.signIn({
        audience: "patient",
        loginId: people.patient.loginId,
        password: "yamabuki-densha-kaze-4",
      });
      assert.equal(step.status, "signed_in");
    });

    test("a second factor is asked for and accepted", async () => {
      const client = await as("mfaAdmin");
      assert.equal((await client.me.get()).institution?.name, "架空大学附属病院");
    });

    test("SD-6 50 calls with an expired token go on after one refresh", async () => {
      const client = await as("admin");
      const { length: before } = await mock.store.transaction((transaction) =>
        transaction.refreshTokens.list({}),
      );
      mock.clock.advance(5 * 60_000 + 1000);
      const names = await Promise.all(
        Array.from({ length: 50 }, async () => (await client.me.get()).name.text),
      );
      assert.equal(new Set(names).size, 1);
      const { length: afterwards } = await mock.store.transaction((transaction) =>
        transaction.refreshTokens.list({}),
      );
      assert.equal(afterwards, before + 1);
    });

    test("A-016 an idle session is locked, opens with the password, and ends for good after twelve hours", async () => {
      const client = await as("admin");
      mock.clock.advance(15 * 60_000 + 1000);
      assert.equal((await rejection(client.me.get())).code, "session_locked");
      assert.equal(client.session.state, "locked");
      assert.equal(
        (await rejection(client.auth.reauthenticate("wrong-password-wrong"))).code,
        "invalid_credentials",
      );
      await client.auth.reauthenticate(people.admin.password);
      assert.equal(client.session.state, "signed_in");
      assert.equal((await client.me.get()).role, "admin");
      mock.clock.advance(12 * 3_600_000);
      assert.equal((await rejection(client.me.get())).code, "session_expired");
      assert.equal(client.session.state, "signed_out");
    });

    test("a step-up is asked for and given", async () => {
      const client = await as("otherAdmin");
      const member = (await client.staff.list().collect({ limit: 100 })).find(
        ({ email }) => email === people.staff.loginId,
      );
      assert.ok(member);
      mock.clock.advance(5 * 60_000 + 1000);
      const change = { staffId: member.id, role: "staff" as const, version: member.version };
      assert.equal((await rejection(client.staff.changeRole(change))).code, "step_up_required");
      await client.auth.reauthenticate(people.otherAdmin.password);
      assert.equal((await client.staff.changeRole(change)).role, "staff");
    });

    for (const minutes of [10, -10]) {
      test(`A-101 a computer whose clock is ${minutes} minutes off signs in and works`, async () => {
        const client = connect("demo-portal", {}, { now: () => Date.now() + minutes * 60_000 });
        await signInAs(client, "admin");
        assert.equal((await client.me.get()).role, "admin");
        mock.clock.advance(5 * 60_000 + 1000);
        assert.equal((await client.me.get()).role, "admin");
      });
    }

    // In process every call comes from a page, and a server's client has no page.
    if (way !== "in process") {
      test("a client of a server works with bearer tokens", async () => {
        const client = connect("demo-server", { tokenBinding: "bearer" });
        await signInAs(client, "admin");
        assert.equal((await client.me.get()).role, "admin");
        mock.clock.advance(5 * 60_000 + 1000);
        assert.equal((await client.me.get()).role, "admin");
      });
    }

    test("signing out everywhere ends the other device too", async () => {
      const [one, two] = [await as("admin"), await as("admin")];
      await one.auth.signOut({ scope: "all" });
      assert.equal((await rejection(two.me.get())).code, "session_expired");
      assert.equal(two.session.state, "signed_out");
    });

    test("a sign-in over another one ends the old session at the server", async () => {
      const client = await as("admin");
      const sessions = () => mock.store.transaction((transaction) => transaction.sessions.list({}));
      const before = (await sessions()).filter(({ endedAt }) => endedAt === null).length;
      await signInAs(client, "otherAdmin");
      let open = before + 1;
      for (let tries = 0; tries < 100 && open !== before; tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        open = (await sessions()).filter(({ endedAt }) => endedAt === null).length;
      }
      assert.equal(open, before);
    });

    test("public information needs no session", async () => {
      const client = connect();
      assert.equal((await client.meta.get()).environment, "mock");
      assert.equal((await client.meta.passwordPolicy()).minLength, 15);
      assert.equal(await client.session.ready(), "signed_out");
    });

    test("an unknown client is told apart by its code", async () => {
      assert.equal((await rejection(connect("nobody-portal").meta.get())).code, "client_required");
    });

    test("a fault that passes does not reach the caller", async () => {
      const client = await as("admin");
      let failed = 0;
      const flaky: Transport = {
        send: (request) => {
          if (request.url.endsWith("/v1/groups") && failed++ === 0)
            return Promise.resolve({ status: 503, headers: {}, body: "" });
          return transport().send(request);
        },
      };
      const other = connect("demo-portal", { transport: flaky }, { random: () => 0 });
      await signInAs(other, "admin");
      await other.groups.create({ name: `外来B ${way}` });
      await until(() => failed >= 2);
      assert.equal((await rejection(client.groups.create({ name: `外来B ${way}` }))).code, "duplicate_name");
    });
  });
}
