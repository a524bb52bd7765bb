import assert from "node:assert/strict";
import { test } from "node:test";
import type { Mailer } from "../../src/ports/index.ts";
import { createWorld, HOUR, MINUTE, type World } from "../support/world.ts";

async function queueMail(world: World) {
  const client = await world.client();
  await client.send("requestPasswordReset", { audience: "staff", email: "suzuki@minato.example.jp" });
}
const rows = (world: World) => world.store.transaction((transaction) => transaction.outbox.list({}));

function failingMailer(): Mailer & { sent: string[]; broken: boolean } {
  const mailer = {
    sent: [] as string[],
    broken: true,
    async send({ id }: { id: string }) {
      if (mailer.broken) throw new Error("provider down");
      mailer.sent.push(id);
    },
  };
  return mailer;
}

test("A-112: a mail that could not be handed over waits and is tried again, with growing pauses", async () => {
  const mailer = failingMailer();
  const world = await createWorld({ ports: { mailer } });
  await queueMail(world);
  assert.equal(await world.backend.deliverOutbox(), 0);
  assert.equal(await world.backend.deliverOutbox(), 0);
  assert.equal((await rows(world))[0]?.attempts, 1);
  world.advance(MINUTE);
  await world.backend.deliverOutbox();
  assert.equal((await rows(world))[0]?.attempts, 2);
  mailer.broken = false;
  world.advance(5 * MINUTE);
  assert.equal(await world.backend.deliverOutbox(), 1);
  const [row] = await rows(world);
  assert.equal(row?.status, "sent");
  assert.deepEqual(mailer.sent, [row?.id]);
});

test("MS-2: a mail is given up after a day, and stays visible as failed", async () => {
  const world = await createWorld({ ports: { mailer: failingMailer() } });
  await queueMail(world);
  for (let hour = 0; hour < 48; hour++) {
    await world.backend.deliverOutbox();
    world.advance(HOUR);
  }
  const [row] = await rows(world);
  assert.equal(row?.status, "failed");
  assert.ok((row?.attempts ?? 0) > 10);
});

test("eight deliveries at once hand a mail over once", async () => {
  const world = await createWorld();
  await queueMail(world);
  await Promise.all(Array.from({ length: 8 }, () => world.backend.deliverOutbox()));
  await world.backend.deliverOutbox();
  assert.equal(world.mails.length, 1);
});

test("a mail that its deliverer took along into death is delivered by another after its lease", async () => {
  let reached = () => {};
  const handedOver = new Promise<void>((resolve) => (reached = resolve));
  const mailer: Mailer = { send: () => (reached(), new Promise(() => undefined)) };
  const world = await createWorld({ ports: { mailer } });
  await queueMail(world);
  void world.backend.deliverOutbox();
  await handedOver;
  const sent: string[] = [];
  const other = await createWorld({
    ports: { store: world.store, mailer: { send: async ({ id }) => void sent.push(id) } },
  });
  assert.equal(await other.backend.deliverOutbox(), 0);
  other.advance(MINUTE + 1);
  assert.equal(await other.backend.deliverOutbox(), 1);
  assert.equal(sent.length, 1);
});

test("health counts what waits to be sent", async () => {
  const world = await createWorld();
  const client = await world.client();
  await queueMail(world);
  assert.equal((await client.send("getHealth")).body.checks.outboxDepth, 1);
  await world.backend.deliverOutbox();
  assert.equal((await client.send("getHealth")).body.checks.outboxDepth, 0);
});

test("the log of a failure names no recipient", async () => {
  const world = await createWorld({ ports: { mailer: failingMailer() } });
  await queueMail(world);
  await world.backend.deliverOutbox();
  assert.doesNotMatch(JSON.stringify(world.log), /suzuki/);
  assert.match(JSON.stringify(world.log), /could not be handed over/);
});
