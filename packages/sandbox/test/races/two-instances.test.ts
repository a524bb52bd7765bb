import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { rotateKeys } from "@welby/backend";
import { systemClock, webRandom } from "@welby/backend/ports";
import { createTestClient, type Fetch, type TestClient } from "@welby/backend/testing";
import { institutions } from "@welby/backend/seed";
import { memberByEmail, type Member } from "../support/people.ts";
import { outcome, tally, twoSandboxes } from "./side-by-side.ts";

const ROUNDS = 20;
const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

describe("two instances on one PostgreSQL, seen by their clients", () => {
  const world = twoSandboxes({ localWebhooks: true });
  /** A partner's server: the id of each delivery that it got. */
  const told: string[] = [];
  let partner: Server;
  before(async () => {
    partner = createServer((request, response) => {
      told.push(String(request.headers["webhook-id"]));
      request.resume().on("end", () => response.writeHead(204).end());
    });
    await new Promise<void>((resolve) => partner.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(partner.address() as AddressInfo).port}/`;
    const webhookEndpoints = [{ url, secret: SECRET, events: ["staff.role_changed"] as const }];
    await world().store.transaction((tx) =>
      tx.partnerClients.update({ clientId: "demo-server" }, { webhookEndpoints }),
    );
  });
  after(() => partner.close());

  const device = (index: 0 | 1) => createTestClient({ fetch: world().via(index), baseUrl: world().url });
  async function signedIn(index: 0 | 1, loginId: string): Promise<TestClient> {
    const client = await device(index);
    assert.equal((await client.signIn(loginId)).status, 200, loginId);
    return client;
  }
  /** The same device, whose next calls reach the other instance. */
  async function movedTo(index: 0 | 1, client: TestClient): Promise<TestClient> {
    const moved = await createTestClient({
      fetch: world().via(index),
      baseUrl: world().url,
      keyPair: client.keyPair,
    });
    moved.session = client.session;
    return moved;
  }
  const setRole = (admin: TestClient, { id, version }: Member, role: string) =>
    admin.send("changeStaffRole", { staffId: id, role, version });
  const rows = (channel: "email" | "webhook") =>
    world().store.transaction((tx) => tx.outbox.list({ channel }, { orderBy: ["seq"] }));

  test(`under load from one client each, no mail and no event is handed over twice, ${ROUNDS} rounds each`, async (t) => {
    const load = async (index: 0 | 1, loginId: string, toggled: string) => {
      const admin = await signedIn(index, loginId);
      for (let round = 0; round < ROUNDS; round++) {
        const email = `new-${index}-${round}@minato.example.jp`;
        const added = await admin.send("addStaff", { name: { family: "新田", given: "花" }, email });
        assert.equal(added.status, 201, JSON.stringify(added.body));
        const one = await memberByEmail(admin, toggled);
        assert.equal((await setRole(admin, one, one.role === "admin" ? "staff" : "admin")).status, 200);
      }
    };
    await Promise.all([
      load(0, "suzuki@minato.example.jp", "takahashi@minato.example.jp"),
      load(1, "tanaka@minato.example.jp", "ri@minato.example.jp"),
    ]);
    const queued = () => world().store.transaction((tx) => tx.outbox.count({ status: "queued" }));
    for (let patience = 200; patience > 0 && (await queued()) > 0; patience--) await sleep(50);

    const [mails, events] = [await rows("email"), await rows("webhook")];
    const recipients = mails.map(({ recipient }) => recipient).filter((to) => to.startsWith("new-"));
    t.diagnostic(`${mails.length} mails, ${events.length} events, ${told.length} deliveries`);
    assert.equal(recipients.length, 2 * ROUNDS);
    assert.equal(new Set(recipients).size, recipients.length);
    // Whoever hands a message over has taken it first, and each taking counts.
    const statuses = [...mails, ...events].map(({ status, attempts }) => `${status} ${attempts}`);
    assert.deepEqual(tally(statuses), { "sent 1": mails.length + events.length });
    assert.deepEqual([...told].sort(), events.map(({ id }) => id).sort());
    assert.equal(events.length, 2 * ROUNDS);
  });

  test("one of them does the scheduled work", async () => {
    const leases = await world().store.transaction((tx) => tx.leases.list({ name: "work:sweep" }));
    assert.equal(leases.length, 1);
    assert.ok((leases[0]?.expiresAt ?? 0) > new Date());
  });

  test("a role taken away at one is gone with the next request at the other", async () => {
    const admin = await signedIn(0, "suzuki@minato.example.jp");
    const demoted = await signedIn(1, "tanaka@minato.example.jp");
    for (let round = 0; round < 5; round++) {
      assert.equal((await demoted.send("listStaff")).status, 200);
      const one = await memberByEmail(admin, "tanaka@minato.example.jp");
      assert.equal((await setRole(admin, one, "staff")).status, 200);
      assert.equal(outcome(await demoted.send("listStaff")), "403 forbidden");
      const again = await memberByEmail(admin, "tanaka@minato.example.jp");
      assert.equal((await setRole(admin, again, "admin")).status, 200);
    }
  });

  test("a suspension at one ends the session at the other with its next request, and its refresh token", async () => {
    const admin = await signedIn(0, "suzuki@minato.example.jp");
    const suspended = await signedIn(1, "tanaka@minato.example.jp");
    assert.equal((await suspended.send("getMe")).status, 200);
    const { id, version } = await memberByEmail(admin, "tanaka@minato.example.jp");
    assert.equal((await admin.send("suspendStaff", { staffId: id, version, reason: "試験" })).status, 200);
    assert.equal(outcome(await suspended.send("getMe")), "401 session_expired");
    assert.equal(outcome(await suspended.refresh()), "401 session_expired");
    const resumed = await memberByEmail(admin, "tanaka@minato.example.jp");
    assert.equal((await admin.send("resumeStaff", { staffId: id, version: resumed.version })).status, 200);
  });

  test("A-013 what signed out at one is dead at the other: access token and refresh token", async () => {
    const client = await signedIn(0, "suzuki@minato.example.jp");
    const { session } = client;
    const elsewhere = await movedTo(1, client);
    assert.equal((await elsewhere.send("getMe")).status, 200);
    assert.equal((await client.send("signOut", { refreshToken: session?.refreshToken })).status, 204);
    assert.equal(outcome(await elsewhere.send("getMe")), "401 session_expired");
    assert.equal((await elsewhere.refresh(session?.refreshToken)).status, 401);
  });

  test("A-073 a token rotated at one and used once more at the other after the grace ends the session at both", async () => {
    const client = await signedIn(0, "suzuki@minato.example.jp");
    const old = client.session?.refreshToken;
    assert.equal((await client.refresh()).status, 200);
    const before = new Date(Date.now() - 11_000);
    await world().store.transaction((tx) =>
      tx.refreshTokens.update({ usedAt: { not: null } }, { usedAt: before }),
    );
    const elsewhere = await movedTo(1, client);
    assert.equal(outcome(await elsewhere.refresh(old)), "401 refresh_reused");
    assert.equal(outcome(await client.send("getMe")), "401 session_expired");
  });

  test("A-076 a proof that one has seen is refused by the other", async () => {
    const sent: Request[] = [];
    const client = await createTestClient({
      baseUrl: world().url,
      fetch: (request) => (sent.push(request.clone()), world().via(0)(request)),
    });
    await client.signIn("suzuki@minato.example.jp");
    assert.equal((await client.send("getMe")).status, 200);
    const replayed = await world().via(1)(sent.at(-1) ?? assert.fail("nothing was sent"));
    assert.equal(replayed.status, 401);
    assert.match(await replayed.text(), /invalid_dpop_proof/);
  });

  test("guesses at both are counted together", async (t) => {
    const outcomes: string[] = [];
    for (let guess = 0; guess < 8; guess++) {
      const client = await device((guess % 2) as 0 | 1);
      outcomes.push(outcome(await client.signIn("yamasaki@sakura.example.jp", "wrong-wrong-wrong")));
    }
    t.diagnostic(JSON.stringify(tally(outcomes)));
    assert.deepEqual(tally(outcomes), { "401 invalid_credentials": 5, "429 rate_limited": 3 });
  });

  test("an answer kept under a key by one is repeated by the other, and made once", async () => {
    const client = await signedIn(0, "suzuki@minato.example.jp");
    const elsewhere = await movedTo(1, client);
    const key = { idempotencyKey: crypto.randomUUID() };
    const one = await client.send("createGroup", { name: "二つの入口" }, key);
    const other = await elsewhere.send("createGroup", { name: "二つの入口" }, key);
    assert.deepEqual([one.status, other.status], [201, 201]);
    assert.deepEqual(other.body, one.body);
    const institutionId = institutions.minato.id;
    const count = await world().store.transaction((tx) =>
      tx.groups.count({ institutionId, name: "二つの入口" }),
    );
    assert.equal(count, 1);
  });

  test("A-096 one that ends under load finishes what it took; what it did not take, the other does, and each once", async (t) => {
    const third = await world().another();
    const at =
      (port: number): Fetch =>
      (request) => {
        const url = new URL(request.url);
        url.port = String(port);
        return fetch(new Request(url, request));
      };
    const signedInAtThird = await createTestClient({ fetch: at(third.port), baseUrl: world().url });
    assert.equal((await signedInAtThird.signIn("suzuki@minato.example.jp")).status, 200);
    const wishes = Array.from({ length: 60 }, (_, index) => ({
      name: `終了のとき ${index}`,
      key: { idempotencyKey: crypto.randomUUID() },
    }));
    let open = 0;
    const outcomes = wishes.map(async ({ name, key }, index) => {
      await sleep(index * 5);
      open++;
      // A connection that nobody takes any more is what a load balancer sees, and it goes elsewhere.
      const answer = await signedInAtThird.send("createGroup", { name }, key).catch(() => undefined);
      open--;
      return answer?.status ?? "not taken";
    });
    await sleep(100);
    const inFlight = open;
    await third.close();
    const first = tally((await Promise.all(outcomes)).map(String));
    t.diagnostic(`${inFlight} in flight at the end: ${JSON.stringify(first)}`);
    assert.ok((first["201"] ?? 0) > 0 && (first["not taken"] ?? 0) > 0, JSON.stringify(first));
    assert.deepEqual(Object.keys(first).sort(), ["201", "not taken"]);

    const elsewhere = await movedTo(0, signedInAtThird);
    for (const { name, key } of wishes)
      assert.equal((await elsewhere.send("createGroup", { name }, key)).status, 201, name);
    const made = await world().store.transaction((tx) =>
      tx.groups.list({ institutionId: institutions.minato.id }),
    );
    assert.equal(made.filter(({ name }) => name.startsWith("終了のとき")).length, wishes.length);
  });

  test("each publishes the keys of the other", async () => {
    const keys = async (index: 0 | 1) =>
      (await world().via(index)(new Request(`${world().url}/.well-known/jwks.json`))).text();
    assert.equal(await keys(0), await keys(1));
  });

  test("keys replaced twice at once are one next key of each use, and nobody at either is signed out", async () => {
    const clients = [
      await signedIn(0, "suzuki@minato.example.jp"),
      await signedIn(1, "tanaka@minato.example.jp"),
    ];
    const ports = { store: world().store, clock: systemClock, random: webRandom };
    await Promise.all([rotateKeys(ports), rotateKeys(ports)]);
    const open = await world().store.transaction((tx) => tx.keys.list({ retiredAt: null }));
    assert.deepEqual(open.map(({ use }) => use).sort(), ["audit", "nonce", "refresh", "sign"]);
    for (const client of clients) {
      assert.equal((await client.send("getMe")).status, 200);
      assert.equal((await client.refresh()).status, 200);
    }
  });
});
