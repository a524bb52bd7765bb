import { totpCode, totpStep } from "../../domain/totp.ts";
import { demoTotp } from "../../seed/index.ts";
import { softwareAuthenticator } from "../software-authenticator.ts";
import { SEED_PASSWORD, type TestAnswer } from "../test-client.ts";
import { enrolling } from "./every-operation.ts";
import type { Device, Recorder } from "./recorder.ts";

const email = "nishi@kakuu.example.jp";
const password = "yuugata-no-umi-ni-7-kamome";
const phone = "090-0000-0031";
const clientId = "kakuu-portal";

/** What the member's authenticator app holds once it is set up. */
const known = { secret: "" };

interface Fields {
  readonly challenge: string;
  readonly secret: string;
  readonly codes: readonly string[];
  readonly options: never;
}
/** What a call that is not written down answered, as far as later ones need it. */
const fields = ({ body }: TestAnswer) => body as Fields;

async function latest(t: Recorder, to: string, count: number, pattern: RegExp): Promise<string> {
  const found = pattern.exec((await t.target.mails(to, count)).at(-1) ?? "")?.[1];
  if (found === undefined) throw new Error(`Message ${count} to ${to} does not hold ${pattern.source}`);
  return found;
}
const smsCode = (t: Recorder, count: number) => latest(t, "+819000000031", count, /Your code: (\d{6})/);
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

/** A new member of 架空大学, where nobody gets in without a second factor: its set-up, and what stays closed until then. */
export async function enrolment(t: Recorder): Promise<void> {
  t.section("enrolment");
  const admin = await t.page({ clientId });
  const { challenge } = fields(await admin.client.signIn(demoTotp.loginId));
  const now = () => totpStep(t.now());
  const adminCode = await totpCode(demoTotp.secret, now());
  await admin.client.send("verifyMfa", { challenge, method: "totp", code: adminCode });
  await admin.client.send("addStaff", { name: { family: "西", given: "翼" }, email });

  const device = await t.page({ clientId });
  await device.client.signIn(email, await latest(t, email, 1, /(?:初期パスワード|Initial password): (\S+)/));
  await device.call("where a factor is demanded", "200", "setInitialPassword", { newPassword: password });
  await enrolling(device);
  await device.call("without any", "200", "listFactors");
  const confirm = (what: string, expected: string, code: string) =>
    device.call(what, expected, "confirmTotp", { code });
  await confirm("before it was begun", "401 challenge_expired", "000000");
  await device.call("an app", "200", "startTotp");
  const { secret } = fields(await device.client.send("startTotp"));
  const code = await totpCode(secret, now());
  await confirm("a wrong code", "401 mfa_invalid", wrong(code));
  await confirm("the right code", "200", code);
  known.secret = secret;
  await device.call("with a first factor", "200", "getMe");
  const { body } = await device.call("an app", "200", "listFactors");
  const [app] = body.items;
  await device.call("the last one", "409 last_factor", "removeFactor", { factorId: app?.id });
  // Lists are ordered by their age.
  await t.advance(1000);
  await sms(t, device);
  await passkey(t, device);
  await device.call("ten", "200", "createRecoveryCodes");
  await limit(t, device);
  await guesses(t, device);
  await t.advance(5 * 60_000);
}

/** A number, put away again. */
async function sms(t: Recorder, device: Device): Promise<void> {
  const start = (what: string, expected: string, number: string) =>
    device.call(what, expected, "startSms", { phone: number });
  const confirm = (what: string, expected: string, code: string) =>
    device.call(what, expected, "confirmSms", { code });
  await confirm("before it was begun", "401 challenge_expired", "000000");
  await start("a number abroad", "422 validation_failed", "+1 900 555 0100");
  await start("a number that is not mobile", "422 validation_failed", "03-1234-5678");
  await start("a mobile number", "202", phone);
  await start("the same at once", "429 rate_limited", phone);
  const code = await smsCode(t, 1);
  await confirm("a wrong code", "401 mfa_invalid", wrong(code));
  const { body } = await confirm("the right code", "200", code);
  await device.call("an app and a number", "200", "listFactors");
  const remove = (what: string, expected: string, factorId: string, idempotencyKey: string | null = null) =>
    device.call(what, expected, "removeFactor", { factorId }, { idempotencyKey });
  const key = crypto.randomUUID();
  await remove("a number", "204", body.id, key);
  await remove("a number, sent again", "204", body.id, key);
  await remove("another with the same key", "422 idempotency_mismatch", crypto.randomUUID(), key);
  await remove("a number again", "404 not_found", body.id);
}

/** A passkey, put away again. */
async function passkey(t: Recorder, device: Device): Promise<void> {
  const key = await softwareAuthenticator({ origin: t.target.origin });
  const add = (what: string, expected: string, credential: unknown) =>
    device.call(what, expected, "addPasskey", { label: "医局のパソコン", credential });
  await device.call("a passkey", "200", "startPasskey");
  const begin = async () => fields(await device.client.send("startPasskey")).options;
  const first = await begin();
  await add("without the person", "422 passkey_invalid", await key.create(first, { userVerified: false }));
  await add("a challenge for the second time", "401 challenge_expired", await key.create(first));
  const { body } = await add("a passkey", "200", await key.create(await begin()));
  await add("a passkey that is known", "422 passkey_invalid", await key.create(await begin()));
  await device.call("a passkey", "204", "removeFactor", { factorId: body.id });
}

/** Ten factors and no more. */
async function limit(t: Recorder, device: Device): Promise<void> {
  const key = await softwareAuthenticator({ origin: t.target.origin });
  const { options } = fields(await device.client.send("startPasskey"));
  const added: string[] = [];
  for (let factor = 2; factor <= 10; factor++) {
    const { secret } = fields(await device.client.send("startTotp"));
    const code = await totpCode(secret, totpStep(t.now()));
    const { id } = (await device.client.send("confirmTotp", { code })).body as { id: string };
    added.push(id);
  }
  const full = "409 limit_reached";
  await device.call("an eleventh factor", full, "startTotp");
  await device.call("an eleventh factor", full, "startSms", { phone: "090-0000-0032" });
  await device.call("an eleventh factor", full, "startPasskey");
  const credential = await key.create(options);
  await device.call("an eleventh factor", full, "addPasskey", { label: "鍵", credential });
  for (const id of added) await device.client.send("removeFactor", { factorId: id });
}

/** Wrong codes of a set-up cost time like wrong passwords. */
async function guesses(t: Recorder, device: Device): Promise<void> {
  const { secret } = fields(await device.client.send("startTotp"));
  const code = wrong(await totpCode(secret, totpStep(t.now())));
  for (let guess = 1; guess <= 5; guess++)
    await device.call(`wrong guess ${guess} in a row`, "401 mfa_invalid", "confirmTotp", { code });
  await device.call("after five wrong guesses", "429 rate_limited", "confirmTotp", { code });
  await device.call("after five wrong guesses", "429 rate_limited", "confirmSms", { code });
}

/** The same member's sign-ins: by message, by recovery code and by passkey, after the password and without it. */
export async function otherFactors(t: Recorder): Promise<void> {
  t.section("other factors");
  const device = await t.page({ clientId });
  const begin = async (from = device) => fields(await from.client.signIn(email, password)).challenge;
  const verify = (what: string, expected: string, input: Record<string, unknown>) =>
    device.call(what, expected, "verifyMfa", input);
  const send = (what: string, expected: string, challenge: string, from = device) =>
    from.call(what, expected, "sendMfaCode", { challenge });
  const ask = (what: string, expected: string, challenge: string, from = device) =>
    from.call(what, expected, "startMfaPasskey", { challenge });

  // The app is the only factor left; its codes of now were used by nobody.
  const first = await begin();
  await send("without a number", "409 wrong_status", first);
  await ask("without a passkey", "409 wrong_status", first);
  await send("a made-up challenge", "401 challenge_expired", "made-up");
  await ask("a made-up challenge", "401 challenge_expired", "made-up");
  const codes = await recoveryCodes(t, device, first);
  await verify("a recovery code", "200", {
    challenge: await begin(),
    method: "recovery_code",
    code: codes[0],
  });
  const again = { challenge: await begin(), method: "recovery_code", code: codes[0] };
  await verify("a recovery code for the second time", "401 mfa_invalid", again);
  await verify("no code", "422 validation_failed", { challenge: await begin(), method: "totp" });

  await device.client.send("startSms", { phone });
  await device.client.send("confirmSms", { code: await smsCode(t, 2) });
  await t.advance(60_000);
  const challenge = await begin();
  await send("to the number", "202", challenge);
  await send("to the number at once", "429 rate_limited", challenge);
  await send("for another device", "401 challenge_expired", challenge, await stranger(t));
  const code = await smsCode(t, 3);
  await verify("a wrong code of a message", "401 mfa_invalid", {
    challenge,
    method: "sms",
    code: wrong(code),
  });
  await verify("the code of a message", "200", { challenge, method: "sms", code });
  await passkeySignIn(t, device, begin);
}

/** New recovery codes, by a session that has shown the app. */
async function recoveryCodes(t: Recorder, device: Device, challenge: string): Promise<readonly string[]> {
  const code = await totpCode(known.secret, totpStep(t.now()));
  await device.client.send("verifyMfa", { challenge, method: "totp", code });
  return fields(await device.client.send("createRecoveryCodes")).codes;
}

async function passkeySignIn(t: Recorder, device: Device, begin: () => Promise<string>): Promise<void> {
  const key = await softwareAuthenticator({ origin: t.target.origin });
  const { options } = fields(await device.client.send("startPasskey"));
  await device.client.send("addPasskey", { label: "鍵", credential: await key.create(options) });
  const challenge = await begin();
  await device.call("of the account", "200", "startMfaPasskey", { challenge });
  const asked = fields(await device.client.send("startMfaPasskey", { challenge })).options;
  const verify = (what: string, expected: string, credential: unknown) =>
    device.call(what, expected, "verifyMfa", { challenge, method: "passkey", credential });
  await verify("no signature", "422 validation_failed", undefined);
  const elsewhere = await key.get(asked, { origin: "https://evil.example" });
  await verify("a signature for another page", "401 mfa_invalid", elsewhere);
  await verify("a signature by a passkey", "200", await key.get(asked));

  await device.call("for staff", "200", "startPasskeySignIn", { audience: "staff" });
  await device.call("another audience", "422 validation_failed", "startPasskeySignIn", { audience: "robot" });
  const start = async (audience = "staff") =>
    fields(await device.client.send("startPasskeySignIn", { audience }));
  const enter = async (what: string, expected: string, begun: Fields, changes = {}) =>
    device.call(what, expected, "signInWithPasskey", {
      challenge: begun.challenge,
      credential: await key.get(begun.options, changes),
    });
  const begun = await start();
  await enter("by a passkey", "200", begun);
  await device.call("after the passkey", "200", "getMe");
  await enter("a challenge for the second time", "401 challenge_expired", begun);
  await enter("a patient", "422 passkey_invalid", await start("patient"));
  await enter("without the person", "422 passkey_invalid", await start(), { userVerified: false });
  await enter("a counter that went back", "422 passkey_invalid", await start(), { signCount: 1 });
  await t.advance(5 * 60_000);
  for (let attempt = 1; attempt <= 30; attempt++) {
    const { challenge: one, options: asked } = await start();
    const credential = await key.get(asked, { userVerified: false });
    await device.client.send("signInWithPasskey", { challenge: one, credential });
  }
  await enter("after thirty wrong signatures", "429 rate_limited", await start());
  await t.advance(5 * 60_000);
  const server = await t.machine({ clientId: "demo-server", binding: "bearer" });
  if (server) await withoutPages(server);
}

/** A server has no pages, so nobody has a passkey there. */
async function withoutPages(server: Device): Promise<void> {
  await server.call("without pages", "409 wrong_status", "startPasskeySignIn", { audience: "staff" });
  await server.client.signIn("suzuki@minato.example.jp", SEED_PASSWORD);
  await server.call("without pages", "409 wrong_status", "startPasskey");
}

async function stranger(t: Recorder): Promise<Device> {
  const device = await t.page({ clientId });
  // The first answer brings the nonce.
  await device.client.send("getMeta");
  return device;
}
