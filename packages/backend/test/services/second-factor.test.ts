import assert from "node:assert/strict";
import { test } from "node:test";
import { totpCode, totpStep } from "../../src/index.ts";
import { demoTotp } from "../../src/seed/index.ts";
import { createWorld, HOUR, MINUTE, SECOND, type World } from "../support/world.ts";

const { loginId, secret } = demoTotp;

async function challenged(world: World) {
  const client = await world.client({ clientId: "kakuu-portal" });
  const { status, body } = await client.signIn(loginId);
  assert.equal(status, 200);
  assert.equal(body.status, "mfa_required");
  const challenge = body.challenge as string;
  return {
    client,
    challenge,
    body,
    verify: (code: string, other = challenge) =>
      client.send("verifyMfa", { challenge: other, method: "totp", code }),
  };
}
const codeAt = (world: World, steps = 0) => totpCode(secret, totpStep(world.now()) + steps);
const wrongCode = async (world: World) =>
  String((Number(await codeAt(world)) + 1) % 1_000_000).padStart(6, "0");

test("MF-6 A-063: before the second factor there is no session and no token, only a challenge", async () => {
  const world = await createWorld();
  const { body } = await challenged(world);
  assert.deepEqual(Object.keys(body).sort(), ["challenge", "expiresInSec", "methods", "status"]);
  assert.deepEqual(body.methods, ["totp"]);
  assert.equal(await world.store.transaction((transaction) => transaction.sessions.count({})), 0);
});

test("the right code completes the sign-in, in any width and with a space in it", async () => {
  for (const typed of [
    (code: string) => code,
    (code: string) => code.replace(/\d/g, (digit) => "０１２３４５６７８９".charAt(Number(digit))),
    (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`,
  ]) {
    const world = await createWorld();
    const { client, verify } = await challenged(world);
    const answer = await verify(typed(await codeAt(world)));
    assert.equal(answer.body.status, "signed_in", JSON.stringify(answer.body));
    assert.equal((await client.send("getMe")).body.name.text, "大野 真理");
  }
});

test("A-062: the neighbouring steps are accepted, those beyond are not", async () => {
  for (const [steps, status] of [
    [-2, 401],
    [-1, 200],
    [0, 200],
    [1, 200],
    [2, 401],
  ] as const) {
    const world = await createWorld();
    const { verify } = await challenged(world);
    assert.equal((await verify(await codeAt(world, steps))).status, status, String(steps));
  }
});

test("A-062: a step counts once; an earlier one counts no more after it", async () => {
  const world = await createWorld();
  const code = await codeAt(world);
  assert.equal((await (await challenged(world)).verify(code)).status, 200);
  assert.equal((await (await challenged(world)).verify(code)).body.code, "mfa_invalid");
  assert.equal((await (await challenged(world)).verify(await codeAt(world, -1))).body.code, "mfa_invalid");
  world.advance(30 * SECOND);
  assert.equal((await (await challenged(world)).verify(await codeAt(world))).status, 200);
});

test("A-061: the right code three times at once makes one session", async () => {
  const world = await createWorld();
  const { verify } = await challenged(world);
  const code = await codeAt(world);
  const answers = await Promise.all([verify(code), verify(code), verify(code)]);
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  assert.equal(await world.store.transaction((transaction) => transaction.sessions.count({})), 1);
});

test("A-060: of 64 wrong codes at once five are judged, then the challenge is dead, also for the right one", async () => {
  const world = await createWorld();
  const { verify } = await challenged(world);
  const wrong = await wrongCode(world);
  const answers = await Promise.all(Array.from({ length: 64 }, () => verify(wrong)));
  assert.equal(answers.filter(({ body }) => body.code === "mfa_invalid").length, 5);
  assert.equal(answers.filter(({ body }) => body.code === "challenge_expired").length, 59);
  assert.equal((await verify(await codeAt(world))).body.code, "challenge_expired");
});

test("MF-7: ten wrong codes in a row stop the factor; a right password in between does not give new tries", async () => {
  const world = await createWorld();
  const wrong = await wrongCode(world);
  for (let i = 0; i < 10; i++)
    assert.equal((await (await challenged(world)).verify(wrong)).body.code, "mfa_invalid");
  world.advance(24 * HOUR);
  const answer = await (await challenged(world)).verify(await codeAt(world));
  assert.equal(answer.status, 429);
  assert.equal(answer.body.code, "rate_limited");
});

test("MF-7: a right code begins the count anew", async () => {
  const world = await createWorld();
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 4; i++) await (await challenged(world)).verify(await wrongCode(world));
    assert.equal((await (await challenged(world)).verify(await codeAt(world))).status, 200);
    world.advance(MINUTE);
  }
});

test("MF-6: a challenge lives five minutes", async () => {
  const world = await createWorld();
  const { verify, body } = await challenged(world);
  assert.equal(body.expiresInSec, 300);
  world.advance(5 * MINUTE);
  assert.equal((await verify(await codeAt(world))).body.code, "challenge_expired");
});

test("MF-6: a challenge is worth nothing on another device or at another client", async () => {
  const world = await createWorld();
  const { challenge } = await challenged(world);
  const code = await codeAt(world);
  for (const clientId of ["kakuu-portal", "demo-portal"]) {
    const thief = await world.client({ clientId });
    assert.equal(
      (await thief.send("verifyMfa", { challenge, method: "totp", code })).body.code,
      "challenge_expired",
    );
  }
});

test("A-071: a reset token is no challenge", async () => {
  const world = await createWorld();
  const { client, verify } = await challenged(world);
  await client.send("requestPasswordReset", { audience: "staff", email: loginId });
  await world.backend.deliverOutbox();
  const token = /#token=([\w-]+)/.exec(world.mails[0]?.text ?? "")?.[1] ?? "";
  assert.equal((await verify(await codeAt(world), token)).body.code, "challenge_expired");
});

test("A-059: after a reset the second factor is asked for as before", async () => {
  const world = await createWorld();
  const { client, verify } = await challenged(world);
  await client.send("requestPasswordReset", { audience: "staff", email: loginId });
  await world.backend.deliverOutbox();
  const token = /#token=([\w-]+)/.exec(world.mails[0]?.text ?? "")?.[1];
  const newPassword = "kingyo-furin-yukata-3";
  assert.equal((await client.send("confirmPasswordReset", { token, newPassword })).status, 204);
  assert.equal((await verify(await codeAt(world))).body.code, "challenge_expired");
  assert.equal((await client.signIn(loginId, newPassword)).body.status, "mfa_required");
});

test("a person who set up a second factor is asked for it also where the institution does not demand it", async () => {
  const world = await createWorld();
  await world.store.transaction((transaction) => transaction.institutions.update({}, { mfaRequired: false }));
  await challenged(world);
});
