import assert from "node:assert/strict";
import { test } from "node:test";
import { interceptTransactions } from "../support/store-faults.ts";
import { createWorld, HOUR, MINUTE } from "../support/world.ts";

const countGroups = async (
  client: Awaited<ReturnType<Awaited<ReturnType<typeof createWorld>>["signedIn"]>>,
) => (await client.send("listGroups", { limit: 200 })).body.total as number;

test("SD-3: the same key answers the same, once done, and says so", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const before = await countGroups(client);
  const idempotencyKey = crypto.randomUUID();
  const first = await client.send("createGroup", { name: "外来A" }, { idempotencyKey });
  assert.equal(first.status, 201);
  assert.equal(first.headers.get("idempotency-replayed"), null);
  const again = await client.send(
    "createGroup",
    { name: "外来A" },
    { idempotencyKey: idempotencyKey.toUpperCase() },
  );
  assert.equal(again.status, 201);
  assert.deepEqual(again.body, first.body);
  assert.equal(again.headers.get("etag"), first.headers.get("etag"));
  assert.equal(again.headers.get("idempotency-replayed"), "true");
  assert.equal(await countGroups(client), before + 1);
});

test("SD-3: the order of keys in the body does not make another request of it; another value does", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const headers = { "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
  const send = (body: string) =>
    client.request("POST", "/v1/groups", { body, headers, session: client.session });
  assert.equal((await send('{"name":"B","categoryId":null}')).status, 201);
  assert.equal((await send('{"categoryId":null,"name":"B"}')).status, 201);
  const other = await send('{"categoryId":null,"name":"C"}');
  assert.equal(other.status, 422);
  assert.equal(other.body.code, "idempotency_mismatch");
});

test("SD-3: the path is part of the request", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const [one, two] = (await client.send("listGroups")).body.items;
  const patient = (await client.send("searchPatients", { limit: 1 })).body.items[0].id;
  const options = { idempotencyKey: crypto.randomUUID() };
  assert.equal(
    (await client.send("changeGroupMembers", { groupId: one.id, add: [patient] }, options)).status,
    200,
  );
  const other = await client.send("changeGroupMembers", { groupId: two.id, add: [patient] }, options);
  assert.equal(other.body.code, "idempotency_mismatch");
});

test("SD-3: a missing key where one is required, and a key that is no UUID v4, are 400", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const missing = await client.send("createGroup", { name: "D" }, { idempotencyKey: null });
  assert.equal(missing.body.code, "idempotency_key_required");
  for (const idempotencyKey of [
    "1",
    "x".repeat(300),
    "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    `${crypto.randomUUID()},${crypto.randomUUID()}`,
  ]) {
    const answer = await client.send("createGroup", { name: "D" }, { idempotencyKey });
    assert.equal(answer.status, 400);
    assert.equal(answer.body.code, "malformed_request");
  }
});

test("SD-3: sixteen requests with one key at once have one effect", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const before = await countGroups(client);
  const idempotencyKey = crypto.randomUUID();
  const answers = await Promise.all(
    Array.from({ length: 16 }, () => client.send("createGroup", { name: "E" }, { idempotencyKey })),
  );
  for (const { status } of answers) assert.ok(status === 201 || status === 409, String(status));
  assert.equal(
    new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id as string)).size,
    1,
  );
  assert.equal(await countGroups(client), before + 1);
});

test("SD-3: while the first is under way, the second is told so", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  interceptTransactions(world.store, (tables) => ({ ...tables, tryLock: () => Promise.resolve(false) }));
  const answer = await client.send("createGroup", { name: "F" });
  assert.equal(answer.status, 409);
  assert.equal(answer.body.code, "idempotency_in_flight");
});

test("SD-3: a key is one person's and one operation's", async () => {
  const world = await createWorld();
  const [one, two] = [await world.signedIn(), await world.signedIn("tanaka@minato.example.jp")];
  const options = { idempotencyKey: crypto.randomUUID() };
  const first = await one.send("createGroup", { name: "G" }, options);
  assert.equal((await two.send("createGroup", { name: "H" }, options)).status, 201);
  const staff = await one.send(
    "addStaff",
    { name: { family: "山", given: "川" }, email: "yama@example.jp" },
    options,
  );
  assert.equal(staff.status, 201);
  assert.notEqual(first.body.id, staff.body.id);
});

test("SD-3: a failure is not kept: the same key works once the cause is gone", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const options = { idempotencyKey: crypto.randomUUID() };
  assert.equal((await client.send("createGroup", { name: "CKD" }, options)).body.code, "duplicate_name");
  await world.store.transaction((transaction) =>
    transaction.groups.update({ nameKey: "ckd" }, { deletedAt: world.now() }),
  );
  assert.equal((await client.send("createGroup", { name: "CKD" }, options)).status, 201);
});

test("SD-3: a key is forgotten after 24 hours", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const options = { idempotencyKey: crypto.randomUUID() };
  await client.send("createGroup", { name: "I" }, options);
  const later = async (ms: number) => {
    world.advance(ms);
    await client.signIn("suzuki@minato.example.jp");
    return client.send("createGroup", { name: "J" }, options);
  };
  assert.equal((await later(24 * HOUR - MINUTE)).body.code, "idempotency_mismatch");
  assert.equal((await later(MINUTE)).status, 201);
});

test("A-096: when the change cannot be committed, neither it nor its answer is kept", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const before = await countGroups(client);
  const options = { idempotencyKey: crypto.randomUUID() };
  const repair = interceptTransactions(world.store, (tables) => ({
    ...tables,
    idempotency: { ...tables.idempotency, insert: () => Promise.reject(new Error("disk full")) },
  }));
  assert.equal((await client.send("createGroup", { name: "K" }, options)).status, 500);
  repair();
  assert.equal(await countGroups(client), before);
  const retried = await client.send("createGroup", { name: "K" }, options);
  assert.equal(retried.status, 201);
  assert.equal(retried.headers.get("idempotency-replayed"), null);
});

test("a repeated request is judged by today's rights: who lost them sees no kept answer", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const options = { idempotencyKey: crypto.randomUUID() };
  const input = { name: { family: "山", given: "川" }, email: "yama@example.jp" };
  assert.equal((await client.send("addStaff", input, options)).status, 201);
  await world.store.transaction((transaction) =>
    transaction.staff.update({ email: "suzuki@minato.example.jp" }, { role: "staff" }),
  );
  assert.equal((await client.send("addStaff", input, options)).status, 403);
});

test("IP-5: no initial password stands in what is kept for a repeated request", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  await client.send("addStaff", { name: { family: "山", given: "川" }, email: "yama@example.jp" });
  await world.backend.deliverOutbox();
  const password = /初期パスワード: (\S+)/.exec(world.mails[0]?.text ?? "")?.[1] ?? "";
  assert.ok(password.length >= 16);
  const kept = await world.store.transaction(async (transaction) => [
    ...(await transaction.idempotency.list({})),
    ...(await transaction.audit.list({})),
  ]);
  assert.ok(!JSON.stringify([kept, world.log]).includes(password));
});
