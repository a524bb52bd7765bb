import { StoreUnavailable, UniqueViolation, type Store, type Transaction } from "../../ports/store.ts";
import { assert, assertEqual, assertRejects } from "../assert.ts";
import type { TestHarness } from "../harness.ts";
import { audit, group, institution, uuid } from "./fixtures.ts";

/** All or nothing, and nothing after the end. */
export function transactionTests(
  open: () => Promise<Store>,
  openOwn: () => Promise<{ store: Store; close(): Promise<void> }>,
  { test }: TestHarness,
): void {
  test("answers what the work answers, and reads its own writes", async () => {
    const store = await open();
    const row = institution();
    const answer = await store.transaction(async (tx) => {
      await tx.institutions.insert(row);
      return tx.institutions.get({ id: row.id });
    });
    assertEqual(answer, row);
  });

  test("takes back inserts, updates and deletes of every table when the work throws, and throws the same error", async () => {
    const store = await open();
    const institutionId = uuid();
    const [kept, deleted] = [group(institutionId, "kept"), group(institutionId, "deleted")];
    await store.transaction((tx) => tx.groups.insertMany([kept, deleted]));
    const failure = new Error("the work failed");
    const error = await assertRejects(
      store.transaction(async (tx) => {
        await tx.groups.update({ id: kept.id }, { name: "changed", nameKey: "changed" });
        await tx.groups.update({ id: kept.id }, { name: "changed again", version: 5 });
        await tx.groups.delete({ id: deleted.id });
        await tx.groups.insert(group(institutionId, "deleted"));
        await tx.audit.insert(audit(institutionId));
        throw failure;
      }),
    );
    assert(error === failure, "another error came out");
    await store.transaction(async (tx) => {
      const expected = [kept, deleted].sort((a, b) => (a.id < b.id ? -1 : 1));
      assertEqual(await tx.groups.list({ institutionId }), expected);
      assertEqual(await tx.audit.count({ institutionId }), 0);
      assertEqual(
        await tx.groups.insertIfAbsent(group(institutionId, "changed")),
        true,
        "the name is free again",
      );
    });
  });

  test("a transaction in which a unique rule was broken never commits, also when the error was swallowed", async () => {
    const store = await open();
    const institutionId = uuid();
    const error = await assertRejects(
      store.transaction(async (tx) => {
        await tx.groups.insert(group(institutionId, "a"));
        await tx.groups.insert(group(institutionId, "a")).catch(() => undefined);
      }),
    );
    assert(error instanceof UniqueViolation, `expected the swallowed violation, got ${String(error)}`);
    await assertRejects(
      store.transaction(async (tx) => {
        await tx.groups.insert(group(institutionId, "b"));
        await tx.groups.insert(group(institutionId, "b")).catch(() => undefined);
        await tx.groups.insert(group(institutionId, "c"));
      }),
    );
    assertEqual(await store.transaction((tx) => tx.groups.count({ institutionId })), 0);
  });

  test("refuses every use after its end", async () => {
    const store = await open();
    const institutionId = uuid();
    let escaped: Transaction | undefined;
    await store.transaction(async (tx) => {
      escaped = tx;
    });
    const late = escaped;
    assert(late, "no transaction");
    await assertRejects(late.groups.insert(group(institutionId, "late")));
    await assertRejects(late.groups.list({ institutionId }));
    await assertRejects(late.lock("late"));
    await assertRejects(late.memberCounts(institutionId));
    assertEqual(await store.transaction((tx) => tx.groups.count({ institutionId })), 0);
  });

  test("one failed transaction leaves the store usable", async () => {
    const store = await open();
    await assertRejects(store.transaction(() => Promise.reject(new Error("first"))));
    assertEqual(await store.transaction(async () => "next"), "next");
    await store.ping();
  });

  test("a lock can be taken twice by the same transaction and is free after it", async () => {
    const store = await open();
    const name = `lock:${uuid()}`;
    await store.transaction(async (tx) => {
      await tx.lock(name);
      await tx.lock(name);
      assertEqual(await tx.tryLock(name), true);
    });
    await assertRejects(
      store.transaction(async (tx) => {
        await tx.lock(name);
        throw new Error("failed while holding");
      }),
    );
    assertEqual(await store.transaction((tx) => tx.tryLock(name)), true);
  });

  test("a closed store says that it is unavailable", async () => {
    const own = await openOwn();
    await own.store.ping();
    await own.close();
    assert((await assertRejects(own.store.ping())) instanceof StoreUnavailable, "ping on a closed store");
    const error = await assertRejects(own.store.transaction(async (tx) => tx.institutions.count({})));
    assert(error instanceof StoreUnavailable, `expected StoreUnavailable, got ${String(error)}`);
  });
}
