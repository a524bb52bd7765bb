import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  systemClock,
  tables,
  type Records,
  type Store,
  type TableName,
  type Transaction,
} from "@welby/backend/ports";
import { institutions, seedDemo } from "@welby/backend/seed";
import { fixtures } from "@welby/backend/testing";
import { sql } from "kysely";
import { startPostgres } from "../../../../scripts/postgres.mjs";
import { migrate } from "../../src/database/migrate.ts";
import { openPGlite } from "../../src/database/pglite.ts";
import { openPostgres } from "../../src/database/postgres.ts";
import { stepDown } from "../../src/database/roles.ts";
import { SERVICE_ROLE, TENANT_ROLE } from "../../src/database/tenancy.ts";
import { snakeCase } from "../../src/stores/sql/database.ts";
import { createSqlStore, openDatabase, type Database } from "../../src/stores/sql/index.ts";

const OURS = institutions.minato.id;
const THEIRS = institutions.sakura.id;
const PERMISSION_DENIED = { code: "42501" };

/** By hand, apart from the rules themselves: tables of nobody, and the service's own. */
const SHARED: readonly TableName[] = ["throttles", "proofReplays", "idempotency"];
const CLOSED: readonly TableName[] = ["keys", "leases", "auditChains"];

for (const engine of ["PostgreSQL", "PGlite"] as const) {
  describe(`RO-2 row-level security on ${engine}`, () => {
    let database: Database;
    let store: Store;
    let postgres: Awaited<ReturnType<typeof startPostgres>> | undefined;
    before(async () => {
      ({ database, postgres } = await open(engine));
      store = createSqlStore(database);
      const hasher = { hash: async () => "$plain$", verify: async () => false, needsRehash: () => false };
      await seedDemo(store, { clock: systemClock, hasher });
      await store.transaction(async (tx) => {
        for (const institutionId of [OURS, THEIRS]) await addRows(tx, institutionId);
      });
    });
    after(async () => {
      await store.close();
      await postgres?.stop();
    });
    const asUs = <T>(work: (tx: Transaction) => Promise<T>) =>
      store.transaction(work, { institutionId: OURS });

    test("a tenant that asks for everything gets its own rows only, of every table", async () => {
      const everything = await store.transaction((tx) => idsOf(tx));
      const expected = await store.transaction((tx) => ownIds(tx, OURS));
      const named = Object.keys(expected) as TableName[];
      for (const table of named) {
        const [own = [], all = []] = [expected[table], everything[table]];
        assert.ok(own.length > 0, `the test has no row of ours in ${table}`);
        assert.ok(all.length > own.length, `the test has no row of theirs in ${table}`);
      }
      assert.deepEqual(await asUs((tx) => idsOf(tx, named)), expected);
    });

    test("every table has its rule: rows of a tenant, rows of nobody, or the service's own", async () => {
      const named = [...Object.keys(await store.transaction((tx) => ownIds(tx, OURS))), ...SHARED, ...CLOSED];
      assert.deepEqual(named.sort(), Object.keys(tables).sort());
      const { rows } = await sql<{ name: string }>`select relname as name from pg_class
        where relkind = 'r' and relnamespace = current_schema()::regnamespace and not relrowsecurity
          and relname not like 'kysely%'`.execute(database);
      assert.deepEqual(rows.map(({ name }) => name).sort(), [...SHARED, ...CLOSED].map(snakeCase).sort());
    });

    for (const table of CLOSED) {
      test(`${table} cannot even be asked for in a tenant's transaction`, async () => {
        await assert.rejects(
          asUs((tx) => (tx[table] as Transaction["keys"]).list({})),
          PERMISSION_DENIED,
        );
      });
    }

    test("what somebody forgot to restrict changes nothing at another institution", async () => {
      const theirs = () =>
        store.transaction(async (tx) => [
          await tx.groups.list({ institutionId: THEIRS }),
          await tx.staff.list({ institutionId: THEIRS }),
          await tx.sessions.list({}),
        ]);
      const before = await theirs();
      const counts = await store.transaction(async (tx) => tx.groups.count({ institutionId: OURS }));
      await assert.rejects(
        asUs(async (tx) => {
          assert.equal(await tx.groups.update({}, { sortOrder: 7 }), counts);
          assert.equal(await tx.groups.delete({ institutionId: THEIRS }), 0);
          assert.equal(await tx.staff.update({ institutionId: THEIRS }, { role: "admin" }), 0);
          assert.equal(await tx.accounts.update({ institutionId: THEIRS }, { passwordHash: "known" }), 0);
          throw new Error("taken back");
        }),
        /taken back/,
      );
      assert.deepEqual(await theirs(), before);
    });

    test("a row cannot be written into another institution, or moved there", async () => {
      const [group] = await store.transaction((tx) => tx.groups.list({ institutionId: OURS }, { limit: 1 }));
      assert.ok(group);
      const stranger = { ...group, id: crypto.randomUUID(), name: "x", nameKey: "x", institutionId: THEIRS };
      await assert.rejects(
        asUs((tx) => tx.groups.insert(stranger)),
        PERMISSION_DENIED,
      );
      await assert.rejects(
        asUs((tx) => tx.groups.insertMany([stranger])),
        PERMISSION_DENIED,
      );
      await assert.rejects(
        asUs((tx) => tx.groups.insertIfAbsent(stranger)),
        PERMISSION_DENIED,
      );
      await assert.rejects(
        asUs((tx) => tx.groups.update({ id: group.id }, { institutionId: THEIRS })),
        PERMISSION_DENIED,
      );
    });

    test("patients are read by links only, and not changed; their accounts are out of sight", async () => {
      await assert.rejects(
        asUs((tx) => tx.patients.update({}, { nameText: "x" })),
        PERMISSION_DENIED,
      );
      assert.equal(await asUs((tx) => tx.accounts.count({ kind: "patient" })), 0);
      const logins = await asUs((tx) => tx.loginIds.list({ realm: "patient" }));
      assert.ok(logins.length > 0, "where a linked patient can be reached is shown");
      assert.equal(await asUs((tx) => tx.loginIds.delete({ realm: "patient" })), 0);
    });

    test("the list of another institution's patients is empty", async () => {
      const query = { institutionId: THEIRS, sort: "kana", descending: false, limit: 50 } as const;
      assert.ok((await store.transaction((tx) => tx.searchPatients(query))).total > 0);
      assert.deepEqual((await asUs((tx) => tx.searchPatients(query))).hits, []);
    });

    test("the tenant ends with its transaction, also when that fails", async () => {
      const all = () => store.transaction((tx) => tx.institutions.count({}));
      const before = await all();
      await asUs((tx) => tx.institutions.count({}));
      assert.equal(await all(), before);
      await assert.rejects(asUs(() => Promise.reject(new Error("failed"))));
      assert.equal(await all(), before);
      assert.equal(await asUs((tx) => tx.institutions.count({})), 1);
    });

    for (const statement of ["update audit set action = 'x'", "delete from audit", "truncate audit"]) {
      test(`16a the service has no right to: ${statement}`, async () => {
        // Not the trigger's own message: the right is missing before any trigger is asked.
        await assert.rejects(sql.raw(statement).execute(database), /permission denied/);
      });
    }

    test("the service works under a role that owns nothing and can bypass nothing", async () => {
      const { rows: roles } = await sql<{ name: string; free: boolean }>`select rolname as name,
        rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolcanlogin as free
        from pg_roles where rolname in (${SERVICE_ROLE}, ${TENANT_ROLE}) order by 1`.execute(database);
      assert.deepEqual(roles, [
        { name: SERVICE_ROLE, free: false },
        { name: TENANT_ROLE, free: false },
      ]);
      const { rows } = await sql<{ role: string; owned: number }>`select current_user as role,
        (select count(*) from pg_class where relowner = current_user::regrole) as owned`.execute(database);
      assert.deepEqual(rows, [{ role: SERVICE_ROLE, owned: 0 }]);
      await assert.rejects(sql`create table more (id text)`.execute(database), /permission denied/);
    });
  });
}

async function open(engine: "PostgreSQL" | "PGlite") {
  if (engine === "PGlite") {
    const database = openDatabase(await openPGlite());
    await migrate(database);
    await stepDown(database);
    return { database };
  }
  const postgres = await startPostgres();
  const owner = openDatabase(openPostgres(postgres.url, { maxConnections: 1 }));
  await migrate(owner);
  await owner.destroy();
  return { postgres, database: openDatabase(openPostgres(postgres.url, { role: SERVICE_ROLE })) };
}

/** Rows of the tables that the demo leaves empty. */
async function addRows(tx: Transaction, institutionId: string): Promise<void> {
  const [staff] = await tx.staff.list({ institutionId, status: "active" }, { limit: 1 });
  const accountId = staff?.accountId ?? assert.fail("no member");
  const now = systemClock.now();
  const session: Records["sessions"] = {
    id: crypto.randomUUID(),
    accountId,
    clientId: "demo-portal",
    keyThumbprint: null,
    deviceLabel: "",
    authenticatedAt: now,
    amr: ["pwd"],
    createdAt: now,
    lastSeenAt: now,
    absoluteExpiresAt: now,
    restriction: null,
    endedAt: null,
    endReason: null,
  };
  await tx.sessions.insert(session);
  await tx.refreshTokens.insert({
    id: crypto.randomUUID(),
    sessionId: session.id,
    hash: crypto.randomUUID(),
    createdAt: now,
    usedAt: null,
    successorId: null,
  });
  await tx.knownDevices.insert({
    id: crypto.randomUUID(),
    accountId,
    keyThumbprint: "key",
    lastSeenAt: now,
  });
  await tx.factors.insert(fixtures.factor({ accountId }));
  await tx.recoveryCodes.insert(fixtures.recoveryCode({ accountId }));
  await tx.oneTimeSecrets.insert(fixtures.secret({ accountId }));
  const [group] = await tx.groups.list({ institutionId }, { limit: 1 });
  const [link] = await tx.patientLinks.list({ institutionId }, { limit: 1 });
  // An ended one: the open ones have their rule.
  await tx.memberships.insert(
    fixtures.membership(institutionId, group?.id ?? "", link?.patientId ?? "", { removedAt: now }),
  );
  await tx.consents.insert(fixtures.consent({ institutionId }));
  await tx.audit.insert(fixtures.audit(institutionId));
  await tx.auditSeals.insert(fixtures.auditSeal({ chain: institutionId }));
  const notice = fixtures.notice({ institutionId });
  await tx.notices.insertMany([notice, fixtures.notice({ institutionId: null })]);
  await tx.noticeReads.insert(fixtures.noticeRead({ noticeId: notice.id, accountId }));
  await tx.incidents.insert(fixtures.incident({ institutionId }));
  await tx.incidentDeliveries.insert(fixtures.incidentDelivery({ institutionId }));
  await tx.outbox.insert({
    id: crypto.randomUUID(),
    institutionId,
    channel: "email",
    recipient: "a@example.jp",
    template: "test",
    subject: "",
    body: "",
    status: "sent",
    attempts: 1,
    createdAt: now,
    nextAttemptAt: now,
    sentAt: now,
  });
}

type Ids = Partial<Record<TableName, string[]>>;

/** Which rows are an institution's own, said a second time by hand. */
async function ownIds(tx: Transaction, institutionId: string): Promise<Ids> {
  const accounts = await tx.accounts.list({ institutionId });
  const links = await tx.patientLinks.list({ institutionId });
  const patients = await tx.patients.list({ id: { in: links.map((link) => link.patientId) } });
  const byStaff = { accountId: { in: accounts.map(({ id }) => id) } };
  const sessions = await tx.sessions.list(byStaff);
  const patientAccounts = patients.flatMap(({ accountId }) => accountId ?? []);
  const rows = {
    institutions: await tx.institutions.list({ id: institutionId }),
    partnerClients: await tx.partnerClients.list({ institutionId }),
    accounts,
    factors: await tx.factors.list(byStaff),
    recoveryCodes: await tx.recoveryCodes.list(byStaff),
    loginIds: [
      ...(await tx.loginIds.list(byStaff)),
      ...(await tx.loginIds.list({ accountId: { in: patientAccounts } })),
    ],
    staff: await tx.staff.list({ institutionId }),
    patients,
    consents: await tx.consents.list({ institutionId }),
    patientLinks: links,
    groups: await tx.groups.list({ institutionId }),
    categories: await tx.categories.list({ institutionId }),
    memberships: await tx.memberships.list({ institutionId }),
    sessions,
    refreshTokens: await tx.refreshTokens.list({ sessionId: { in: sessions.map(({ id }) => id) } }),
    oneTimeSecrets: await tx.oneTimeSecrets.list(byStaff),
    knownDevices: await tx.knownDevices.list(byStaff),
    audit: await tx.audit.list({ institutionId }),
    auditSeals: await tx.auditSeals.list({ chain: institutionId }),
    // Those to everybody too.
    notices: await tx.notices.list({ institutionId: { in: [institutionId, null] } }),
    noticeReads: await tx.noticeReads.list(byStaff),
    incidents: await tx.incidents.list({ institutionId }),
    incidentDeliveries: await tx.incidentDeliveries.list({ institutionId }),
    outbox: await tx.outbox.list({ institutionId }),
  };
  return Object.fromEntries(Object.entries(rows).map(([table, list]) => [table, keys(list)]));
}

async function idsOf(
  tx: Transaction,
  names: readonly TableName[] = Object.keys(tables) as TableName[],
): Promise<Ids> {
  const found: Ids = {};
  for (const name of names) found[name] = keys(await (tx[name] as Transaction["groups"]).list({}));
  return found;
}

function keys(rows: readonly object[]): string[] {
  return rows.map((row) => Object.values(row)[0] as string).sort();
}
