import assert from "node:assert/strict";
import { test } from "node:test";
import { addApp } from "../support/authenticator-app.ts";
import { createWorld, MINUTE, type World } from "../support/world.ts";

const SUZUKI = "suzuki@minato.example.jp";

async function withCodes() {
  const world = await createWorld();
  const client = await world.signedIn(SUZUKI);
  await addApp(world, client);
  const codes: string[] = (await client.send("createRecoveryCodes")).body.codes;
  return { world, client, codes };
}
async function attempt(world: World, code: string) {
  const client = await world.client();
  const { challenge, methods } = (await client.signIn(SUZUKI)).body;
  return { methods, ...(await client.send("verifyMfa", { challenge, method: "recovery_code", code })) };
}

test("MF-5: ten codes of 84 bits, kept as hashes that are found by a selector", async () => {
  const { world, client, codes } = await withCodes();
  assert.equal(new Set(codes).size, 10);
  // 20 characters out of 30, three of them for finding: 17 × log2(30) bits.
  for (const code of codes) assert.match(code, /^([a-hj-km-np-z2-9]{5}-){3}[a-hj-km-np-z2-9]{5}$/);
  const rows = await world.store.transaction((transaction) => transaction.recoveryCodes.list({}));
  assert.deepEqual(rows.map(({ selector }) => selector).sort(), codes.map((code) => code.slice(0, 3)).sort());
  for (const { hash } of rows)
    assert.ok(codes.every((code) => !hash.includes(code) && !hash.includes(code.replaceAll("-", ""))));
  assert.equal((await client.send("listFactors")).body.recoveryCodesLeft, 10);
});

test("A-064: a recovery code signs in once, and its owner is told", async () => {
  const { world, client, codes } = await withCodes();
  const first = await attempt(world, codes[0] ?? "");
  assert.deepEqual(first.methods, ["totp", "recovery_code"]);
  assert.equal(first.body.status, "signed_in");
  assert.equal((await attempt(world, codes[0] ?? "")).body.code, "mfa_invalid");
  assert.equal((await client.send("listFactors")).body.recoveryCodesLeft, 9);
  await world.backend.deliverOutbox();
  assert.ok(world.mails.at(-1)?.subject.includes("リカバリーコードでログイン"));
});

test("A-064: of eight tries with one recovery code at once one gets in", async () => {
  const { world, codes } = await withCodes();
  const answers = await Promise.all(Array.from({ length: 8 }, () => attempt(world, codes[0] ?? "")));
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
});

test("a code is read in full width, in capitals and without its hyphens", async () => {
  const { world, codes } = await withCodes();
  const typed = [
    (code: string) => code.toUpperCase(),
    (code: string) => code.replaceAll("-", " "),
    (code: string) => code.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)),
  ];
  for (const [index, change] of typed.entries())
    assert.equal((await attempt(world, change(codes[index] ?? ""))).status, 200, String(index));
});

test("MF-5: new codes kill the former ones", async () => {
  const { world, client, codes } = await withCodes();
  const again: string[] = (await client.send("createRecoveryCodes")).body.codes;
  assert.equal((await attempt(world, codes[0] ?? "")).body.code, "mfa_invalid");
  assert.equal((await attempt(world, again[0] ?? "")).status, 200);
});

test("SI-7 MF-7: wrong recovery codes and wrong app codes stop the factor together after ten", async () => {
  const { world, codes } = await withCodes();
  const wrong = (codes[0] ?? "").replace(/.$/, (last) => (last === "a" ? "b" : "a"));
  for (let i = 0; i < 10; i++)
    assert.equal((await attempt(world, wrong)).body.code, "mfa_invalid", String(i));
  world.advance(60 * MINUTE);
  assert.equal((await attempt(world, codes[0] ?? "")).body.code, "rate_limited");
});

test("one hash is computed for a try at most, and none for what can be no code", async () => {
  const { world, codes } = await withCodes();
  const count = async (code: string) => {
    const client = await world.client();
    const { challenge } = (await client.signIn(SUZUKI)).body;
    const before = world.hasher.verified;
    await client.send("verifyMfa", { challenge, method: "recovery_code", code });
    return world.hasher.verified - before;
  };
  assert.equal(await count(codes[0] ?? ""), 1);
  assert.equal(await count("123456"), 0);
  const unknown = ["zzz", "yyy", "xxx", "www"].find(
    (selector) => !codes.some((code) => code.startsWith(selector)),
  );
  assert.equal(await count(`${unknown}zz-zzzzz-zzzzz-zzzzz`), 0);
});

test("A-081 MF-8: recovery codes that a password alone made are dead once there is a first factor", async () => {
  const world = await createWorld();
  const thief = await world.signedIn(SUZUKI);
  const codes: string[] = (await thief.send("createRecoveryCodes")).body.codes;
  const owner = await world.signedIn(SUZUKI);
  await addApp(world, owner);
  assert.equal((await owner.send("listFactors")).body.recoveryCodesLeft, 0);
  const tried = await attempt(world, codes[0] ?? "");
  assert.deepEqual(tried.methods, ["totp"]);
  assert.equal(tried.body.code, "mfa_invalid");
});

test("SI-7: five sets of codes an hour; the sixth is refused, and the fifth goes on working", async () => {
  const { world, client } = await withCodes();
  let codes: string[] = [];
  for (let set = 2; set <= 5; set++) codes = (await client.send("createRecoveryCodes")).body.codes;
  assert.equal((await client.send("createRecoveryCodes")).body.code, "rate_limited");
  assert.equal((await attempt(world, codes[0] ?? "")).body.status, "signed_in");
});
