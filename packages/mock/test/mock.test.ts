import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { createTestClient } from "@welby/backend/testing";
import { createMock, people, type Mock } from "@welby/mock";

const device = (mock: Mock, clientId = "demo-portal") =>
  createTestClient({
    fetch: (request) => mock.fetch(request),
    baseUrl: mock.baseUrl,
    clientId,
    now: () => mock.clock.now(),
  });

describe("a mock", () => {
  test("answers with the demo's data as soon as it is made", async () => {
    const client = await device(createMock());
    assert.equal((await client.signIn(people.admin.loginId)).status, 200);
    assert.equal((await client.send("getMe")).body.name.text, "鈴木 健一");
  });

  test("is a world of its own", async () => {
    const [one, other] = [createMock(), createMock()];
    const client = await device(one);
    await client.signIn(people.admin.loginId);
    const stranger = await device(other);
    const { status, body } = await stranger.send("getMe", {}, { session: client.session });
    assert.deepEqual([status, body.code], [401, "unauthenticated"]);
  });

  test("says of itself that it is a mock, in the version of its package", async () => {
    const client = await device(createMock());
    const { body } = await client.send("getMeta");
    const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
    assert.deepEqual([body.environment, body.version], ["mock", version]);
  });

  test("forgets sessions, data, faults and time with a reset", async () => {
    const mock = createMock();
    const client = await device(mock);
    await client.signIn(people.admin.loginId);
    mock.faults.always("any", { kind: "problem", code: "maintenance" });
    mock.clock.advance(86_400_000);
    await mock.reset();
    assert.ok(Math.abs(mock.clock.now().getTime() - Date.now()) < 5000);
    const { body } = await client.send("getMe");
    assert.equal(body.code, "unauthenticated");
    assert.equal((await client.signIn(people.admin.loginId)).body.lastSignInAt, null);
  });

  test("keeps the mails that it would have sent", async () => {
    const mock = createMock();
    const client = await device(mock);
    await client.send("requestPasswordReset", { audience: "staff", email: people.staff.loginId });
    const token = await mock.outbox.resetToken(people.staff.loginId);
    const newPassword = "yuugata-no-umi-ni-7-kamome";
    assert.equal((await client.send("confirmPasswordReset", { token, newPassword })).status, 204);
    assert.equal((await client.signIn(people.staff.loginId, newPassword)).status, 200);
    await assert.rejects(mock.outbox.latest("nobody@example.jp"), /No mail/);
  });

  test("keeps the codes that it would have sent by SMS", async () => {
    const mock = createMock();
    const client = await device(mock);
    await client.signIn(people.admin.loginId);
    await client.send("startSms", { phone: "090-0000-0031" });
    const code = await mock.outbox.smsCode("+819000000031");
    assert.equal((await client.send("confirmSms", { code })).status, 200);
  });

  test("keeps the invitations, whichever way a member gets to a first password", async () => {
    const mock = createMock();
    const client = await device(mock);
    await client.signIn(people.admin.loginId);
    const add = (email: string, invitation: string) =>
      client.send("addStaff", { name: { family: "木村", given: "花" }, email, invitation });
    await add("link@minato.example.jp", "link");
    await add("password@minato.example.jp", "initial_password");
    const token = await mock.outbox.invitationToken("link@minato.example.jp");
    const newPassword = "yuugata-no-umi-ni-7-kamome";
    assert.equal((await client.send("confirmInvitation", { token, newPassword })).status, 204);
    const password = await mock.outbox.initialPassword("password@minato.example.jp");
    const entered = await client.signIn("password@minato.example.jp", password);
    assert.equal(entered.body.status, "password_change_required");
  });

  test("locks a session when its clock is moved past the idle time", async () => {
    const mock = createMock();
    const client = await device(mock);
    await client.signIn(people.admin.loginId);
    mock.clock.advance(4 * 60_000);
    assert.equal((await client.send("getMe")).status, 200);
    mock.clock.advance(16 * 60_000);
    await client.send("getMe", {}, { session: null });
    assert.equal((await client.refresh()).body.code, "session_locked");
    assert.equal((await client.reauthenticate()).status, 200);
    assert.equal((await client.send("getMe")).status, 200);
  });

  test("stands still while its clock is frozen", () => {
    const { clock } = createMock();
    clock.freeze(new Date("2026-04-01T09:00:00+09:00"));
    clock.advance(1500);
    assert.equal(clock.now().toISOString(), "2026-04-01T00:00:01.500Z");
  });
});
