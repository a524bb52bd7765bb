import { SEED_PASSWORD } from "../test-client.ts";
import type { Recorder } from "./recorder.ts";

const li = "ri@minato.example.jp";
const chosen = "yuugata-no-umi-ni-7-kamome";

/** A new password by whoever knows the current one, put back at the end. */
export async function passwordChange(t: Recorder): Promise<void> {
  t.section("password change");
  const [device, other] = [await t.signedIn(li), await t.signedIn(li)];
  const change = (what: string, expected: string, input: Record<string, unknown> = {}) =>
    device.call(what, expected, "changePassword", {
      currentPassword: SEED_PASSWORD,
      newPassword: chosen,
      ...input,
    });
  await change("a weak one", "422 weak_password", { newPassword: "passwordpassword" });
  await change("the same one", "422 password_reused", { newPassword: SEED_PASSWORD });
  await change("257 characters", "422 validation_failed", { newPassword: "あ".repeat(257) });
  for (let guess = 1; guess <= 4; guess++) {
    const currentPassword = `wrong-password-${guess}`;
    await change(`wrong guess ${guess}`, "422 current_password_wrong", { currentPassword });
  }
  await change("without ending the other session", "204", { endOtherSessions: false });
  await other.call("a session that was to stay", "200", "getMe");
  await change("with the password of before", "422 current_password_wrong");
  await change("back again", "204", { currentPassword: chosen, newPassword: SEED_PASSWORD });
  await device.call("the session that changed it", "200", "getMe");
  await other.call("the other session", "401 session_expired", "getMe");
  for (let guess = 1; guess <= 5; guess++) {
    const currentPassword = `wrong-password-${guess}`;
    await change(`wrong guess ${guess} after a success`, "422 current_password_wrong", { currentPassword });
  }
  await change("after five wrong guesses", "429 rate_limited");
  await t.advance(5 * 60_000);
}

/** Where somebody is signed in, and ending it from elsewhere. */
export async function ownSessions(t: Recorder): Promise<void> {
  t.section("own sessions");
  const [device, other] = [await t.signedIn(li), await t.signedIn(li)];
  const colleague = await t.signedIn("tanaka@minato.example.jp");
  const { body } = await device.call("two devices", "200", "listSessions");
  const [mine, second] = body.items;
  const theirs = await colleague.call("a colleague's", "200", "listSessions");
  const [foreign] = theirs.body.items;
  const end = (what: string, expected: string, sessionId: string | undefined, from = device) =>
    from.call(what, expected, "endSession", { sessionId });
  await end("a colleague's", "404 not_found", foreign?.id);
  await end("the other one", "204", second?.id);
  await end("the other one again", "204", second?.id);
  await other.call("the session that was ended", "401 session_expired", "getMe");
  await device.call("one device", "200", "listSessions");
  await end("this one", "204", mine?.id);
  await device.call("after ending the own one", "401 session_expired", "getMe");
  await colleague.call("the colleague's session", "200", "getMe");
}

/** What people say about themselves. */
export async function profile(t: Recorder): Promise<void> {
  t.section("profile");
  const patient = await t.signedIn("sato.kazuko@example.jp", "demo-portal", "patient");
  const { body } = await patient.call("a patient", "200", "getMe");
  const { version } = body;
  const name = { family: "佐藤", given: "和子", familyKana: "さとう", givenKana: "ｶｽﾞｺ" };
  const update = (what: string, expected: string, input: Record<string, unknown>, from = patient) =>
    from.call(what, expected, "updateMe", { version, ...input });
  await update("nothing", "422 validation_failed", {});
  await update("a birth date of tomorrow", "422 validation_failed", { birthDate: "2026-04-02" });
  await update("a day that never was", "422 validation_failed", { birthDate: "2023-02-29" });
  await update("a name with a line break", "422 validation_failed", {
    name: { ...name, given: "和子\r\nBcc: a@x" },
  });
  await update("a role", "422 validation_failed", { name, role: "admin" });
  await update("name and sex", "200", { name, sex: "other" });
  await update("on the version of before", "412 version_conflict", { sex: "male" });
  const staff = await t.signedIn(li);
  await update("a sex of staff", "422 validation_failed", { sex: "male" }, staff);
  await staff.call("a member of staff", "200", "getMe");
}
