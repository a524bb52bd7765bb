import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestClient } from "../../src/testing/test-client.ts";
import { createWorld, type World } from "../support/world.ts";

const SATO = "sato.kazuko@example.jp";

async function patientClient(world: World, loginId = SATO): Promise<TestClient> {
  const client = await world.client();
  assert.equal((await client.signIn(loginId, undefined, "patient")).status, 200);
  return client;
}
const versionOf = async (client: TestClient) => (await client.send("getMe")).body.version as number;
const update = async (client: TestClient, changes: Record<string, unknown>) =>
  client.send("updateMe", { version: await versionOf(client), ...changes });
const named = (family: string, given: string, familyKana?: string, givenKana?: string) => ({
  name: { family, given, ...(familyKana && { familyKana }), ...(givenKana && { givenKana }) },
});

test("a patient changes name, birth date and sex, and gets the new version to go on with", async () => {
  const world = await createWorld();
  const client = await patientClient(world);
  const answer = await update(client, {
    ...named("葛\u{E0100}城", "𠮷子", "ｶﾂﾗｷﾞ", "よしこ"),
    birthDate: "1958-04-02",
    sex: "unknown",
  });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("etag"), '"2"');
  const { name, birthDate, sex, version } = answer.body;
  assert.deepEqual(name, {
    text: "葛\u{E0100}城 𠮷子",
    kana: "カツラギ ヨシコ",
    family: "葛\u{E0100}城",
    given: "𠮷子",
    familyKana: "カツラギ",
    givenKana: "ヨシコ",
  });
  assert.deepEqual([birthDate, sex, version], ["1958-04-02", "unknown", 2]);
});

test("what is not sent stays as it is", async () => {
  const world = await createWorld();
  const client = await patientClient(world);
  const before = (await client.send("getMe")).body;
  const after = (await update(client, { sex: "other" })).body;
  assert.deepEqual(after, { ...before, sex: "other", version: before.version + 1 });
});

test("institutions find a patient by the new name and no longer by the old one, in the new place of the order", async () => {
  const world = await createWorld();
  const staff = await world.signedIn();
  const find = async (query: string) =>
    ((await staff.send("searchPatients", { query })).body.items as { id: string; birthDate: string }[]).map(
      ({ id, birthDate }) => `${id} ${birthDate}`,
    );
  const client = await patientClient(world);
  const { patientId } = (await client.send("getMe")).body;
  assert.ok((await find("佐藤和子")).some((row) => row.startsWith(patientId)));
  await update(client, { ...named("鰐淵", "和子", "ワニブチ", "カズコ"), birthDate: "1960-01-02" });
  assert.ok(!(await find("佐藤和子")).some((row) => row.startsWith(patientId)));
  assert.deepEqual(await find("わにぶち"), [`${patientId} 1960-01-02`]);
  const { items } = (await staff.send("searchPatients", { startAt: "わ" })).body;
  assert.equal(items[0].id, patientId);
});

test("GC-3: of two devices that change the same profile the second one is told", async () => {
  const world = await createWorld();
  const [one, two] = [await patientClient(world), await patientClient(world)];
  const version = await versionOf(one);
  assert.equal((await one.send("updateMe", { version, sex: "other" })).status, 200);
  const late = await two.send("updateMe", { version, sex: "male" });
  assert.equal(late.status, 412);
  assert.equal(late.body.code, "version_conflict");
  assert.equal(late.body.conflicts[0].version, version + 1);
  assert.equal((await two.send("getMe")).body.sex, "other");
});

test("a member of staff changes the own name, by which the account list then shows the row", async () => {
  const world = await createWorld();
  const client = await world.signedIn("takahashi@minato.example.jp");
  const { status, body } = await update(client, named("髙橋", "由美子", "タカハシ", "ユミコ"));
  assert.equal(status, 200);
  assert.equal(body.version, 2);
  const admin = await world.signedIn();
  const row = (await admin.send("getStaff", { staffId: body.staffId })).body;
  assert.equal(row.name.text, "髙橋 由美子");
  assert.equal(row.version, 2);
});

test("a birth date and a sex belong to patients, and nobody is born tomorrow", async () => {
  const world = await createWorld();
  const staff = await world.signedIn();
  assert.deepEqual((await update(staff, { sex: "male" })).body.errors, [
    { path: "sex", code: "patients_only" },
  ]);
  const client = await patientClient(world);
  assert.equal((await update(client, { birthDate: "2026-11-23" })).status, 200, "today in Japan");
  assert.deepEqual((await update(client, { birthDate: "2026-11-24" })).body.errors, [
    { path: "birthDate", code: "in_future" },
  ]);
  assert.equal((await update(client, { birthDate: "2023-02-29" })).status, 422);
  assert.deepEqual((await update(client, {})).body.errors, [{ path: "name", code: "required" }]);
});

test("A-043: nobody changes the own role, institution, status or factors by a profile", async () => {
  const world = await createWorld();
  const client = await world.signedIn("takahashi@minato.example.jp");
  for (const extra of [
    { role: "admin" },
    { orgId: "x" },
    { institutionId: "x" },
    { emailVerified: true },
    { email: "boss@minato.example.jp" },
    { mfa: false },
    { status: "active" },
  ]) {
    const answer = await update(client, { ...named("髙橋", "由美"), ...extra });
    assert.equal(answer.status, 422, JSON.stringify(extra));
    assert.equal(answer.body.errors[0].code, "unknown_key");
  }
  assert.equal((await client.send("getMe")).body.role, "staff");
});

test("A-031 A-023: a name with a line break, a bidi control, NUL or half a pair is refused", async () => {
  const world = await createWorld();
  const client = await patientClient(world);
  for (const family of ["a\r\nBcc: evil@x", "\u202Eabc", "\u0000", "\uD800", "\u200B"])
    assert.equal((await update(client, named(family, "子"))).status, 422, JSON.stringify(family));
  await world.backend.deliverOutbox();
  assert.deepEqual(world.mails, []);
});

test("AU-1 AU-8: the log says who changed which fields, and repeats no value", async () => {
  const world = await createWorld();
  const client = await patientClient(world);
  await update(client, { ...named("鰐淵", "和子"), sex: "other" });
  const [row] = await world.store.transaction((transaction) =>
    transaction.audit.list({ action: "account.profile_changed" }),
  );
  assert.deepEqual(
    [row?.result, row?.targetType, row?.details],
    ["ok", "patient", { fields: ["name", "sex"] }],
  );
  assert.doesNotMatch(JSON.stringify(row), /鰐淵/);
});

test("a birth date in the year 0, which never was, is refused", async () => {
  const client = await patientClient(await createWorld());
  for (const birthDate of ["0000-01-01", "0000-02-29"])
    assert.deepEqual((await update(client, { birthDate })).body.errors, [
      { path: "birthDate", code: "no_such_day" },
    ]);
});
