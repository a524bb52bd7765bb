import { demoTotp } from "../../seed/index.ts";
import { totpCode, totpStep } from "../../domain/totp.ts";
import { SEED_PASSWORD } from "../test-client.ts";
import type { Recorder } from "./recorder.ts";

const suzuki = "suzuki@minato.example.jp";
const password = SEED_PASSWORD;

/** Who is let in, and that everybody else gets one and the same answer. */
export async function signIn(t: Recorder): Promise<void> {
  t.section("sign-in");
  const device = await t.page();
  const attempt = (what: string, expected: string, input: Record<string, unknown>) =>
    device.call(what, expected, "signIn", { audience: "staff", loginId: suzuki, password, ...input });
  await attempt("an administrator", "200", {});
  await attempt("for the second time", "200", {});
  await attempt("an id in full width", "200", { loginId: "ＳＵＺＵＫＩ＠minato.example.jp" });
  await attempt("a patient", "200", { audience: "patient", loginId: "sato.kazuko@example.jp" });
  await attempt("a patient by phone", "200", { audience: "patient", loginId: "０９０ー００００ー０００１" });
  await attempt("a patient with an address of the old carrier kind", "200", {
    audience: "patient",
    loginId: "ab..c@docomo.ne.jp",
  });
  const refused = "401 invalid_credentials";
  await attempt("a wrong password", refused, { password: "asagao-tegami-koharu-8" });
  await attempt("an unknown id", refused, { loginId: "unknown@minato.example.jp" });
  await attempt("a suspended member", refused, { loginId: "watanabe@minato.example.jp" });
  await attempt("a removed member", refused, { loginId: "sasaki@minato.example.jp" });
  await attempt("another hospital's member", refused, { loginId: "yamasaki@sakura.example.jp" });
  await attempt("a patient as staff", refused, { loginId: "sato.kazuko@example.jp" });
  await attempt("staff as a patient", refused, { audience: "patient" });
  const invalid = "422 validation_failed";
  await attempt("an empty id", invalid, { loginId: "" });
  await attempt("an id of 255 characters", invalid, { loginId: "a".repeat(255) });
  await attempt("a password of 257 characters", invalid, { password: "あ".repeat(257) });
  await attempt("another audience", invalid, { audience: "robot" });
  await attempt("a number for a password", invalid, { password: 15 });
}

/** Wrong passwords in a row cost time, whether the account exists or not. */
export async function throttling(t: Recorder): Promise<void> {
  t.section("throttling");
  const device = await t.page();
  for (const [loginId, who] of [
    ["ghost@minato.example.jp", "nobody"],
    ["tanaka@minato.example.jp", "somebody"],
  ] as const) {
    const attempt = (what: string, expected: string, typed: string) =>
      device.call(what, expected, "signIn", { audience: "staff", loginId, password: typed });
    for (let failure = 1; failure <= 5; failure++) {
      await attempt(`failure ${failure} for ${who}`, "401 invalid_credentials", "wrong-password-is-wrong");
    }
    await attempt(`failure 6 for ${who}`, "429 rate_limited", "wrong-password-is-wrong");
    await attempt(`at once with the right password for ${who}`, "429 rate_limited", password);
  }
  await t.advance(31_000);
  await device.call("after the wait", "200", "signIn", {
    audience: "staff",
    loginId: "tanaka@minato.example.jp",
    password,
  });
  await t.advance(5 * 60_000);
}

/** The second factor of 架空大学. */
export async function secondFactor(t: Recorder): Promise<void> {
  t.section("second factor");
  const device = await t.page({ clientId: "kakuu-portal" });
  const code = () => totpCode(demoTotp.secret, totpStep(t.now()));
  const begin = async (what: string, from = device): Promise<string> => {
    const credentials = { audience: "staff", loginId: demoTotp.loginId, password };
    return (await from.call(what, "200", "signIn", credentials)).body.challenge;
  };
  const verify = (what: string, expected: string, challenge: string, typed: string, from = device) =>
    from.call(what, expected, "verifyMfa", { challenge, method: "totp", code: typed });

  const challenge = await begin("asks for a code");
  await verify("a wrong code", "401 mfa_invalid", challenge, "000000");
  await verify("a code that is too short", "422 validation_failed", challenge, "123");
  const thief = await t.page({ clientId: "kakuu-portal" });
  await thief.client.send("getMeta");
  await verify("a challenge of another device", "401 challenge_expired", challenge, await code(), thief);
  const wide = (await code()).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
  await verify("the right code in full width", "200", challenge, wide);
  await device.call("after the code", "200", "getMe");
  await verify("a challenge for the second time", "401 challenge_expired", challenge, await code());
  await verify("a code for the second time", "401 mfa_invalid", await begin("asks again"), await code());
  const stale = await begin("asks a third time");
  await t.advance(301_000);
  await verify("a challenge after five minutes", "401 challenge_expired", stale, await code());
  // Ten wrong codes in a row stop the factor; a challenge stands five of them.
  for (let round = 1; round <= 2; round++) {
    const next = await begin(`asks in round ${round}`);
    for (let attempt = 1; attempt <= 5; attempt++) {
      const closed = round === 2 && attempt === 5;
      const expected = closed ? "429 rate_limited" : "401 mfa_invalid";
      await verify(`wrong code ${attempt} of round ${round}`, expected, next, "000000");
    }
  }
  await t.advance(5 * 60_000);
}
