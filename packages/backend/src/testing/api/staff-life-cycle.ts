import type { OperationId } from "@welby/contract";
import { staffId } from "../../seed/index.ts";
import type { Device, Recorder } from "./recorder.ts";

const suzuki = "suzuki@minato.example.jp";
const strong = "yuugata-no-umi-ni-7-kamome";
const TOKEN = /#token=([\w-]+)/;

/** A call under a key: done once, answered alike when it is repeated, refused when it is another one. */
async function keyed(
  device: Device,
  expected: string,
  id: OperationId,
  input: Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>>,
): Promise<void> {
  const options = { idempotencyKey: crypto.randomUUID() };
  await device.call("under a key", expected, id, input, options);
  await device.call("the same once more", expected, id, input, options);
  const mismatch = "422 idempotency_mismatch";
  await device.call("another one under the same key", mismatch, id, { ...input, ...other }, options);
}

/** From the invitation by a link to the removal. */
export async function staffLifeCycle(t: Recorder): Promise<void> {
  t.section("staff life cycle");
  const admin = await t.signedIn(suzuki);
  const email = "yamada@minato.example.jp";
  const member = { name: { family: "山田", given: "渚", familyKana: "ヤマダ", givenKana: "ナギサ" }, email };
  const tokenIn = async (count: number) => {
    const found = TOKEN.exec((await t.target.mails(email, count)).at(-1) ?? "")?.[1];
    if (found === undefined) throw new Error(`Mail ${count} to ${email} holds no token`);
    return found;
  };
  await admin.call("by a link", "201", "addStaff", { ...member, invitation: "link" });
  const list = await admin.client.send("listStaff", { limit: 200 });
  const { items } = list.body as { items: { id: string; email: string }[] };
  const one = items.find((item) => item.email === email);
  if (!one) throw new Error(`${email} is not in the list`);
  const whom = { staffId: one.id };
  const saito = { staffId: staffId("saito@minato.example.jp") };

  const newcomer = await t.page();
  const confirm = (what: string, expected: string, token: string, newPassword = strong, from = newcomer) =>
    from.call(what, expected, "confirmInvitation", { token, newPassword });
  const first = await tokenIn(1);
  await confirm("a made-up link", "422 token_invalid", "made-up");
  await confirm("a weak password", "422 weak_password", first, "yamada-to-yama-no-kumo");
  const elsewhere = await t.page({ clientId: "sakura-portal" });
  await confirm("a link of another portal", "422 token_invalid", first, strong, elsewhere);
  await keyed(admin, "200", "resendInvitation", whom, { invitation: "initial_password" });
  await confirm("the former link", "422 token_invalid", first);
  const token = await tokenIn(2);
  await confirm("a good password", "204", token);
  await confirm("the link a second time", "422 token_invalid", token, "fuyu-no-asa-no-kumo-21-hiki");
  await newcomer.call("with the own password", "200", "signIn", {
    audience: "staff",
    loginId: email,
    password: strong,
  });
  await admin.call("an active member", "409 wrong_status", "resendInvitation", whom);

  // Accepting moved the version from 1 to 2.
  const name = { family: "山田", given: "凪" };
  await keyed(
    admin,
    "200",
    "updateStaff",
    { ...whom, name, occupation: "薬剤師", version: 2 },
    { name: member.name },
  );
  await admin.call("an occupation taken away", "200", "updateStaff", {
    ...whom,
    occupation: null,
    version: 3,
  });
  await admin.call("nothing", "200", "updateStaff", { ...whom, version: 4 });
  const invalid = "422 validation_failed";
  await admin.call("a role", invalid, "updateStaff", { ...whom, role: "admin", version: 4 });
  await admin.call("an address", invalid, "updateStaff", { ...whom, email: "x@example.jp", version: 4 });

  await keyed(admin, "200", "endStaffSessions", whom, saito);
  await newcomer.call("in a session that an administrator ended", "401 session_expired", "getMe");
  await keyed(admin, "202", "startStaffPasswordReset", whom, saito);
  await admin.call("an invited member", "409 wrong_status", "startStaffPasswordReset", saito);
  await t.target.mails(email, 3);
  const reason = "スマートフォンの紛失";
  await keyed(admin, "204", "resetStaffFactors", { ...whom, reason }, { reason: "交換" });
  await admin.call("without a reason", invalid, "resetStaffFactors", { ...whom });
  const me = { staffId: staffId(suzuki) };
  await admin.call("the own factors", "409 self_change_refused", "resetStaffFactors", { ...me, reason });

  const own = await admin.client.send("getStaff", me);
  const mine = { ...me, version: (own.body as { version: number }).version };
  const clinic = await t.signedIn("yamasaki@sakura.example.jp", "sakura-portal");
  const sole = { staffId: staffId("yamasaki@sakura.example.jp") };
  const solesRow = await clinic.client.send("getStaff", sole);
  const last = { ...sole, version: (solesRow.body as { version: number }).version };
  await keyed(
    admin,
    "200",
    "suspendStaff",
    { ...whom, reason: "休職のため", version: 4 },
    { reason: "育休" },
  );
  await newcomer.call("as a suspended member", "401 invalid_credentials", "signIn", {
    audience: "staff",
    loginId: email,
    password: strong,
  });
  await admin.call("a suspended member", "409 wrong_status", "suspendStaff", { ...whom, version: 5 });
  await admin.call("oneself", "409 self_change_refused", "suspendStaff", mine);
  await clinic.call("the only administrator", "409 last_admin", "suspendStaff", last);
  await keyed(admin, "200", "resumeStaff", { ...whom, version: 5 }, { reason: "復職のため" });
  await admin.call("an active member", "409 wrong_status", "resumeStaff", { ...whom, version: 6 });

  await admin.call("oneself", "409 self_change_refused", "removeStaff", mine);
  await clinic.call("the only administrator", "409 last_admin", "removeStaff", last);
  await keyed(admin, "204", "removeStaff", { ...whom, version: 6 }, { version: 7 });
  await admin.call("a member just removed", "404 not_found", "getStaff", whom);
  await admin.call("an address that is free again", "201", "addStaff", member);

  // Guessing links costs time, too.
  for (let guess = 1; guess < 30; guess++) {
    await newcomer.client.send("confirmInvitation", { token: `guess-${guess}`, newPassword: strong });
  }
  await confirm("after thirty wrong links", "429 rate_limited", "guess-30");
  await t.advance(5 * 60_000);
}
