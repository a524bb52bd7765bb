import assert from "node:assert/strict";
import { test } from "node:test";
import { staffId } from "../../src/seed/index.ts";
import { createWorld, MINUTE, type World } from "../support/world.ts";

const SUZUKI = "suzuki@minato.example.jp";
const TAKAHASHI = "takahashi@minato.example.jp";
const CHOSEN = "kingyo-furin-yukata-3";
const takahashi = { staffId: staffId(TAKAHASHI) };
const suzuki = { staffId: staffId(SUZUKI) };
const reason = "スマートフォンの紛失";

async function kakuu(world: World) {
  const { demoTotp } = await import("../../src/seed/index.ts");
  const { totpCode, totpStep } = await import("../../src/index.ts");
  const client = await world.client({ clientId: "kakuu-portal" });
  const signedIn = await client.signIn("admin@kakuu.example.jp");
  const code = await totpCode(demoTotp.secret, totpStep(world.now()));
  const { challenge } = signedIn.body as { challenge: string };
  const entered = await client.send("verifyMfa", { challenge, method: "totp", code });
  assert.equal(entered.status, 200, JSON.stringify(entered.body));
  return client;
}

/** Gives a member an authenticator app. */
async function withFactor(world: World, email: string): Promise<string> {
  const { staff, factor } = await world.store.transaction(async (tx) => ({
    staff: await tx.staff.get({ id: staffId(email) }),
    factor: (await tx.factors.list({}))[0],
  }));
  assert.ok(staff && factor);
  await world.store.transaction((tx) =>
    tx.factors.insert({ ...factor, id: crypto.randomUUID(), accountId: staff.accountId }),
  );
  return staff.accountId;
}
const logged = (world: World, action: string) =>
  world.store.transaction((tx) => tx.audit.list({ action }, { orderBy: ["seq"] }));

test("A-088: a suspended member's refresh is refused and logged, and so is every call", async () => {
  const world = await createWorld();
  const admin = await world.signedIn();
  const member = await world.signedIn(TAKAHASHI);
  assert.equal((await member.send("getMe")).status, 200);
  assert.equal((await admin.send("suspendStaff", { ...takahashi, version: 1 })).status, 200);
  assert.deepEqual(await codes(member.send("getMe"), member.refresh(), member.signIn(TAKAHASHI)), [
    "session_expired",
    "session_expired",
    "invalid_credentials",
  ]);
  const [row] = await logged(world, "auth.refresh");
  assert.deepEqual([row?.result, row?.reason, row?.actorName], ["refused", "account_inactive", "髙橋 由美"]);
});

test("a resumed member signs in anew; the session of before stays dead", async () => {
  const world = await createWorld();
  const admin = await world.signedIn();
  const member = await world.signedIn(TAKAHASHI);
  const { session } = member;
  await admin.send("suspendStaff", { ...takahashi, version: 1 });
  await admin.send("resumeStaff", { ...takahashi, version: 2 });
  assert.equal((await member.send("getMe", {}, { session })).body.code, "session_expired");
  assert.equal((await member.signIn(TAKAHASHI)).body.status, "signed_in");
});

test("A-088 5b: a removed member is out with the next request, in every way", async () => {
  const world = await createWorld();
  const admin = await world.signedIn();
  const member = await world.signedIn(TAKAHASHI);
  const removed = await admin.send("removeStaff", { ...takahashi, version: 1 });
  assert.deepEqual([removed.status, removed.body, removed.headers.get("etag")], [204, null, null]);
  assert.deepEqual(
    await codes(member.send("getMe"), member.refresh(), member.reauthenticate(), member.signIn(TAKAHASHI)),
    ["session_expired", "session_expired", "session_expired", "invalid_credentials"],
  );
});

test("a reset link from before a suspension is dead, also after the return", async () => {
  const world = await createWorld();
  const admin = await world.signedIn();
  const client = await world.client();
  await client.send("requestPasswordReset", { audience: "staff", email: TAKAHASHI });
  const token = await resetToken(world);
  await admin.send("suspendStaff", { ...takahashi, version: 1 });
  await admin.send("resumeStaff", { ...takahashi, version: 2 });
  const confirmed = await client.send("confirmPasswordReset", { token, newPassword: CHOSEN });
  assert.equal(confirmed.body.code, "token_invalid");
});

test("A-035 SE-7: removing and taking away factors need a password of the last five minutes, suspending does not", async () => {
  const world = await createWorld();
  const admin = await world.signedIn();
  world.advance(5 * MINUTE + 1000);
  await admin.refresh();
  assert.deepEqual(
    await codes(
      admin.send("removeStaff", { ...takahashi, version: 1 }),
      admin.send("resetStaffFactors", { ...takahashi, reason }),
    ),
    ["step_up_required", "step_up_required"],
  );
  assert.equal((await admin.send("suspendStaff", { ...takahashi, version: 1 })).status, 200);
  await admin.reauthenticate();
  assert.equal((await admin.send("removeStaff", { ...takahashi, version: 2 })).status, 204);
});

test("SE-7: adding an administrator needs a password of the last five minutes, adding staff does not", async () => {
  const world = await createWorld();
  const admin = await world.signedIn();
  world.advance(5 * MINUTE + 1000);
  await admin.refresh();
  const add = (email: string, role: string) =>
    admin.send("addStaff", { name: { family: "青木", given: "蓮" }, email, role });
  assert.equal((await add("aoki@minato.example.jp", "staff")).status, 201);
  assert.equal((await add("aoki2@minato.example.jp", "admin")).body.code, "step_up_required");
  await admin.reauthenticate();
  assert.equal((await add("aoki2@minato.example.jp", "admin")).status, 201);
});

test("MF-8: taking away factors ends the sessions, tells the member, and is logged with its reason", async () => {
  const world = await createWorld();
  const accountId = await withFactor(world, TAKAHASHI);
  const admin = await world.signedIn();
  const before = await world.client();
  const asked = await before.signIn(TAKAHASHI);
  assert.equal(asked.body.status, "mfa_required");

  const reset = await admin.send("resetStaffFactors", { ...takahashi, reason });
  assert.equal(reset.status, 204);
  assert.equal(await world.store.transaction((tx) => tx.factors.count({ accountId })), 0);
  await world.backend.deliverOutbox();
  assert.deepEqual(
    world.mails.map(({ to, subject }) => [to, subject.split(" / ")[0]]),
    [[TAKAHASHI, "【Welby マイカルテ】2段階認証が解除されました"]],
  );
  const [row] = await logged(world, "staff.factors_reset");
  assert.deepEqual(
    [row?.result, row?.reason, row?.targetId, row?.details["factors"]],
    ["ok", reason, takahashi.staffId, 1],
  );
  const old = { challenge: (asked.body as { challenge: string }).challenge, method: "totp", code: "123456" };
  assert.equal((await before.send("verifyMfa", old)).body.code, "challenge_expired");
});

test("MF-8: a session that the lost device may hold ends with its factor", async () => {
  const world = await createWorld();
  const member = await world.signedIn(TAKAHASHI);
  const admin = await world.signedIn();
  await admin.send("resetStaffFactors", { ...takahashi, reason });
  assert.equal((await member.send("getMe")).body.code, "session_expired");
});

test("MF-8: nobody takes away the own factors by the right to help others, and no reason is none", async () => {
  const world = await createWorld();
  const admin = await kakuu(world);
  const own = { staffId: staffId("admin@kakuu.example.jp") };
  assert.equal((await admin.send("resetStaffFactors", { ...own, reason })).body.code, "self_change_refused");
  assert.equal((await admin.send("resetStaffFactors", { ...own, reason: "" })).status, 422);
  assert.equal((await admin.send("resetStaffFactors", own)).status, 422);
  assert.ok((await world.store.transaction((tx) => tx.factors.count({}))) > 0);
  const [row] = await logged(world, "staff.factors_reset");
  assert.deepEqual([row?.result, row?.reason], ["refused", "self_change_refused"]);
});

test("a reset that an administrator starts is the member's own: mailed to the stored address, used by whoever reads it", async () => {
  const world = await createWorld();
  const admin = await world.signedIn();
  const started = await admin.send("startStaffPasswordReset", takahashi);
  assert.deepEqual([started.status, started.body], [202, null]);
  const token = await resetToken(world);
  assert.deepEqual(
    world.mails.map(({ to }) => to),
    [TAKAHASHI],
  );
  const member = await world.client();
  assert.equal((await member.signIn(TAKAHASHI)).status, 200, "the old password works until then");
  assert.equal((await member.send("confirmPasswordReset", { token, newPassword: CHOSEN })).status, 204);
  assert.equal((await member.signIn(TAKAHASHI)).status, 401);
  assert.equal((await member.signIn(TAKAHASHI, CHOSEN)).status, 200);
  assert.equal((await logged(world, "staff.password_reset_started")).length, 1);
});

test("RS-6: an administrator cannot flood a mailbox either: three reset mails an hour", async () => {
  const world = await createWorld();
  const admin = await world.signedIn();
  for (let time = 0; time < 5; time++) {
    assert.equal((await admin.send("startStaffPasswordReset", takahashi)).status, 202);
  }
  await world.backend.deliverOutbox();
  assert.equal(world.mails.length, 3);
});

test("a reset is started for active members only", async () => {
  const world = await createWorld();
  const admin = await world.signedIn();
  for (const email of ["saito@minato.example.jp", "watanabe@minato.example.jp"]) {
    const answer = await admin.send("startStaffPasswordReset", { staffId: staffId(email) });
    assert.deepEqual([answer.status, answer.body.code], [409, "wrong_status"]);
  }
});

test("SE-6: an administrator ends a member's sessions on all devices, and the member can sign in again", async () => {
  const world = await createWorld();
  const admin = await world.signedIn();
  const [first, second] = [await world.signedIn(TAKAHASHI), await world.signedIn(TAKAHASHI)];
  const bystander = await world.signedIn("ri@minato.example.jp");
  assert.deepEqual((await admin.send("endStaffSessions", takahashi)).body, { ended: 2 });
  assert.deepEqual((await admin.send("endStaffSessions", takahashi)).body, { ended: 0 });
  assert.deepEqual(await codes(first.send("getMe"), second.refresh()), [
    "session_expired",
    "session_expired",
  ]);
  assert.equal((await bystander.send("getMe")).status, 200);
  assert.equal((await first.signIn(TAKAHASHI)).status, 200);
  assert.deepEqual(
    (await logged(world, "staff.sessions_ended")).map(({ details }) => details),
    [{ ended: 2 }, { ended: 0 }],
  );
});

test("the own sessions can be ended too; this one is over with its answer", async () => {
  const world = await createWorld();
  const admin = await world.signedIn();
  assert.deepEqual((await admin.send("endStaffSessions", suzuki)).body, { ended: 1 });
  assert.equal((await admin.send("getMe")).body.code, "session_expired");
});

test("A-042 RO-4: another institution's member is as missing as one that never was, byte for byte", async () => {
  const world = await createWorld();
  const admin = await world.signedIn();
  const foreign = { staffId: staffId("kobayashi@sakura.example.jp") };
  const missing = { staffId: crypto.randomUUID() };
  const calls = [
    ["updateStaff", { occupation: "医師", version: 1 }],
    ["removeStaff", { version: 1 }],
    ["suspendStaff", { version: 1 }],
    ["resumeStaff", { version: 1 }],
    ["resendInvitation", {}],
    ["resetStaffFactors", { reason }],
    ["startStaffPasswordReset", {}],
    ["endStaffSessions", {}],
  ] as const;
  for (const [id, input] of calls) {
    const answers = await Promise.all(
      [foreign, missing].map(async (whom) => {
        const { status, body } = await admin.send(id, { ...input, ...whom });
        return JSON.stringify([status, { ...(body as object), requestId: "" }]);
      }),
    );
    assert.equal(answers[0], answers[1], id);
    assert.match(answers[0] ?? "", /^\[404,.*"not_found"/, id);
  }
  await world.backend.deliverOutbox();
  assert.deepEqual(world.mails, []);
});

test("A-043 RO-3: a role, an address or a status does not come in by a change of the name", async () => {
  const world = await createWorld();
  const admin = await world.signedIn();
  for (const extra of [
    { role: "admin" },
    { email: "x@example.jp" },
    { status: "active" },
    { id: suzuki.staffId },
  ]) {
    const answer = await admin.send("updateStaff", { ...takahashi, version: 1, ...extra });
    assert.deepEqual([answer.status, answer.body.code], [422, "validation_failed"], JSON.stringify(extra));
  }
});

test("A-096 a removal repeated under its key is answered alike; without the key it is gone", async () => {
  const world = await createWorld();
  const admin = await world.signedIn();
  const idempotencyKey = crypto.randomUUID();
  const remove = (key: string | null) =>
    admin.send("removeStaff", { ...takahashi, version: 1 }, { idempotencyKey: key });
  assert.equal((await remove(idempotencyKey)).status, 204);
  const again = await remove(idempotencyKey);
  assert.deepEqual([again.status, again.headers.get("idempotency-replayed")], [204, "true"]);
  assert.equal((await remove(null)).status, 404);
  assert.equal(
    (await logged(world, "staff.removed")).filter(({ targetId }) => targetId === takahashi.staffId).length,
    1,
  );
});

async function codes(...answers: readonly Promise<{ body: unknown }>[]): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const answer of answers) found.push(((await answer).body as { code?: string } | null)?.code);
  return found;
}

async function resetToken(world: World): Promise<string> {
  await world.backend.deliverOutbox();
  return /#token=([\w-]{43})\n/.exec(world.mails.at(-1)?.text ?? "")?.[1] ?? assert.fail("no reset mail");
}
