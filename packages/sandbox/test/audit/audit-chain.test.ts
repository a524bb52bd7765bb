import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { createBackend, createStoredKeys, type Backend } from "@welby/backend";
import { systemClock, webRandom, type AuditRecord, type Ports, type Store } from "@welby/backend/ports";
import { startPostgres } from "../../../../scripts/postgres.mjs";
import { sql } from "kysely";
import { connectStore } from "../../src/database/connect.ts";
import { migrate } from "../../src/database/migrate.ts";
import { openPGlite } from "../../src/database/pglite.ts";
import { openPostgres } from "../../src/database/postgres.ts";
import { createSqlStore, openDatabase, type Database } from "../../src/stores/sql/index.ts";

/** A store as the service uses it, and the database as its administrator sees it. */
interface Engine {
  readonly store: Store;
  readonly owner: Database;
  close(): Promise<void>;
}

async function onPGlite(): Promise<Engine> {
  const owner = openDatabase(await openPGlite());
  await migrate(owner);
  const store = createSqlStore(owner);
  return { store, owner, close: () => store.close() };
}

async function onPostgres(): Promise<Engine> {
  const postgres = await startPostgres();
  const store = await connectStore({ url: postgres.url, maxConnections: 20 });
  const owner = openDatabase(openPostgres(postgres.url, { maxConnections: 2 }));
  const close = async () => {
    await Promise.all([store.close(), owner.destroy()]);
    await postgres.stop();
  };
  return { store, owner, close };
}

const engines = [
  ["PGlite", onPGlite],
  ["PostgreSQL", onPostgres],
] as const;

const INSTITUTION = "7f0c1f57-58a1-4d2b-8a43-0d5b2a5f4a11";

for (const [name, open] of engines) {
  describe(`the sealed audit log on ${name}`, () => {
    let engine: Engine;
    let backend: Backend;
    before(async () => {
      engine = await open();
      backend = backendOver(engine.store);
    });
    after(() => engine.close());
    beforeEach(async () => {
      // The tables as they were made; the trigger refuses to empty the log even for its owner.
      await asAdministrator("truncate audit, audit_seals, audit_chains restart identity");
    });

    /** What somebody with the database's password can do: switch the guard off, change rows, switch it on again. */
    async function asAdministrator(...statements: string[]): Promise<void> {
      await engine.owner.transaction().execute(async (open) => {
        await sql.raw("alter table audit disable trigger audit_append_only").execute(open);
        for (const statement of statements) await sql.raw(statement).execute(open);
        await sql.raw("alter table audit enable trigger audit_append_only").execute(open);
      });
    }

    const write = (count: number) =>
      engine.store.transaction(async (tx) => {
        for (let index = 0; index < count; index++) await tx.audit.insert(event());
      });
    async function problem(): Promise<string> {
      const { intact, problems } = await backend.verifyAudit();
      assert.equal(intact, problems.length === 0);
      return problems.map(({ seq, problem }) => `${seq} ${problem}`).join(", ");
    }

    const attacks: readonly (readonly [what: string, statement: string, found: string])[] = [
      ["one letter edited", `update audit set action = 'test.dona' where seq = 3`, "3 changed"],
      [
        "a moment moved by a millisecond",
        `update audit set at = at + interval '1 ms' where seq = 3`,
        "3 changed",
      ],
      ["a detail edited", `update audit set details = '{"n":2}' where seq = 3`, "3 changed"],
      ["an event deleted", `delete from audit where seq = 3`, "3 missing"],
      [
        "an event deleted with its seal",
        `with gone as (delete from audit where seq = 3 returning id) delete from audit_seals where id in (select id from gone)`,
        "3 missing",
      ],
      [
        "the end cut off",
        `with gone as (delete from audit where seq >= 4 returning id) delete from audit_seals where id in (select id from gone)`,
        "4 missing",
      ],
      [
        "the end cut off and the head put back",
        `with gone as (delete from audit where seq >= 4 returning id),
          seals as (delete from audit_seals where id in (select id from gone) returning id)
          update audit_chains set head_position = 3, head_seq = 3,
            head_hash = (select hash from audit_seals where position = 3)`,
        "4 ends",
      ],
      ["the log emptied", `truncate audit`, "1 missing"],
      ["log and seals emptied", `truncate audit, audit_seals`, "1 missing"],
    ];
    for (const [what, statement, found] of attacks) {
      test(`A-090 AU-2 ${what}: verify names it`, async () => {
        await write(5);
        assert.equal(await backend.sealAudit(), 5);
        assert.equal(await problem(), "");
        await asAdministrator(statement);
        assert.equal(await problem(), found);
      });
    }

    test("A-090 AU-2 two events that changed their numbers: verify names the first of the chain", async () => {
      await write(5);
      await backend.sealAudit();
      await asAdministrator(
        "alter table audit alter column seq set generated by default",
        "alter table audit drop constraint audit_seq",
        "update audit set seq = case seq when 2 then 4 else 2 end where seq in (2, 4)",
        "alter table audit add constraint audit_seq unique (seq)",
        "alter table audit alter column seq set generated always",
      );
      assert.equal(await problem(), "4 moved");
    });

    test("A-090 with the guard in place nobody edits, deletes or empties the log", async () => {
      await write(1);
      for (const statement of [
        "update audit set action = 'x'",
        "delete from audit",
        "truncate audit",
        "update audit set action = 'x' where false",
      ]) {
        await assert.rejects(sql.raw(statement).execute(engine.owner), /never changed or deleted/, statement);
      }
    });

    test("what was sealed comes back from the database as it was sealed, to the millisecond and the key of a detail", async () => {
      const details = {
        z: 1,
        a: [3, 1, 2],
        "": null,
        text: '𠮷 \u2028 \\ "',
        number: 0.1,
        nested: { b: true, a: {} },
      };
      await engine.store.transaction(async (tx) => {
        await tx.audit.insert(
          event({ details, at: new Date("2026-12-31T15:00:00.001Z"), actorName: "葛\u{E0100}城 \uFA1B" }),
        );
      });
      await backend.sealAudit();
      assert.equal(await problem(), "");
    });

    test("writers and sealers side by side: each event has one seal, and the log is intact", async () => {
      let writing = true;
      const sealers = Array.from({ length: 3 }, async () => {
        while (writing) await backend.sealAudit();
      });
      await Promise.all(Array.from({ length: 60 }, () => write(3)));
      writing = false;
      await Promise.all(sealers);
      await backend.sealAudit();
      const { intact, sealed, unsealed } = await backend.verifyAudit();
      assert.deepEqual([intact, sealed, unsealed], [true, 180, 0]);
    });
  });
}

test("an event that is committed after a younger one was sealed gets its seal too, on PostgreSQL", async () => {
  const engine = await onPostgres();
  try {
    const backend = backendOver(engine.store);
    let commit: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => (commit = resolve));
    let inserted: () => void = () => undefined;
    const drawn = new Promise<void>((resolve) => (inserted = resolve));
    const slow = engine.store.transaction(async (tx) => {
      await tx.audit.insert(event());
      inserted();
      await waiting;
    });
    await drawn;
    await engine.store.transaction((tx) => tx.audit.insert(event()));
    assert.equal(await backend.sealAudit(), 1);
    commit();
    await slow;
    assert.equal(await backend.sealAudit(), 1);
    const { intact, sealed, unsealed } = await backend.verifyAudit();
    assert.deepEqual([intact, sealed, unsealed], [true, 2, 0]);
  } finally {
    await engine.close();
  }
});

test("AU-4 the service's role purges what is over by the database's function, and still cannot delete, on PostgreSQL", async () => {
  const engine = await onPostgres();
  try {
    let now = new Date();
    const backend = backendOver(engine.store, { now: () => now });
    await engine.store.transaction(async (tx) => {
      for (let index = 0; index < 3; index++) await tx.audit.insert(event({ institutionId: null, at: now }));
    });
    await backend.sealAudit();
    now = new Date(now.getTime() + 6 * 366 * 24 * 3_600_000);
    const purge = backend.scheduledWork.find(({ name }) => name === "audit-purge");
    await purge?.run();
    await backend.sealAudit();
    const left = await engine.store.transaction((tx) => tx.audit.list({}));
    assert.deepEqual(
      left.map(({ action, details }) => [action, details["events"]]),
      [["audit.purged", 3]],
    );
    assert.equal((await backend.verifyAudit()).intact, true);
    await assert.rejects(engine.store.transaction((tx) => tx.audit.delete({})));
  } finally {
    await engine.close();
  }
});

function backendOver(store: Store, clock = systemClock): Backend {
  const nobody = { send: async () => undefined };
  const keys = createStoredKeys(store, clock, webRandom);
  const hasher = { hash: async () => "", verify: async () => false, needsRehash: () => false };
  const ports: Ports = {
    store,
    clock,
    keys,
    hasher,
    random: webRandom,
    mailer: nobody,
    sms: nobody,
    webhooks: { send: async () => ({ status: 200 }) },
  };
  const url = "https://api.example.jp";
  return createBackend(ports, {
    baseUrls: [url],
    issuer: url,
    environment: "sandbox",
    dataLocation: null,
    version: "0.1.0",
  });
}

function event(changes: Partial<AuditRecord> = {}): Omit<AuditRecord, "seq"> {
  return {
    id: webRandom.uuid(),
    at: new Date(),
    institutionId: INSTITUTION,
    actorId: null,
    actorName: "試験 花子",
    actorRole: "admin",
    action: "test.done",
    targetType: null,
    targetId: null,
    result: "ok",
    reason: null,
    details: { n: 1 },
    ip: null,
    userAgentHash: null,
    sessionId: null,
    requestId: webRandom.uuid(),
    ...changes,
  };
}
