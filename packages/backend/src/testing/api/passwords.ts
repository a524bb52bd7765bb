import { SEED_PASSWORD } from "../test-client.ts";
import { restricted } from "./every-operation.ts";
import type { Recorder } from "./recorder.ts";

const strong = "yuugata-no-umi-ni-7-kamome";
const stronger = "fuyu-no-asa-no-kumo-21-hiki";

async function latest(t: Recorder, to: string, count: number, pattern: RegExp): Promise<string> {
  const bodies = await t.target.mails(to, count);
  const found = pattern.exec(bodies.at(-1) ?? "")?.[1];
  if (found === undefined) throw new Error(`Mail ${count} to ${to} does not hold ${pattern.source}`);
  return found;
}

const TOKEN = /#token=([\w-]+)/;
const INITIAL_PASSWORD = /(?:初期パスワード|Initial password): (\S+)/;

/** A new member's first days: welcome mail, initial password, own password. */
export async function initialPassword(t: Recorder): Promise<void> {
  t.section("initial password");
  const admin = await t.signedIn("suzuki@minato.example.jp");
  const email = "aoki@minato.example.jp";
  const name = { family: "青木", given: "蓮", familyKana: "アオキ", givenKana: "レン" };
  const newcomer = await t.page();
  const enter = (what: string, expected: string, loginId: string, password: string) =>
    newcomer.call(what, expected, "signIn", { audience: "staff", loginId, password });
  const set = (what: string, expected: string, newPassword: string) =>
    newcomer.call(what, expected, "setInitialPassword", { newPassword });

  await admin.call("a member", "201", "addStaff", { name, email, occupation: "臨床検査技師" });
  const initial = await latest(t, email, 1, INITIAL_PASSWORD);
  await enter("with the initial password", "200", email, initial);
  await restricted(newcomer);
  await set("too short", "422 weak_password", "short");
  await set("with the own name in it", "422 weak_password", "aoki-to-yama-no-kumo-21");
  await set("with the service's name in it", "422 weak_password", "welby-to-yama-no-kumo-21");
  await set("the initial one again", "422 password_reused", initial);
  await set("257 characters", "422 validation_failed", "あ".repeat(257));
  await set("a good one", "200", strong);
  await newcomer.call("with an own password", "200", "getMe");
  await set("for the second time", "422 token_invalid", stronger);
  await enter("with the dead initial password", "401 invalid_credentials", email, initial);

  const late = "oota@minato.example.jp";
  await admin.call("another member", "201", "addStaff", {
    name: { family: "太田", given: "樹" },
    email: late,
  });
  const lateInitial = await latest(t, late, 1, INITIAL_PASSWORD);
  await t.advance(72 * 3_600_000 + 1000);
  await enter("with an initial password of 72 hours ago", "401 invalid_credentials", late, lateInitial);
}

/** The way back for somebody who forgot. */
export async function passwordReset(t: Recorder): Promise<void> {
  t.section("password reset");
  const email = "takahashi@minato.example.jp";
  const device = await t.signedIn(email);
  const request = (what: string, expected: string, input: Record<string, unknown>) =>
    device.call(what, expected, "requestPasswordReset", { audience: "staff", email, ...input });
  const confirm = (what: string, expected: string, token: string, newPassword: string, from = device) =>
    from.call(what, expected, "confirmPasswordReset", { token, newPassword });

  await request("for an account", "202", {});
  await request("for nobody", "202", { email: "nobody@minato.example.jp" });
  await request("for a suspended member", "202", { email: "watanabe@minato.example.jp" });
  await request("an address that is none", "422 validation_failed", { email: "takahashi" });
  await request("an address with a line break", "422 validation_failed", {
    email: "a@example.jp\r\nbcc:b@x.jp",
  });
  const older = await latest(t, email, 1, TOKEN);
  await request("a second time", "202", {});
  const token = await latest(t, email, 2, TOKEN);
  await confirm("the older link", "422 token_invalid", older, strong);
  await confirm("a made-up link", "422 token_invalid", "made-up", strong);
  const elsewhere = await t.page({ clientId: "sakura-portal" });
  await confirm("a link of another portal", "422 token_invalid", token, strong, elsewhere);
  await confirm("a weak password", "422 weak_password", token, "passwordpassword");
  await confirm("the same password", "422 password_reused", token, SEED_PASSWORD);
  await confirm("a new password", "204", token, strong);
  await confirm("the link a second time", "422 token_invalid", token, stronger);
  await device.call("the session of before", "401 session_expired", "getMe");
  const enter = (what: string, expected: string, password: string) =>
    device.call(what, expected, "signIn", { audience: "staff", loginId: email, password });
  await enter("with the old password", "401 invalid_credentials", SEED_PASSWORD);
  await enter("with the new password", "200", strong);

  await request("a third time", "202", {});
  // The third mail says that the password was changed.
  const expiring = await latest(t, email, 4, TOKEN);
  await t.advance(31 * 60_000);
  await confirm("a link of 31 minutes ago", "422 token_invalid", expiring, stronger);
  // Guessing links costs time, too.
  for (let guess = 1; guess < 30; guess++) {
    await device.client.send("confirmPasswordReset", { token: `guess-${guess}`, newPassword: strong });
  }
  await confirm("after thirty wrong links", "429 rate_limited", "guess-30", strong);
  await t.advance(5 * 60_000);
}
