import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import type { WebhookBody, WebhookEvent } from "@welby/contract/events";
import type { WebhookDelivery, WebhookEndpoint } from "../../src/ports/index.ts";
import { institutions, staffId } from "../../src/seed/index.ts";
import { openIncident } from "../../src/services/open-incident.ts";
import { queueWebhooks } from "../../src/services/webhooks.ts";
import { createWorld, HOUR, MINUTE, SECOND, type World } from "../support/world.ts";

const URL_A = "https://hooks.minato.example.jp/welby";
const URL_B = "https://other.minato.example.jp/";
const SECRET_A = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
const SECRET_B = `whsec_${Buffer.alloc(32, 2).toString("base64")}`;
const minato = institutions.minato.id;
const removed: WebhookEvent = {
  type: "staff.removed",
  data: { staffId: "7f0c1f57-58a1-4d2b-8a43-0d5b2a5f4a11" },
};

/** A partner's servers: what they got, and what they answer. */
function receiver() {
  const got: WebhookDelivery[] = [];
  const answers = new Map<string, number | Error>();
  return {
    got,
    answers,
    async send(delivery: WebhookDelivery) {
      got.push(delivery);
      const answer = answers.get(delivery.url) ?? 204;
      if (answer instanceof Error) throw answer;
      return { status: answer };
    },
  };
}

async function worldWith(endpoints: WebhookEndpoint[], clientId = "demo-server") {
  const webhooks = receiver();
  const world = await createWorld({ ports: { webhooks } });
  await register(world, endpoints, clientId);
  return { world, webhooks };
}

const register = (world: World, webhookEndpoints: WebhookEndpoint[], clientId = "demo-server") =>
  world.store.transaction((tx) => tx.partnerClients.update({ clientId }, { webhookEndpoints }));
const queue = (world: World, event = removed, institutionId = minato) =>
  world.store.transaction((tx) => queueWebhooks(world.ports, tx, institutionId, event));
const rows = (world: World) =>
  world.store.transaction((tx) => tx.outbox.list({ channel: "webhook" }, { orderBy: ["seq"] }));
const all = (url: string, secret = SECRET_A): WebhookEndpoint => ({
  url,
  secret,
  events: ["staff.role_changed", "staff.removed", "patient.withdrew", "incident.opened"],
});

test("a change of role is told to the endpoint: signed, with ids only", async () => {
  const { world, webhooks } = await worldWith([all(URL_A)]);
  const admin = await world.signedIn();
  const id = staffId("takahashi@minato.example.jp");
  const { body } = await admin.send("getStaff", { staffId: id });
  const changed = await admin.send("changeStaffRole", { staffId: id, role: "admin", version: body.version });
  assert.equal(changed.status, 200);
  assert.equal(await world.backend.deliverWebhooks(), 1);

  const [delivery = assert.fail("nothing was sent")] = webhooks.got;
  assert.equal(delivery.url, URL_A);
  assert.deepEqual(JSON.parse(delivery.body), {
    type: "staff.role_changed",
    data: { staffId: id, from: "staff", to: "admin" },
    timestamp: "2026-11-23T09:00:00.000+09:00",
  } satisfies WebhookBody);
  assert.doesNotMatch(delivery.body, /髙橋|takahashi/);
  const {
    "webhook-id": eventId,
    "webhook-timestamp": timestamp,
    "webhook-signature": signature,
  } = delivery.headers;
  assert.equal(timestamp, String(world.now().getTime() / 1000));
  const mac = createHmac("sha256", Buffer.alloc(32, 1)).update(`${eventId}.${timestamp}.${delivery.body}`);
  assert.equal(signature, `v1,${mac.digest("base64")}`);
});

test("a removal, a withdrawal and an incident are told too, each with its ids and no name", async () => {
  const { world, webhooks } = await worldWith([all(URL_A)]);
  const admin = await world.signedIn();
  const removedId = staffId("ri@minato.example.jp");
  const { body } = await admin.send("getStaff", { staffId: removedId });
  const version = (body as { version: number }).version;
  assert.equal((await admin.send("removeStaff", { staffId: removedId, version })).status, 204);
  const patient = await world.client();
  await patient.signIn("sato.kazuko@example.jp", undefined, "patient");
  assert.equal((await patient.send("withdraw", { confirmation: "退会" })).status, 204);
  const incident = await openIncident(world.ports, {
    institutionId: minato,
    kind: "leak",
    occurredAt: world.now(),
    what: "試験",
    effect: "試験",
    measures: "試験",
    contact: "試験",
  });
  await world.backend.deliverWebhooks();
  const told = webhooks.got.map(({ body: text }) => JSON.parse(text) as WebhookBody);
  assert.deepEqual(
    told.map(({ type, data }) => [type, ...Object.keys(data)]),
    [
      ["staff.removed", "staffId"],
      ["patient.withdrew", "patientId"],
      ["incident.opened", "incidentId"],
    ],
  );
  assert.deepEqual(told.at(-1)?.data, { incidentId: incident.id });
  assert.doesNotMatch(JSON.stringify(told), /李|佐藤|試験|example/);
});

test("a change that did not happen is told to nobody, and neither is a role that stays", async () => {
  const { world } = await worldWith([all(URL_A)]);
  const admin = await world.signedIn();
  const { body } = await admin.send("getStaff", { staffId: staffId("takahashi@minato.example.jp") });
  const same = { staffId: body.id, role: "staff", version: body.version };
  assert.equal((await admin.send("changeStaffRole", same)).status, 200);
  assert.equal((await admin.send("changeStaffRole", { ...same, role: "admin", version: 99 })).status, 412);
  assert.deepEqual(await rows(world), []);
});

test("only who asked for a type is told, and never another hospital's server", async () => {
  const { world } = await worldWith([
    all(URL_A),
    { url: URL_B, secret: SECRET_B, events: ["incident.opened"] },
  ]);
  await register(world, [all("https://sakura.example.jp/")], "sakura-portal");
  await queue(world);
  assert.deepEqual(
    (await rows(world)).map(({ recipient }) => recipient),
    [URL_A],
  );
});

test("an address that two clients name is told once", async () => {
  const { world } = await worldWith([all(URL_A)]);
  await register(world, [all(URL_A, SECRET_B)], "demo-portal");
  await queue(world);
  assert.equal((await rows(world)).length, 1);
});

test("while a secret is being replaced an event carries both signatures", async () => {
  const { world, webhooks } = await worldWith([all(URL_A), all(URL_A, SECRET_B)]);
  await queue(world);
  await world.backend.deliverWebhooks();
  const signatures = webhooks.got[0]?.headers["webhook-signature"]?.split(" ") ?? [];
  assert.equal(webhooks.got.length, 1);
  assert.equal(signatures.length, 2);
  assert.notEqual(signatures[0], signatures[1]);
});

test("an endpoint that is down is asked again with growing pauses, under the same id and a new time", async () => {
  const { world, webhooks } = await worldWith([all(URL_A)]);
  webhooks.answers.set(URL_A, 503);
  await queue(world);
  assert.equal(await world.backend.deliverWebhooks(), 0);
  assert.equal(await world.backend.deliverWebhooks(), 0);
  assert.equal(webhooks.got.length, 1);
  world.advance(MINUTE);
  webhooks.answers.set(URL_A, new Error("connection refused"));
  await world.backend.deliverWebhooks();
  webhooks.answers.delete(URL_A);
  world.advance(5 * MINUTE);
  assert.equal(await world.backend.deliverWebhooks(), 1);
  const [first, , third] = webhooks.got;
  assert.equal(webhooks.got.length, 3);
  assert.equal(first?.headers["webhook-id"], third?.headers["webhook-id"]);
  assert.equal(first?.body, third?.body);
  assert.notEqual(first?.headers["webhook-signature"], third?.headers["webhook-signature"]);
});

test("a redirect is a failure like any other: nothing is sent where it leads", async () => {
  const { world, webhooks } = await worldWith([all(URL_A)]);
  webhooks.answers.set(URL_A, 307);
  await queue(world);
  assert.equal(await world.backend.deliverWebhooks(), 0);
  assert.equal((await rows(world))[0]?.status, "queued");
});

test("an endpoint that says it has gone is not asked again, and one that nobody registers any more is not asked at all", async () => {
  const { world, webhooks } = await worldWith([all(URL_A)]);
  webhooks.answers.set(URL_A, 410);
  await queue(world);
  await world.backend.deliverWebhooks();
  assert.equal((await rows(world))[0]?.status, "failed");
  await queue(world);
  await register(world, []);
  await world.backend.deliverWebhooks();
  assert.equal((await rows(world))[1]?.status, "failed");
  assert.equal(webhooks.got.length, 1);
});

test("an event that nobody took for a day is given up, and stays visible as failed", async () => {
  const { world, webhooks } = await worldWith([all(URL_A)]);
  webhooks.answers.set(URL_A, 500);
  await queue(world);
  for (let hour = 0; hour < 48; hour++) {
    await world.backend.deliverWebhooks();
    world.advance(HOUR);
  }
  assert.equal((await rows(world))[0]?.status, "failed");
  assert.ok(webhooks.got.length > 10);
});

test("an endpoint that is down is asked once, not once for each of its events; others get theirs", async () => {
  const { world, webhooks } = await worldWith([all(URL_A), all(URL_B)]);
  webhooks.answers.set(URL_A, 500);
  for (let count = 0; count < 5; count++) await queue(world);
  assert.equal(await world.backend.deliverWebhooks(), 5);
  await world.backend.deliverWebhooks();
  assert.equal(webhooks.got.filter(({ url }) => url === URL_A).length, 1);
  webhooks.answers.delete(URL_A);
  world.advance(MINUTE);
  assert.equal(await world.backend.deliverWebhooks(), 5);
});

test("an endpoint that never answers keeps nobody else waiting, mails included", async () => {
  const webhooks = receiver();
  const world = await createWorld({
    ports: {
      webhooks: {
        send: (delivery) => (delivery.url === URL_A ? new Promise(() => undefined) : webhooks.send(delivery)),
      },
    },
  });
  await register(world, [all(URL_A), all(URL_B)]);
  await queue(world);
  void world.backend.deliverWebhooks();
  const client = await world.client();
  await client.send("requestPasswordReset", { audience: "staff", email: "suzuki@minato.example.jp" });
  assert.equal(await world.backend.deliverOutbox(), 1);
  assert.deepEqual(
    webhooks.got.map(({ url }) => url),
    [URL_B],
  );
});

test("eight deliveries at once hand an event over once", async () => {
  const { world, webhooks } = await worldWith([all(URL_A)]);
  await queue(world);
  await Promise.all(Array.from({ length: 8 }, () => world.backend.deliverWebhooks()));
  world.advance(SECOND);
  await world.backend.deliverWebhooks();
  assert.equal(webhooks.got.length, 1);
});

test("the log of a failure names neither the endpoint nor what was in the event", async () => {
  const { world, webhooks } = await worldWith([all(URL_A)]);
  webhooks.answers.set(URL_A, new Error(`cannot reach ${URL_A} ${SECRET_A}`));
  await queue(world);
  await world.backend.deliverWebhooks();
  assert.match(JSON.stringify(world.log), /could not be handed over/);
  assert.doesNotMatch(JSON.stringify(world.log), /minato\.example|whsec_|7f0c1f57/);
});
