import { SEED_PASSWORD } from "../test-client.ts";
import type { Recorder } from "./recorder.ts";

const sato = "sato.kazuko@example.jp";
const moved = "kazuko.sato@example.jp";
const chosen = "yuugata-no-umi-ni-7-kamome";

/** The token in the newest of so many mails to an address. */
async function tokenFor(t: Recorder, to: string, count: number): Promise<string> {
  const found = /#token=([\w-]+)/.exec((await t.target.mails(to, count)).at(-1) ?? "")?.[1];
  if (found === undefined) throw new Error(`Mail ${count} to ${to} holds no token`);
  return found;
}

/** Another e-mail address: asked for, proved at its mailbox, and signed in with. */
export async function emailChange(t: Recorder): Promise<void> {
  t.section("e-mail change");
  const device = await t.signedIn(sato, "demo-portal", "patient");
  const request = (what: string, expected: string, email: string) =>
    device.call(what, expected, "requestEmailChange", { email });
  const confirm = (what: string, expected: string, token: string, from = device) =>
    from.call(what, expected, "confirmEmailChange", { token });
  await request("an address with a line break", "422 validation_failed", `${moved}\r\nbcc:b@x.jp`);
  await request("an address that is taken", "202", "ab..c@docomo.ne.jp");
  await request("a free address", "202", moved);
  const token = await tokenFor(t, moved, 1);
  await confirm("a made-up link", "422 token_invalid", "made-up");
  const elsewhere = await t.page({ clientId: "sakura-portal" });
  await confirm("a link of another portal", "422 token_invalid", token, elsewhere);
  await device.call("before the link", "200", "getMe");
  await confirm("the link, on another device", "204", token, await t.page());
  await confirm("the link a second time", "422 token_invalid", token);
  await device.call("after the link", "200", "getMe");
  const enter = (what: string, expected: string, loginId: string) =>
    device.call(what, expected, "signIn", { audience: "patient", loginId, password: SEED_PASSWORD });
  await enter("with the old address", "401 invalid_credentials", sato);
  await enter("with the new address", "200", moved);
}

/** How a patient gets an account. */
export async function registration(t: Recorder): Promise<void> {
  t.section("registration");
  const email = "nitta@example.jp";
  const device = await t.page();
  const person = {
    name: { family: "新田", given: "光", familyKana: "にった", givenKana: "ﾋｶﾙ" },
    birthDate: "1990-04-01",
    sex: "other",
    password: chosen,
    acceptedTermsVersion: "2026-04-01",
  };
  const request = (what: string, expected: string, to: string) =>
    device.call(what, expected, "requestRegistration", { email: to });
  const confirm = (what: string, expected: string, token: string, changes: Record<string, unknown> = {}) =>
    device.call(what, expected, "confirmRegistration", { token, ...person, ...changes });
  await request("for a new address", "202", email);
  await request("for an address with an account", "202", moved);
  await request("for an address that is none", "422 validation_failed", "nitta");
  const older = await tokenFor(t, email, 1);
  await request("a second time", "202", email);
  const token = await tokenFor(t, email, 2);
  await confirm("the older link", "422 token_invalid", older);
  await confirm("a birth date of tomorrow", "422 validation_failed", token, { birthDate: "2027-04-01" });
  await confirm("without the terms", "422 validation_failed", token, { acceptedTermsVersion: "" });
  await confirm("the own name as a password", "422 weak_password", token, {
    password: "nitta-to-yama-no-21-kumo",
  });
  await confirm("everything right", "204", token);
  await confirm("the link a second time", "422 token_invalid", token);
  await device.call("with the own password", "200", "signIn", {
    audience: "patient",
    loginId: email,
    password: chosen,
  });
  await device.call("a new patient", "200", "getMe");

  // Guessing links costs time, whatever they are for.
  for (let guess = 1; guess <= 30; guess++)
    await device.client.send("confirmEmailChange", { token: `guess-${guess}` });
  await confirm("after thirty wrong links", "429 rate_limited", "guess-31");
  await device.call("after thirty wrong links", "429 rate_limited", "confirmEmailChange", {
    token: "guess-31",
  });
  await t.advance(5 * 60_000);
}

/** 退会. */
export async function withdrawal(t: Recorder): Promise<void> {
  t.section("withdrawal");
  const [device, other] = [
    await t.signedIn(moved, "demo-portal", "patient"),
    await t.signedIn(moved, "demo-portal", "patient"),
  ];
  const staff = await t.signedIn("suzuki@minato.example.jp");
  const search = (what: string) => staff.call(what, "200", "searchPatients", { query: "佐藤" });
  await search("before");
  const withdraw = (what: string, expected: string, confirmation: string) =>
    device.call(what, expected, "withdraw", { confirmation });
  await withdraw("another word", "422 validation_failed", "はい");
  await withdraw("the word", "204", "退会");
  await withdraw("a second time", "401 session_expired", "退会");
  await other.call("another device", "401 session_expired", "getMe");
  await device.call("with a closed account", "401 invalid_credentials", "signIn", {
    audience: "patient",
    loginId: moved,
    password: SEED_PASSWORD,
  });
  await search("after");
}
