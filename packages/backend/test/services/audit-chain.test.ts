import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import type { AuditChainRecord, AuditRecord, AuditSealRecord, Transaction } from "../../src/ports/index.ts";
import { purgeAudit } from "../../src/services/audit-retention.ts";
import { sealAudit } from "../../src/services/audit-sealer.ts";
import { verifyAudit } from "../../src/services/audit-verification.ts";
import { audit, institution } from "../../src/testing/store/fixtures.ts";
import { read, servicePorts, type ServicePorts } from "../support/service-ports.ts";
import { interceptTransactions } from "../support/store-faults.ts";
import { createWorld } from "../support/world.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let ports: ServicePorts;
let chain: string;
beforeEach(async () => {
  ports = await servicePorts();
  const place = institution();
  chain = place.id;
  await read(ports, (tx) => tx.institutions.insert(place));
});

async function write(count: number, changes: Parameters<typeof audit>[1] = {}): Promise<AuditRecord[]> {
  const at = ports.clock.now();
  return read(ports, async (tx) => {
    for (let index = 0; index < count; index++) await tx.audit.insert(audit(chain, { at, ...changes }));
    return tx.audit.list({}, { orderBy: ["seq"] });
  });
}

interface Tampering {
  readonly events?: (rows: AuditRecord[]) => AuditRecord[];
  readonly seals?: (rows: AuditSealRecord[]) => AuditSealRecord[];
  readonly chains?: (rows: AuditChainRecord[]) => AuditChainRecord[];
}

/** A database whose rows somebody changed: it hands out what they became. */
function tamper({ events = same, seals = same, chains = same }: Tampering): void {
  interceptTransactions(ports.store, (tx): Transaction => {
    const list = <Row>(
      table: { list: (...input: never[]) => Promise<Row[]> },
      change: (rows: Row[]) => Row[],
    ) => (async (...input: never[]) => change(await table.list(...input))) as never;
    return {
      ...tx,
      audit: { ...tx.audit, list: list(tx.audit, events) },
      auditSeals: {
        ...tx.auditSeals,
        list: list(tx.auditSeals, seals),
        count: async (where) => seals(await tx.auditSeals.list(where)).length,
      },
      auditChains: { ...tx.auditChains, list: list(tx.auditChains, chains) },
      unsealedAudit: async (after, limit) => events(await tx.unsealedAudit(after, limit)),
    };
  });
}
const same = <Row>(rows: Row[]) => rows;
const only = async () => {
  const { intact, problems } = await verifyAudit(ports);
  assert.equal(intact, false);
  return problems.map(({ chain: _chain, ...problem }) => problem);
};

describe("AU-2 the sealed log", () => {
  test("an empty one is intact", async () => {
    assert.deepEqual(await verifyAudit(ports), {
      intact: true,
      sealed: 0,
      unsealed: 0,
      unsealedSince: null,
      problems: [],
      heads: [],
    });
  });

  test("is intact after any number of batches, and the unsealed tail is counted", async () => {
    await write(1203);
    assert.equal(await sealAudit(ports), 1203);
    assert.equal(await sealAudit(ports), 0);
    await write(2);
    await sealAudit(ports);
    await write(3);
    const { intact, sealed, unsealed, unsealedSince } = await verifyAudit(ports);
    assert.deepEqual(
      [intact, sealed, unsealed, unsealedSince],
      [true, 1205, 3, "2026-11-23T09:00:00.000+09:00"],
    );
  });

  test("each institution has a chain of its own, and the service one for what belongs to none", async () => {
    await write(2);
    await write(1, { institutionId: null });
    await write(1, { institutionId: "7f0c1f57-58a1-4d2b-8a43-0d5b2a5f4a11" });
    await sealAudit(ports);
    const { heads, intact } = await verifyAudit(ports);
    assert.equal(intact, true);
    assert.deepEqual(
      heads.map((head) => [head.chain, head.headPosition]).sort(),
      [
        [chain, 2],
        ["7f0c1f57-58a1-4d2b-8a43-0d5b2a5f4a11", 1],
        ["service", 1],
      ].sort(),
    );
  });

  test("one instance seals at a time, the others leave it alone", async () => {
    await write(3);
    interceptTransactions(ports.store, (tx) => ({ ...tx, tryLock: async () => false }));
    assert.equal(await sealAudit(ports), 0);
  });

  test("an event that was committed late is sealed after younger ones", async () => {
    const rows = await write(3);
    const late = rows[1]?.id ?? "";
    const restore = interceptTransactions(ports.store, (tx) => ({
      ...tx,
      unsealedAudit: async (after, limit) =>
        (await tx.unsealedAudit(after, limit)).filter(({ id }) => id !== late),
    }));
    await sealAudit(ports);
    restore();
    assert.equal(await sealAudit(ports), 1);
    const seals = await read(ports, (tx) => tx.auditSeals.list({ chain }, { orderBy: ["position"] }));
    assert.equal(seals.at(-1)?.id, late);
    assert.equal((await verifyAudit(ports)).intact, true);
  });
});

describe("A-090 verify names the first bad event", () => {
  const FIELDS: readonly (readonly [keyof AuditRecord, Partial<AuditRecord>])[] = [
    ["at", { at: new Date("2026-11-23T00:00:00.001Z") }],
    ["institutionId", { institutionId: null }],
    ["actorId", { actorId: null }],
    ["actorName", { actorName: "試験 花男" }],
    ["actorRole", { actorRole: "staff" }],
    ["action", { action: "test.dona" }],
    ["targetType", { targetType: "staff" }],
    ["targetId", { targetId: "x" }],
    ["result", { result: "failed" }],
    ["reason", { reason: "" }],
    ["details", { details: { a: 1 } }],
    ["ip", { ip: "192.0.2.1" }],
    ["userAgentHash", { userAgentHash: "x" }],
    ["sessionId", { sessionId: "x" }],
    ["requestId", { requestId: "7f0c1f57-58a1-4d2b-8a43-0d5b2a5f4a11" }],
  ];
  for (const [field, change] of FIELDS) {
    test(`when ${field} of one was edited`, async () => {
      const rows = await write(5);
      await sealAudit(ports);
      tamper({ events: (all) => all.map((row) => (row.id === rows[2]?.id ? { ...row, ...change } : row)) });
      const [first] = await only();
      assert.equal(first?.seq, rows[2]?.seq);
      assert.equal(first?.problem, field === "institutionId" ? "moved" : "changed");
    });
  }

  test("the list of fields above leaves none out", async () => {
    const [row] = await write(1);
    const names = Object.keys(row ?? {}).filter((name) => name !== "id" && name !== "seq");
    assert.deepEqual(names.sort(), FIELDS.map(([field]) => field as string).sort());
  });

  test("when one was deleted", async () => {
    const rows = await write(5);
    await sealAudit(ports);
    tamper({ events: (all) => all.filter(({ id }) => id !== rows[2]?.id) });
    assert.deepEqual(await only(), [{ seq: rows[2]?.seq, problem: "missing" }]);
  });

  test("when one was deleted with its seal", async () => {
    const rows = await write(5);
    await sealAudit(ports);
    const gone = rows[2]?.id;
    tamper({
      events: (all) => all.filter(({ id }) => id !== gone),
      seals: (all) => all.filter(({ id }) => id !== gone),
    });
    assert.deepEqual(await only(), [{ seq: rows[2]?.seq, problem: "missing" }]);
  });

  test("when one was deleted with its seal and the places behind it were closed up", async () => {
    const rows = await write(5);
    await sealAudit(ports);
    const gone = rows[2]?.id;
    tamper({
      events: (all) => all.filter(({ id }) => id !== gone),
      seals: (all) =>
        all
          .filter(({ id }) => id !== gone)
          .map((seal) => (seal.position > 3 ? { ...seal, position: seal.position - 1 } : seal)),
    });
    assert.deepEqual(await only(), [{ seq: rows[3]?.seq, problem: "moved" }]);
  });

  test("when two changed places", async () => {
    const rows = await write(5);
    await sealAudit(ports);
    const [one, other] = [rows[1], rows[3]];
    const swapped = (row: AuditRecord) =>
      row.id === one?.id
        ? { ...row, seq: other?.seq ?? 0 }
        : row.id === other?.id
          ? { ...row, seq: one?.seq ?? 0 }
          : row;
    tamper({ events: (all) => all.map(swapped) });
    const [first] = await only();
    assert.equal(first?.problem, "moved");
    assert.equal(first?.seq, other?.seq);
  });

  test("when two seals changed places", async () => {
    const rows = await write(5);
    await sealAudit(ports);
    tamper({
      seals: (all) =>
        all
          .map((seal) => ({ ...seal, position: { 2: 4, 4: 2 }[seal.position] ?? seal.position }))
          .sort((a, b) => a.position - b.position),
    });
    assert.deepEqual(await only(), [{ seq: rows[3]?.seq, problem: "moved" }]);
  });

  test("when the end was cut off", async () => {
    const rows = await write(5);
    await sealAudit(ports);
    const kept = new Set(rows.slice(0, 3).map(({ id }) => id));
    tamper({
      events: (all) => all.filter(({ id }) => kept.has(id)),
      seals: (all) => all.filter(({ id }) => kept.has(id)),
    });
    assert.deepEqual(await only(), [{ seq: rows[3]?.seq, problem: "missing" }]);
  });

  test("when the end was cut off and the chain's end moved without the key", async () => {
    const rows = await write(5);
    await sealAudit(ports);
    const seals = await read(ports, (tx) => tx.auditSeals.list({ chain }, { orderBy: ["position"] }));
    const kept = new Set(rows.slice(0, 3).map(({ id }) => id));
    tamper({
      events: (all) => all.filter(({ id }) => kept.has(id)),
      seals: (all) => all.filter(({ id }) => kept.has(id)),
      chains: (all) => all.map((row) => ({ ...row, headPosition: 3, headHash: seals[2]?.hash ?? "" })),
    });
    assert.deepEqual(await only(), [{ seq: rows[3]?.seq, problem: "ends" }]);
  });

  test("when an old end was put back and nothing else was done", async () => {
    const rows = await write(3);
    await sealAudit(ports);
    const old = await read(ports, (tx) => tx.auditChains.get({ chain }));
    await write(2);
    await sealAudit(ports);
    tamper({ chains: () => (old ? [old] : []) });
    const [problem] = await only();
    assert.deepEqual(problem, { seq: (rows[2]?.seq ?? 0) + 1, problem: "ends" });
  });

  test("when the chain was cut back to an older state as a whole, by a head that was kept elsewhere", async () => {
    const rows = await write(3);
    await sealAudit(ports);
    const old = await read(ports, (tx) => tx.auditChains.get({ chain }));
    await write(2);
    await sealAudit(ports);
    const { heads } = await verifyAudit(ports);
    const kept = new Set(rows.map(({ id }) => id));
    tamper({
      events: (all) => all.filter(({ id }) => kept.has(id)),
      seals: (all) => all.filter(({ id }) => kept.has(id)),
      chains: () => (old ? [old] : []),
    });
    const { problems } = await verifyAudit(ports, heads);
    assert.deepEqual(problems, [{ chain, seq: (rows[2]?.seq ?? 0) + 1, problem: "missing" }]);
  });

  test("when everything is gone, by a head that was kept elsewhere", async () => {
    await write(3);
    await sealAudit(ports);
    const { heads } = await verifyAudit(ports);
    tamper({ events: () => [], seals: () => [], chains: () => [] });
    assert.deepEqual((await verifyAudit(ports, heads)).problems, [{ chain, seq: 1, problem: "missing" }]);
  });

  test("when one was slipped in behind what was sealed long ago", async () => {
    const rows = await write(3);
    const hidden = rows[1]?.id;
    const restore = interceptTransactions(ports.store, (tx) => ({
      ...tx,
      unsealedAudit: async (after, limit) =>
        (await tx.unsealedAudit(after, limit)).filter(({ id }) => id !== hidden),
    }));
    await sealAudit(ports);
    restore();
    ports.nowMs += 3 * MINUTE;
    assert.deepEqual(await only(), [{ seq: rows[1]?.seq, problem: "slipped_in" }]);
  });

  test("in each chain, the lowest number first", async () => {
    const other = "7f0c1f57-58a1-4d2b-8a43-0d5b2a5f4a11";
    await write(3);
    const rows = await write(3, { institutionId: other });
    await sealAudit(ports);
    const bad = new Set([rows[1]?.id, rows[4]?.id]);
    tamper({ events: (all) => all.map((row) => (bad.has(row.id) ? { ...row, action: "forged" } : row)) });
    assert.deepEqual((await verifyAudit(ports)).problems, [
      { chain, seq: rows[1]?.seq, problem: "changed" },
      { chain: other, seq: rows[4]?.seq, problem: "changed" },
    ]);
  });
});

describe("AU-4 how long events are kept", () => {
  const keep = (auditYears: number) =>
    read(ports, (tx) =>
      tx.institutions.update({ id: chain }, { retention: { patientDays: 30, auditYears } }),
    );

  test("until the day before the years are over, and not on the day after", async () => {
    await keep(5);
    await write(2);
    await sealAudit(ports);
    ports.nowMs = Date.parse("2031-11-23T09:00:00+09:00");
    assert.equal(await purgeAudit(ports), 0);
    ports.nowMs += 1;
    assert.equal(await purgeAudit(ports), 2);
  });

  test("a purge is an event, and what is left is intact from its anchor on", async () => {
    await keep(1);
    const old = await write(3);
    await sealAudit(ports);
    ports.nowMs += 200 * DAY;
    await write(2);
    await sealAudit(ports);
    ports.nowMs += 200 * DAY;
    assert.equal(await purgeAudit(ports), 3);
    await sealAudit(ports);
    const { intact, sealed, problems } = await verifyAudit(ports);
    assert.deepEqual([intact, sealed, problems], [true, 3, []]);
    const [purge] = await read(ports, (tx) => tx.audit.list({ action: "audit.purged" }));
    assert.equal(purge?.institutionId, chain);
    assert.deepEqual(purge?.details, {
      events: 3,
      before: "2026-12-28T09:00:00.000+09:00",
      throughSeq: old[2]?.seq,
    });
  });

  test("A-090 after a purge an edit is still found", async () => {
    await keep(1);
    await write(2);
    await sealAudit(ports);
    ports.nowMs += 400 * DAY;
    const rows = await write(3);
    await sealAudit(ports);
    await purgeAudit(ports);
    await sealAudit(ports);
    const edited = rows[3];
    tamper({
      events: (all) => all.map((row) => (row.id === edited?.id ? { ...row, action: "forged" } : row)),
    });
    assert.deepEqual(await only(), [{ seq: edited?.seq, problem: "changed" }]);
  });

  test("A-090 an anchor that was moved without the key is found", async () => {
    await write(4);
    await sealAudit(ports);
    const seals = await read(ports, (tx) => tx.auditSeals.list({ chain }, { orderBy: ["position"] }));
    tamper({
      seals: (all) => all.filter(({ position }) => position > 2),
      chains: (all) => all.map((row) => ({ ...row, anchorPosition: 2, anchorHash: seals[1]?.hash ?? "" })),
    });
    const [problem] = await only();
    assert.equal(problem?.problem, "ends");
  });

  test("events of others, events without a seal and events behind a younger one stay", async () => {
    await keep(1);
    await write(1);
    await write(1, { at: new Date(ports.nowMs + 300 * DAY) });
    await write(1);
    await write(1, { institutionId: null });
    await sealAudit(ports);
    await write(1);
    ports.nowMs += 400 * DAY;
    assert.equal(await purgeAudit(ports), 1);
    assert.equal(await read(ports, (tx) => tx.audit.count({ action: "test.done" })), 4);
  });
});

test("AU-2 the backend seals and verifies by itself, from the first seeded event on", async () => {
  const world = await createWorld();
  await world.signedIn();
  assert.ok((await world.backend.sealAudit()) >= 2);
  const { intact, unsealed } = await world.backend.verifyAudit();
  assert.deepEqual([intact, unsealed], [true, 0]);
});
