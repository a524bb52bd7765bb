import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createBackend, createStoredKeys, totpCode, totpStep, type Backend } from "@welby/backend";
import {
  systemClock,
  webRandom,
  type Hasher,
  type Ports,
  type Store,
  type Transaction,
} from "@welby/backend/ports";
import { demoTotp, seedDemo, staffId } from "@welby/backend/seed";
import { createTestClient, TEST_BASE_URL, type TestClient } from "@welby/backend/testing";
import pg from "pg";
import { startPostgres } from "../../../../scripts/postgres.mjs";
import { connectStore } from "../../src/database/connect.ts";

/*
 * What happens when something is committed between two statements of a transaction. A random race meets such a moment
 * once in thousands of rounds; here the transaction waits at it.
 */
describe("between two statements, on a real PostgreSQL at READ COMMITTED", () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  let store: Store;
  before(async () => {
    postgres = await startPostgres();
  });
  after(() => postgres.stop());
  let databases = 0;
  beforeEach(async () => {
    const server = new pg.Client({ connectionString: postgres.url });
    await server.connect();
    await server.query(`create database own${++databases}`);
    await server.end();
    const url = postgres.url.replace(/[^/]+$/, `own${databases}`);
    store = await connectStore({ url, maxConnections: 10 });
    await seedDemo(store, { clock: systemClock, hasher: plainHasher, portalOrigins: [] });
  });
  afterEach(() => store.close());

  const SUZUKI = "suzuki@minato.example.jp";
  const TAKAHASHI = "takahashi@minato.example.jp";
  const SIGN_IN_MOMENTS = ["accounts.get", "throttles.list", "sessions.insert", "audit.insert"] as const;
  for (const moment of SIGN_IN_MOMENTS) {
    test(`SE-6 A-058: a reset at ${moment} of a sign-in leaves no session of the old password`, async () => {
      const { backend, mails } = instance(store);
      const owner = await device(backend);
      const token = await resetToken(owner, backend, mails, SUZUKI);
      const held = holding(
        store,
        (call) => call.transaction === 2 && call.name === moment,
        async () => {
          await owner.send("confirmPasswordReset", { token, newPassword: `yukata-${moment}-furin-8` });
        },
      );
      const other = await device(instance(held.store).backend);
      held.arm();
      const entered = await other.signIn(SUZUKI);
      const reset = await held.finished();
      assert.ok(reset, "the moment was never met");
      assert.ok([200, 401].includes(entered.status), `status ${entered.status}`);
      assert.equal((await other.send("getMe")).status, 401);
      assert.equal((await other.signIn(SUZUKI)).status, 401, "the old password");
      assert.equal((await owner.signIn(SUZUKI, `yukata-${moment}-furin-8`)).status, 200, "the new one");
    });
  }

  for (const id of ["suspendStaff", "removeStaff"] as const) {
    for (const moment of SIGN_IN_MOMENTS) {
      test(`SE-6 SE-8 A-088: ${id} at ${moment} of the member's sign-in leaves no session`, async () => {
        const admin = await device(instance(store).backend);
        assert.equal((await admin.signIn(SUZUKI)).status, 200);
        const held = holding(
          store,
          (call) => call.transaction === 2 && call.name === moment,
          async () => {
            const { status } = await admin.send(id, { staffId: staffId(TAKAHASHI), version: 1 });
            assert.ok([200, 204].includes(status), `status ${status}`);
          },
        );
        const member = await device(instance(held.store).backend);
        held.arm();
        const entered = await member.signIn(TAKAHASHI);
        assert.ok(await held.finished(), "the moment was never met");
        assert.ok([200, 401].includes(entered.status), `status ${entered.status}`);
        const left = await store.transaction(async (tx) => {
          const { accountId = "" } = (await tx.staff.get({ id: staffId(TAKAHASHI) })) ?? {};
          return tx.sessions.count({ accountId, endedAt: null });
        });
        assert.equal(left, 0);
        if (entered.status === 200) assert.equal((await member.send("getMe")).status, 401);
      });
    }
  }

  for (const moment of [
    "oneTimeSecrets.update",
    "accounts.update",
    "staff.update",
    "audit.insert",
  ] as const) {
    test(`IP-4 A-080: an invitation sent anew at ${moment} of its acceptance is too late or makes the former link worthless`, async () => {
      const { backend, mails } = instance(store);
      const admin = await device(backend);
      assert.equal((await admin.signIn(SUZUKI)).status, 200);
      const email = "kimura@minato.example.jp";
      const added = await admin.send("addStaff", {
        name: { family: "木村", given: "花" },
        email,
        invitation: "link",
      });
      const whom = { staffId: (added.body as { id: string }).id };
      const token = await mailedToken(backend, mails, email);
      let resent = 0;
      const held = holding(
        store,
        (call) => call.transaction === 2 && call.name === moment,
        async () => {
          resent = (await admin.send("resendInvitation", whom)).status;
        },
      );
      const member = await device(instance(held.store).backend);
      held.arm();
      const accepted = await member.send("confirmInvitation", { token, newPassword: "yukata-no-furin-83" });
      assert.ok(await held.finished(), "the moment was never met");
      const { status } = (await admin.send("getStaff", whom)).body as { status: string };
      assert.ok(
        accepted.status === 204
          ? resent === 409 && status === "active"
          : resent === 200 && accepted.body.code === "token_invalid" && status === "invited",
        JSON.stringify([accepted.status, resent, status]),
      );
    });
  }

  for (const moment of ["accounts.get", "oneTimeSecrets.update", "sessions.insert"] as const) {
    test(`SE-6 A-058: a reset at ${moment} of a second factor leaves no session of the old password`, async () => {
      const KAKUU = "admin@kakuu.example.jp";
      const { backend, mails } = instance(store);
      const owner = await device(backend, "kakuu-portal");
      const token = await resetToken(owner, backend, mails, KAKUU);
      const held = holding(
        store,
        (call) => call.transaction === 2 && call.name === moment,
        async () => {
          await owner.send("confirmPasswordReset", { token, newPassword: `yukata-${moment}-furin-8` });
        },
      );
      const other = await device(instance(held.store).backend, "kakuu-portal");
      const { challenge } = (await other.signIn(KAKUU)).body as { challenge: string };
      const code = await totpCode(demoTotp.secret, totpStep(new Date()));
      held.arm();
      const entered = await other.send("verifyMfa", { challenge, method: "totp", code });
      assert.ok(await held.finished(), "the moment was never met");
      assert.ok([200, 401].includes(entered.status), `status ${entered.status}`);
      assert.equal((await other.send("getMe")).status, 401);
    });
  }

  test("RS-1 A-055: of two reset mails written at once only one holds a living token", async () => {
    const { backend } = instance(store);
    const owner = await device(backend);
    await owner.send("requestPasswordReset", { audience: "staff", email: SUZUKI });
    await owner.send("requestPasswordReset", { audience: "staff", email: SUZUKI });
    const held = holding(
      store,
      (call) => call.name === "oneTimeSecrets.insert",
      async () => {
        await backend.deliverOutbox();
      },
    );
    held.arm();
    await instance(held.store).backend.deliverOutbox();
    assert.ok(await held.finished(), "the moment was never met");
    await backend.deliverOutbox();
    const living = { purpose: "password_reset", usedAt: null } as const;
    const written = { purpose: "password_reset" } as const;
    assert.deepEqual(
      await store.transaction(async (tx) => [
        await tx.oneTimeSecrets.count(written),
        await tx.oneTimeSecrets.count(living),
      ]),
      [2, 1],
    );
  });
});

interface Moment {
  /** Counted from `arm`; the proof of the device and the like have transactions of their own. */
  readonly transaction: number;
  /** e.g. `sessions.insert` */
  readonly name: string;
}

/** A store whose transactions let something else happen at one moment; not longer than it may take without their locks. */
function holding(store: Store, at: (moment: Moment) => boolean, happens: () => Promise<void>) {
  let armed = false;
  let transactions = 0;
  let other: Promise<void> | undefined;
  const meet = async (moment: Moment) => {
    if (!armed || !at(moment)) return;
    armed = false;
    other = happens();
    await Promise.race([other, sleep(500)]);
  };
  const held: Store = {
    ...store,
    transaction: (work, options) =>
      store.transaction((transaction) => {
        // Reads of keys and clients are none of those that the tests count.
        let number: number | undefined;
        return work(
          proxied(transaction, async (name) => {
            if (!/^(keys|partnerClients|institutions|proofReplays)\./.test(name)) number ??= ++transactions;
            await meet({ transaction: number ?? 0, name });
          }),
        );
      }, options),
  };
  return {
    store: held,
    arm() {
      armed = true;
      transactions = 0;
    },
    /** False when the moment never came. */
    async finished(): Promise<boolean> {
      await other;
      return other !== undefined;
    },
  };
}

function proxied(transaction: Transaction, before: (name: string) => Promise<void>): Transaction {
  const tables = Object.entries(transaction).map(([table, operations]) => [
    table,
    typeof operations === "function"
      ? operations
      : Object.fromEntries(
          Object.entries(operations as Record<string, (...input: unknown[]) => Promise<unknown>>).map(
            ([name, run]) => [
              name,
              async (...input: unknown[]) => {
                await before(`${table}.${name}`);
                return run(...input);
              },
            ],
          ),
        ),
  ]);
  return Object.fromEntries(tables) as Transaction;
}

function instance(store: Store): { backend: Backend; mails: Map<string, string> } {
  const mails = new Map<string, string>();
  const ports: Ports = {
    store,
    clock: systemClock,
    random: webRandom,
    hasher: plainHasher,
    mailer: { send: async ({ to, text }) => void mails.set(to, text) },
    sms: { send: async () => undefined },
    webhooks: { send: async () => ({ status: 204 }) },
    keys: createStoredKeys(store, systemClock, webRandom),
  };
  const backend = createBackend(ports, {
    baseUrls: [TEST_BASE_URL],
    environment: "sandbox",
    dataLocation: null,
    version: "0.0.0",
    issuer: TEST_BASE_URL,
  });
  return { backend, mails };
}

async function device(backend: Backend, clientId = "demo-portal"): Promise<TestClient> {
  const client = await createTestClient({ fetch: backend.fetch, clientId });
  await client.send("getMeta");
  return client;
}

async function resetToken(client: TestClient, backend: Backend, mails: Map<string, string>, email: string) {
  await client.send("requestPasswordReset", { audience: "staff", email });
  return mailedToken(backend, mails, email);
}

async function mailedToken(backend: Backend, mails: Map<string, string>, email: string): Promise<string> {
  await backend.deliverOutbox();
  return /#token=([\w-]+)/.exec(mails.get(email) ?? "")?.[1] ?? assert.fail("no mail");
}

/** Protects nothing; these tests are about what comes after it. */
const plainHasher: Hasher = {
  hash: async (password) => `$plain$${password}`,
  verify: async (hash, password) => hash === `$plain$${password}`,
  needsRehash: () => false,
};
