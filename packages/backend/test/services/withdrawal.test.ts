import assert from "node:assert/strict";
import { test } from "node:test";
import { groupId, institutions } from "../../src/seed/index.ts";
import type { TestClient } from "../../src/testing/test-client.ts";
import { interceptTransactions } from "../support/store-faults.ts";
import { createWorld, HOUR, MINUTE, type World } from "../support/world.ts";

const SATO = "sato.kazuko@example.jp";
const DAY = 24 * HOUR;

async function patientClient(world: World, loginId = SATO): Promise<TestClient> {
  const client = await world.client();
  assert.equal((await client.signIn(loginId, undefined, "patient")).status, 200);
  return client;
}
const withdraw = (client: TestClient, confirmation: unknown = "退会") =>
  client.send("withdraw", { confirmation });
const me = async (client: TestClient) =>
  (await client.send("getMe")).body as { patientId: string; accountId: string };
/** For every institution of the demo, or for one. */
const setRetention = (world: World, patientDays: number, id?: string) =>
  world.store.transaction((transaction) =>
    transaction.institutions.update(id === undefined ? {} : { id }, {
      retention: { patientDays, auditYears: 5 },
    }),
  );
const patientRow = (world: World, id: string) =>
  world.store.transaction((transaction) => transaction.patients.get({ id }));

test("RG-4 5a: the account closes at once: every session is dead and nobody signs in", async () => {
  const world = await createWorld();
  const [client, other] = [await patientClient(world), await patientClient(world)];
  const answer = await withdraw(client);
  assert.equal(answer.status, 204);
  for (const one of [client, other]) {
    assert.equal((await one.send("getMe")).body.code, "session_expired");
    assert.equal((await one.refresh()).body.code, "session_expired");
    assert.equal((await one.reauthenticate()).body.code, "session_expired");
  }
  assert.equal(
    (await (await world.client()).signIn(SATO, undefined, "patient")).body.code,
    "invalid_credentials",
  );
  await world.backend.deliverOutbox();
  assert.deepEqual(
    world.mails.map(({ to, subject }) => [to, /退会手続きが完了しました/.test(subject)]),
    [[SATO, true]],
  );
});

test("RG-4: no institution sees the patient any more; groups are left, and that stays as history", async () => {
  const world = await createWorld();
  const staff = await world.signedIn();
  const client = await patientClient(world);
  const { patientId } = await me(client);
  const members = async () => {
    const { items } = (await staff.send("listGroups")).body as { items: { memberCount: number }[] };
    return items.reduce((sum, { memberCount }) => sum + memberCount, 0);
  };
  const id = groupId("minato", "高血圧");
  await staff.send("changeGroupMembers", { groupId: id, add: [patientId], remove: [] });
  const before = await members();
  assert.equal((await withdraw(client)).status, 204);
  assert.ok((await members()) < before);
  const found = (await staff.send("searchPatients", { query: "佐藤" })).body.items as { id: string }[];
  assert.ok(!found.some((row) => row.id === patientId));
  assert.equal((await staff.send("getPatientGroups", { patientId })).status, 404);
  const add = await staff.send("changeGroupMembers", { groupId: id, add: [patientId], remove: [] });
  assert.equal(add.body.code, "not_linked");
  const history = await world.store.transaction((transaction) =>
    transaction.memberships.list({ patientId, groupId: id }),
  );
  assert.equal(history.length, 1);
  assert.deepEqual(history[0]?.removedAt, world.now());
});

test("A-035: clicks do not withdraw: the word has to be typed, after a fresh password", async () => {
  const world = await createWorld();
  const client = await patientClient(world);
  for (const confirmation of [
    "",
    "はい",
    "退会します",
    "withdraw",
    "退",
    true,
    null,
    ["退会"],
    "退会".repeat(100),
  ]) {
    const answer = await withdraw(client, confirmation);
    assert.equal(answer.status, 422, JSON.stringify(confirmation));
    assert.equal(answer.body.code, "validation_failed");
  }
  world.advance(5 * MINUTE + 1000);
  await client.refresh();
  assert.equal((await withdraw(client)).body.code, "step_up_required");
  assert.equal((await client.send("getMe")).status, 200);
  await client.reauthenticate();
  assert.equal((await withdraw(client, "　ＷＩＴＨＤＲＡＷ ")).status, 204, "in any width");
});

test("A-048: staff and administrators do not withdraw, and the attempt is in the log", async () => {
  const world = await createWorld();
  for (const loginId of ["suzuki@minato.example.jp", "takahashi@minato.example.jp"]) {
    const client = await world.signedIn(loginId);
    const answer = await withdraw(client);
    assert.equal(answer.status, 403);
    assert.equal(answer.body.code, "forbidden");
    assert.equal((await client.send("getMe")).status, 200);
  }
  const rows = await world.store.transaction((transaction) =>
    transaction.audit.list({ action: "access.refused", targetId: "withdraw" }),
  );
  assert.equal(rows.length, 2);
});

test("RG-4: the address is free, and whoever registers with it again is a new subject", async () => {
  const world = await createWorld();
  const client = await patientClient(world);
  const former = await me(client);
  await withdraw(client);
  world.advance(MINUTE);
  await client.send("requestRegistration", { email: SATO });
  await world.backend.deliverOutbox();
  const token = /#token=([\w-]{43})\n/.exec(world.mails.at(-1)?.text ?? "")?.[1];
  const registered = await client.send("confirmRegistration", {
    token,
    name: { family: "佐藤", given: "和子" },
    birthDate: "1958-04-02",
    sex: "female",
    password: "kingyo-furin-yukata-3",
    acceptedTermsVersion: "2027-01-01",
  });
  assert.equal(registered.status, 204);
  await client.signIn(SATO, "kingyo-furin-yukata-3", "patient");
  const now = await me(client);
  assert.notEqual(now.accountId, former.accountId);
  assert.notEqual(now.patientId, former.patientId);

  // The purge of the former account leaves the new one alone.
  await setRetention(world, 0);
  world.advance(3660 * DAY);
  await world.backend.sweep();
  assert.equal(await patientRow(world, former.patientId), undefined);
  assert.ok(await patientRow(world, now.patientId));
  const mails = await world.store.transaction((transaction) => transaction.outbox.list({ recipient: SATO }));
  assert.deepEqual(
    mails.map(({ template }) => template),
    ["registration"],
  );
  const again = await world.client();
  assert.equal((await again.signIn(SATO, "kingyo-furin-yukata-3", "patient")).status, 200);
});

test("clause 3: the data are there until the day before, and gone on the day that the settings say", async () => {
  const world = await createWorld();
  await setRetention(world, 30);
  const client = await patientClient(world);
  const { patientId, accountId } = await me(client);
  await withdraw(client);
  await world.backend.deliverOutbox();
  world.advance(30 * DAY - 1);
  await world.backend.sweep();
  const kept = await patientRow(world, patientId);
  assert.equal(kept?.nameText, "佐藤 和子");
  const logins = await world.store.transaction((transaction) => transaction.loginIds.list({ accountId }));
  assert.deepEqual(
    logins.map(({ value }) => value),
    [SATO],
  );

  world.advance(1);
  await world.backend.sweep();
  const left = await world.store.transaction(async (transaction) => ({
    patients: await transaction.patients.list({ id: patientId }),
    links: await transaction.patientLinks.list({ patientId }),
    memberships: await transaction.memberships.list({ patientId }),
    accounts: await transaction.accounts.list({ id: accountId }),
    logins: await transaction.loginIds.list({ accountId }),
    sessions: await transaction.sessions.list({ accountId }),
    devices: await transaction.knownDevices.list({ accountId }),
    secrets: await transaction.oneTimeSecrets.list({ accountId }),
    mails: await transaction.outbox.list({ recipient: SATO }),
  }));
  for (const [table, rows] of Object.entries(left)) assert.deepEqual(rows, [], table);
  const [row] = await world.store.transaction((transaction) =>
    transaction.audit.list({ action: "patient.purged" }),
  );
  assert.deepEqual([row?.targetId, row?.result], [patientId, "ok"]);
});

test("clause 3: of several institutions the longest time counts, and it is the one of the day of the withdrawal", async () => {
  const world = await createWorld();
  const client = await patientClient(world);
  const { patientId } = await me(client);
  await setRetention(world, 10, institutions.minato.id);
  await setRetention(world, 20, institutions.sakura.id);
  await withdraw(client);
  await setRetention(world, 5, institutions.sakura.id);
  world.advance(19 * DAY);
  await world.backend.sweep();
  assert.ok(await patientRow(world, patientId));
  world.advance(DAY);
  await world.backend.sweep();
  assert.equal(await patientRow(world, patientId), undefined);
});

test("clause 3: a legal hold keeps the data whatever their time, set before or after the withdrawal, until it ends", async () => {
  const world = await createWorld();
  await setRetention(world, 1);
  const client = await patientClient(world);
  const { patientId } = await me(client);
  await world.backend.setLegalHold({ patientId, reason: "東京地裁 令和8年(ワ)第1号" });
  await withdraw(client);
  world.advance(400 * DAY);
  await world.backend.sweep();
  assert.ok(await patientRow(world, patientId));
  await world.backend.setLegalHold({ patientId, reason: null });
  await world.backend.sweep();
  assert.equal(await patientRow(world, patientId), undefined);
  const rows = await world.store.transaction((transaction) =>
    transaction.audit.list({ targetId: patientId }, { orderBy: ["seq"] }),
  );
  assert.deepEqual(
    rows.map(({ action }) => action).filter((action) => /hold|purged/.test(action)),
    ["patient.legal_hold_set", "patient.legal_hold_ended", "patient.purged"],
  );
  await assert.rejects(world.backend.setLegalHold({ patientId, reason: "x" }), { code: "not_found" });
});

test("RG-7: what was agreed to stays as proof when everything else is gone", async () => {
  const world = await createWorld();
  await setRetention(world, 1);
  const client = await world.client();
  await client.send("requestRegistration", { email: "nitta@example.jp" });
  await world.backend.deliverOutbox();
  await client.send("confirmRegistration", {
    token: /#token=([\w-]{43})\n/.exec(world.mails[0]?.text ?? "")?.[1],
    name: { family: "新田", given: "光" },
    birthDate: "1990-04-01",
    sex: "other",
    password: "kingyo-furin-yukata-3",
    acceptedTermsVersion: "2026-04-01",
  });
  await client.signIn("nitta@example.jp", "kingyo-furin-yukata-3", "patient");
  const { accountId } = await me(client);
  assert.equal((await withdraw(client)).status, 204);
  world.advance(2 * DAY);
  await world.backend.sweep();
  const [consent] = await world.store.transaction((transaction) => transaction.consents.list({ accountId }));
  assert.equal(consent?.version, "2026-04-01");
});

test("nobody is purged who did not withdraw", async () => {
  const world = await createWorld();
  const count = () => world.store.transaction((transaction) => transaction.patients.count({}));
  const before = await count();
  world.advance(36_500 * DAY);
  await world.backend.sweep();
  assert.equal(await count(), before);
});

test("AU-1: each institution that knew the patient finds the withdrawal in its own log, with the name of the day", async () => {
  const world = await createWorld();
  const client = await patientClient(world);
  const { patientId } = await me(client);
  await withdraw(client);
  const rows = await world.store.transaction((transaction) =>
    transaction.audit.list({ action: "patient.withdrew" }),
  );
  assert.deepEqual(
    rows.map(({ institutionId, targetId, actorName }) => [institutionId, targetId, actorName]).sort(),
    [institutions.minato.id, institutions.sakura.id].sort().map((id) => [id, patientId, "佐藤 和子"]),
  );
});

test("a partner's server that asked for it is told, with the id and nothing else", async () => {
  const world = await createWorld();
  await world.store.transaction((transaction) =>
    transaction.partnerClients.update(
      { clientId: "demo-server" },
      {
        webhookEndpoints: [
          {
            url: "https://hooks.example.jp/",
            secret: "whsec_MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0",
            events: ["patient.withdrew"],
          },
        ],
      },
    ),
  );
  const client = await patientClient(world);
  const { patientId } = await me(client);
  await withdraw(client);
  const [event] = await world.store.transaction((transaction) =>
    transaction.outbox.list({ channel: "webhook" }),
  );
  const { timestamp, ...body } = JSON.parse(event?.body ?? "{}") as Record<string, unknown>;
  assert.deepEqual(body, { type: "patient.withdrew", data: { patientId } });
  assert.equal(typeof timestamp, "string");
});

test("AU-5: without its row in the log nothing of a withdrawal happens", async () => {
  const world = await createWorld();
  const client = await patientClient(world);
  const { patientId } = await me(client);
  const repair = interceptTransactions(world.store, (transaction) => ({
    ...transaction,
    audit: { ...transaction.audit, insert: () => Promise.reject(new Error("the log is full")) },
  }));
  assert.equal((await withdraw(client)).status, 500);
  repair();
  assert.equal((await client.send("getMe")).status, 200);
  assert.equal((await patientRow(world, patientId))?.purgeAfter, null);
  assert.equal((await withdraw(client)).status, 204);
});

test("of four devices that withdraw at once one does it, and the others are signed out", async () => {
  const world = await createWorld();
  const clients = await Promise.all(Array.from({ length: 4 }, () => patientClient(world)));
  const answers = await Promise.all(clients.map((client) => withdraw(client)));
  assert.equal(answers.filter(({ status }) => status === 204).length, 1);
  assert.equal(answers.filter(({ body }) => body?.code === "session_expired").length, 3);
});
