import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestClient } from "../../src/testing/test-client.ts";
import { createWorld, HOUR, MINUTE, SECOND, type World } from "../support/world.ts";

const SUZUKI = "suzuki@minato.example.jp";
const PHONE = "090-0000-0031";

interface Sent {
  readonly to: string;
  readonly text: string;
}
async function withSms() {
  const sent: Sent[] = [];
  const world = await createWorld({ ports: { sms: { send: async (message) => void sent.push(message) } } });
  /** The code of the last message. */
  const code = async () => {
    await world.backend.deliverOutbox();
    return /認証コードは (\d{6})/.exec(sent.at(-1)?.text ?? "")?.[1] ?? "";
  };
  return { world, sent, code };
}
type Phone = Awaited<ReturnType<typeof withSms>>;

async function withNumber() {
  const phone = await withSms();
  const client = await phone.world.signedIn(SUZUKI);
  assert.equal((await client.send("startSms", { phone: PHONE })).status, 202);
  assert.equal((await client.send("confirmSms", { code: await phone.code() })).status, 200);
  phone.world.advance(MINUTE);
  return { ...phone, client };
}
async function challenged(world: World, ip?: string) {
  const client = await world.client(ip === undefined ? {} : { ip });
  const { challenge, methods } = (await client.signIn(SUZUKI)).body;
  return {
    client,
    methods,
    send: () => client.send("sendMfaCode", { challenge }),
    verify: (code: string) => client.send("verifyMfa", { challenge, method: "sms", code }),
  };
}
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");
const queued = ({ world }: Phone) =>
  world.store.transaction((transaction) => transaction.outbox.count({ channel: "sms" }));
const start = (client: TestClient, phone: string) => client.send("startSms", { phone });

test("MF-3: a number becomes a factor once the code that was sent to it was typed", async () => {
  const phone = await withSms();
  const client = await phone.world.signedIn(SUZUKI);
  await start(client, "０９０ー００００ー００３１");
  const code = await phone.code();
  assert.equal(phone.sent[0]?.to, "+819000000031");
  assert.ok(phone.sent[0].text.endsWith(`\n@portal.example.jp #${code}`), phone.sent[0].text);
  assert.deepEqual((await client.send("listFactors")).body.items, []);
  const { body } = await client.send("confirmSms", { code });
  assert.equal(body.kind, "sms");
  assert.equal(body.label, "090-****-0031");
  assert.ok(!JSON.stringify((await client.send("listFactors")).body).includes("0000-0031"));
});

test("MF-3: a code signs in once, for the challenge that it was sent for", async () => {
  const { world, code } = await withNumber();
  const first = await challenged(world);
  assert.deepEqual(first.methods, ["sms"]);
  assert.equal((await first.send()).status, 202);
  const sent = await code();
  const other = await challenged(world);
  assert.equal((await other.verify(sent)).body.code, "mfa_invalid", "another challenge");
  assert.equal((await first.verify(sent)).body.status, "signed_in");
  assert.equal((await first.verify(sent)).body.code, "challenge_expired");
  const [session] = await world.store.transaction((transaction) =>
    transaction.sessions.list({ endedAt: null }, { orderBy: ["createdAt"], descending: true }),
  );
  assert.deepEqual(session?.amr, ["pwd", "sms", "mfa"]);
});

test("A-061: the right code three times at once makes one session", async () => {
  const { world, code } = await withNumber();
  const { send, verify } = await challenged(world);
  await send();
  const sent = await code();
  const answers = await Promise.all([verify(sent), verify(sent), verify(sent)]);
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
});

test("MF-3: a code lives five minutes, and a newer one replaces it", async () => {
  const { world, client, code } = await withNumber();
  const second = "090-0000-0032";
  await start(client, second);
  const first = await code();
  world.advance(MINUTE);
  await start(client, second);
  const newer = await code();
  assert.equal((await client.send("confirmSms", { code: first })).body.code, "mfa_invalid");
  world.advance(5 * MINUTE);
  await client.reauthenticate();
  assert.equal((await client.send("confirmSms", { code: newer })).body.code, "mfa_invalid");
});

test("A-060: five wrong codes kill the code, also for the right one", async () => {
  const { world, code } = await withNumber();
  const { send, verify } = await challenged(world);
  await send();
  const sent = await code();
  const answers = await Promise.all(Array.from({ length: 64 }, () => verify(wrong(sent))));
  assert.equal(answers.filter(({ body }) => body.code === "mfa_invalid").length, 5);
  assert.equal((await verify(sent)).body.code, "challenge_expired");
});

test("MF-3: five wrong codes of a set-up kill its code", async () => {
  const phone = await withSms();
  const client = await phone.world.signedIn(SUZUKI);
  await start(client, PHONE);
  const code = await phone.code();
  for (let i = 0; i < 4; i++)
    assert.equal((await client.send("confirmSms", { code: wrong(code) })).body.code, "mfa_invalid");
  assert.equal((await client.send("confirmSms", { code: wrong(code) })).body.code, "mfa_invalid");
  phone.world.advance(31 * SECOND);
  assert.equal((await client.send("confirmSms", { code })).body.code, "mfa_invalid");
});

test("A-094: a number outside Japan, or one that is no mobile number, gets nothing and costs nothing", async () => {
  const phone = await withSms();
  const client = await phone.world.signedIn(SUZUKI);
  for (const [number, reason] of [
    ["+1 900 555 0100", "not_japanese"],
    ["+44 7700 900123", "not_japanese"],
    ["+8613800138000", "not_japanese"],
    ["03-1234-5678", "not_mobile"],
    ["0990-123-456", "unknown_kind"],
    ["0570-000-000", "not_mobile"],
    ["050-1234-5678", "not_mobile"],
    ["090-0000-0031,+19005550100", "forbidden_character"],
  ] as const) {
    const { status, body } = await start(client, number);
    assert.equal(status, 422, number);
    assert.deepEqual(body.errors, [{ path: "phone", code: reason }], number);
  }
  assert.equal(await queued(phone), 0);
});

test("A-094: a hundred numbers from one address cost ten messages an hour", async () => {
  const phone = await withSms();
  const client = await phone.world.signedIn(SUZUKI, { ip: "203.0.113.9" });
  const codes = [];
  for (let i = 0; i < 100; i++) codes.push((await start(client, `090-0000-${String(1000 + i)}`)).status);
  assert.equal(codes.filter((status) => status === 202).length, 10);
  assert.equal(codes.filter((status) => status === 429).length, 90);
  assert.equal(await queued(phone), 10);
});

test("A-094: an institution's messages of a day are capped, whatever numbers and addresses they are for", async () => {
  const phone = await withSms();
  await phone.world.store.transaction((transaction) =>
    transaction.institutions.list({}).then((rows) =>
      transaction.throttles.insertMany(
        rows.map(({ id }) => ({
          key: `sms-institution:${id}`,
          failures: 499,
          windowStartedAt: phone.world.now(),
          blockedUntil: null,
        })),
      ),
    ),
  );
  const client = await phone.world.signedIn(SUZUKI);
  assert.equal((await start(client, "090-0000-0031")).status, 202);
  const refused = await start(client, "090-0000-0032");
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get("retry-after"), "3600");
  assert.equal(await queued(phone), 1);
});

test("MF-3: a number gets one code a minute and five an hour, and the code under way stays good meanwhile", async () => {
  const phone = await withNumber();
  const { world } = phone;
  const { send, verify } = await challenged(world);
  // One was sent for the set-up.
  for (let i = 0; i < 4; i++) {
    assert.equal((await send()).status, 202, String(i));
    const again = await send();
    assert.equal(again.body.code, "rate_limited");
    // After the fifth the hour is what has to pass.
    assert.equal(again.headers.get("retry-after"), i < 3 ? "60" : "3360");
    world.advance(MINUTE);
  }
  assert.equal((await send()).body.code, "rate_limited");
  assert.equal((await verify(await phone.code())).body.status, "signed_in");
  world.advance(HOUR);
  assert.equal((await (await challenged(world)).send()).status, 202);
});

test("asking again too early keeps a set-up that is under way", async () => {
  const phone = await withSms();
  const client = await phone.world.signedIn(SUZUKI);
  await start(client, PHONE);
  assert.equal((await start(client, PHONE)).body.code, "rate_limited");
  assert.equal((await client.send("confirmSms", { code: await phone.code() })).status, 200);
});

test("a new number replaces the former one", async () => {
  const { world, client, code, sent } = await withNumber();
  await client.reauthenticate();
  assert.equal((await start(client, "070-0000-0032")).status, 202);
  assert.equal((await client.send("confirmSms", { code: await code() })).status, 200);
  const { items } = (await client.send("listFactors")).body;
  assert.deepEqual(
    items.map(({ label }: { label: string }) => label),
    ["070-****-0032"],
  );
  world.advance(MINUTE);
  await (await challenged(world)).send();
  await code();
  assert.equal(sent.at(-1)?.to, "+817000000032");
});

test("no code is sent without a number, to another device, or once the factor was stopped", async () => {
  const { world } = await withNumber();
  const { client: device, send } = await challenged(world);
  const { challenge } = (await device.signIn(SUZUKI)).body;
  const thief = await world.client();
  assert.equal((await thief.send("sendMfaCode", { challenge })).body.code, "challenge_expired");
  for (let i = 0; i < 10; i++) await (await challenged(world)).verify("000000");
  assert.equal((await send()).body.code, "rate_limited");
  await world.store.transaction(async (transaction) => {
    await transaction.throttles.delete({});
    await transaction.factors.update({ kind: "sms" }, { kind: "totp" });
  });
  assert.equal((await (await challenged(world)).send()).body.code, "wrong_status");
});

test("A-094: one account gets ten codes an hour, however many addresses and numbers it has", async () => {
  const phone = await withSms();
  const client = await phone.world.signedIn(SUZUKI);
  for (let one = 0; one < 20; one++)
    await client.send("startSms", { phone: `090-0000-${1000 + one}` }, { ip: `203.0.113.${one + 1}` });
  assert.equal(await queued(phone), 10);
});

test("A-094: whoever sets up somebody else's number leaves its owner codes to sign in with", async () => {
  const { world, code } = await withNumber();
  const stranger = await world.signedIn("tanaka@minato.example.jp");
  const answers: number[] = [];
  for (let attempt = 0; attempt < 4; attempt++) {
    answers.push((await start(stranger, PHONE)).status);
    world.advance(MINUTE);
  }
  assert.deepEqual(answers, [202, 202, 429, 429]);
  const owner = await challenged(world);
  assert.equal((await owner.send()).status, 202);
  assert.equal((await owner.verify(await code())).body.status, "signed_in");
});
