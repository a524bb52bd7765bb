import type { Records } from "../../ports/records.ts";
import { UniqueViolation, type Store, type Transaction } from "../../ports/store.ts";
import { assert, assertEqual, assertRejects } from "../assert.ts";
import type { TestHarness } from "../harness.ts";
import { at, audit, auditChain, auditSeal, uuid } from "./fixtures.ts";

/** The seals over the audit log, and the one way out of it. */
export function auditLogTests(open: () => Promise<Store>, { test }: TestHarness): void {
  /** Events of a new institution, as they were numbered. */
  async function events(store: Store, count: number): Promise<Records["audit"][]> {
    const institutionId = uuid();
    return store.transaction(async (tx) => {
      for (let index = 0; index < count; index++) await tx.audit.insert(audit(institutionId));
      return tx.audit.list({ institutionId }, { orderBy: ["seq"] });
    });
  }

  const sealAll = (tx: Transaction, rows: readonly Records["audit"][]) =>
    tx.auditSeals.insertMany(
      rows.map(({ id, seq, institutionId }, index) =>
        auditSeal({ id, chain: institutionId ?? "", position: index + 1, eventSeq: seq }),
      ),
    );

  test("gives the events that have no seal, by their number, behind a number, and no more than asked for", async () => {
    const store = await open();
    const rows = await events(store, 4);
    const [first, second, third, fourth] = rows.map(({ id }) => id);
    const before = (rows[0]?.seq ?? 0) - 1;
    await store.transaction((tx) => sealAll(tx, rows.slice(1, 2)));
    const ids = async (after: number, limit: number) =>
      (await store.transaction((tx) => tx.unsealedAudit(after, limit))).map(({ id }) => id);
    assertEqual(await ids(before, 3), [first, third, fourth]);
    assertEqual(await ids(before, 1), [first]);
    assertEqual(await ids(rows[2]?.seq ?? 0, 1), [fourth]);
    assert(!(await ids(0, 1000)).includes(second ?? ""), "a sealed event was handed out");
    assertEqual((await store.transaction((tx) => tx.unsealedAudit(before, 1)))[0], rows[0]);
  });

  test("AU-4 deletes events up to the anchor of their chain with their seals, and nothing else", async () => {
    const store = await open();
    const [rows, others] = [await events(store, 3), await events(store, 1)];
    const chain = rows[0]?.institutionId ?? "";
    const other = others[0]?.institutionId ?? "";
    await store.transaction(async (tx) => {
      await sealAll(tx, rows);
      await sealAll(tx, others);
      await tx.auditChains.insert(auditChain({ chain, anchorPosition: 2 }));
      await tx.auditChains.insert(auditChain({ chain: other, anchorPosition: 0 }));
    });
    const purge = (name: string) => store.transaction((tx) => tx.purgeSealedAudit(name));
    assertEqual(await purge(chain), 2);
    assertEqual(await purge(chain), 0, "a second time there is nothing left to purge");
    assertEqual(await purge(other), 0, "a chain whose anchor stands at its beginning");
    assertEqual(await purge(uuid()), 0, "no chain");
    await store.transaction(async (tx) => {
      assertEqual(await tx.audit.list({ institutionId: chain }), rows.slice(2));
      assertEqual(
        (await tx.auditSeals.list({ chain })).map(({ position }) => position),
        [3],
      );
      assertEqual(await tx.audit.count({ institutionId: other }), 1);
      assertEqual(await tx.auditSeals.count({ chain: other }), 1);
    });
  });

  test("A-090 after a purge audit rows can still be neither changed nor deleted, in the same transaction too", async () => {
    const store = await open();
    const rows = await events(store, 2);
    const chain = rows[0]?.institutionId ?? "";
    await store.transaction(async (tx) => {
      await sealAll(tx, rows);
      await tx.auditChains.insert(auditChain({ chain, anchorPosition: 1 }));
    });
    await assertRejects(
      store.transaction(async (tx) => {
        await tx.purgeSealedAudit(chain);
        await tx.audit.delete({ institutionId: chain });
      }),
      "audit rows were deleted",
    );
    assertEqual(await store.transaction((tx) => tx.audit.count({ institutionId: chain })), 2);
  });

  test("a place in a chain is taken once", async () => {
    const store = await open();
    const chain = uuid();
    const error = await assertRejects(
      store.transaction(async (tx) => {
        await tx.auditSeals.insert(auditSeal({ chain, position: 7 }));
        await tx.auditSeals.insert(auditSeal({ chain, position: 7 }));
      }),
    );
    assert(error instanceof UniqueViolation && error.rule === "audit_seals_position", String(error));
  });

  test("seals and ends come back as they were kept", async () => {
    const store = await open();
    const seal = auditSeal({ previousHash: "before", sealedAt: at("2026-12-31T15:00:00.001Z") });
    const chain = auditChain({ anchorPosition: 3, anchorHash: "anchor" });
    await store.transaction(async (tx) => {
      await tx.auditSeals.insert(seal);
      await tx.auditChains.insert(chain);
    });
    await store.transaction(async (tx) => {
      assertEqual(await tx.auditSeals.get({ id: seal.id }), seal);
      assertEqual(await tx.auditChains.get({ chain: chain.chain }), chain);
    });
  });
}
