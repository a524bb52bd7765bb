import type { Store } from "../../ports/store.ts";
import { assert, assertEqual, assertRejects } from "../assert.ts";
import type { TestHarness } from "../harness.ts";
import { account, at, group, membership, person, throttle, uuid } from "./fixtures.ts";

/** Reading, writing, conditions, order. */
export function rowTests(open: () => Promise<Store>, { test }: TestHarness): void {
  test("gives back what was inserted, and undefined for what is not there", async () => {
    const store = await open();
    const row = group(uuid(), "高血圧");
    await store.transaction((tx) => tx.groups.insert(row));
    await store.transaction(async (tx) => {
      assertEqual(await tx.groups.get({ id: row.id }), row);
      assertEqual(await tx.groups.get({ id: uuid() }), undefined);
      assertEqual(await tx.groups.get({ id: row.id, institutionId: uuid() }), undefined);
    });
  });

  test("hands out copies and keeps copies", async () => {
    const store = await open();
    const row = account({ createdAt: at("2026-01-01T00:00:00Z") });
    const inserted = structuredClone(row);
    await store.transaction(async (tx) => {
      await tx.accounts.insert(inserted);
      inserted.createdAt.setFullYear(1999);
      inserted.passwordHash = "changed outside";
      const read = await tx.accounts.get({ id: row.id });
      assertEqual(read, row);
      read?.createdAt.setFullYear(1999);
      assertEqual(await tx.accounts.get({ id: row.id }), row);
    });
  });

  test("updates every row that matches and says how many", async () => {
    const store = await open();
    const institutionId = uuid();
    await store.transaction(async (tx) => {
      await tx.groups.insertMany([group(institutionId, "a"), group(institutionId, "b"), group(uuid(), "a")]);
      assertEqual(await tx.groups.update({ institutionId }, { sortOrder: 7 }), 2);
      assertEqual(await tx.groups.update({ institutionId, name: "nobody" }, { sortOrder: 9 }), 0);
      assertEqual(
        (await tx.groups.list({ institutionId })).map((row) => row.sortOrder),
        [7, 7],
      );
    });
  });

  test("a guarded update counts only what was still as expected", async () => {
    const store = await open();
    const row = group(uuid(), "a");
    await store.transaction(async (tx) => {
      await tx.groups.insert(row);
      assertEqual(await tx.groups.update({ id: row.id, version: 1 }, { version: 2 }), 1);
      assertEqual(await tx.groups.update({ id: row.id, version: 1 }, { version: 3 }), 0);
      assertEqual((await tx.groups.get({ id: row.id }))?.version, 2);
    });
  });

  test("deletes every row that matches and says how many", async () => {
    const store = await open();
    const institutionId = uuid();
    await store.transaction(async (tx) => {
      await tx.groups.insertMany([
        group(institutionId, "a"),
        group(institutionId, "b"),
        group(institutionId, "c"),
      ]);
      assertEqual(await tx.groups.delete({ institutionId, name: { in: ["a", "b"] } }), 2);
      assertEqual(await tx.groups.count({ institutionId }), 1);
    });
  });

  test("takes an empty list and five thousand rows at once", async () => {
    const store = await open();
    const institutionId = uuid();
    const links = Array.from(
      { length: 5000 },
      (_, index) => person(institutionId, { name: "甲", number: String(index) }).link,
    );
    await store.transaction(async (tx) => {
      await tx.patientLinks.insertMany([]);
      await tx.patientLinks.insertMany(links);
      assertEqual(await tx.patientLinks.count({ institutionId }), 5000);
    });
  });

  test("conditions: value, null, in, not, before, after, and all together", async () => {
    const store = await open();
    const prefix = `t:${uuid()}:`;
    const rows = [
      throttle({ key: `${prefix}a`, failures: 1, blockedUntil: null }),
      throttle({ key: `${prefix}b`, failures: 2, blockedUntil: at("2026-01-01T00:00:00.001Z") }),
      throttle({ key: `${prefix}c`, failures: 3, blockedUntil: at("2026-01-01T00:00:00.002Z") }),
    ];
    const mine = { in: rows.map((row) => row.key) };
    const middle = at("2026-01-01T00:00:00.002Z");
    await store.transaction(async (tx) => {
      await tx.throttles.insertMany(rows);
      const found = async (where: Parameters<typeof tx.throttles.list>[0]) =>
        (await tx.throttles.list({ key: mine, ...where }, { orderBy: ["key"] }))
          .map((row) => row.key.at(-1))
          .join("");
      assertEqual(await found({ failures: 2 }), "b");
      assertEqual(await found({ failures: { in: [1, 3, 99] } }), "ac");
      assertEqual(await found({ failures: { in: [] } }), "", "an empty list matches nothing");
      assertEqual(await found({ failures: { not: 2 } }), "ac");
      assertEqual(await found({ failures: { before: 2 } }), "a", "before excludes its bound");
      assertEqual(await found({ failures: { after: 2 } }), "c", "after excludes its bound");
      assertEqual(await found({ failures: { after: 1, before: 3 } }), "b", "both bounds are excluded");
      assertEqual(await found({ failures: { after: 1, before: 2 } }), "", "nothing lies between neighbours");
      assertEqual(await found({ blockedUntil: null }), "a");
      assertEqual(await found({ blockedUntil: { not: null } }), "bc");
      assertEqual(await found({ blockedUntil: middle }), "c", "a date matches by its time");
      assertEqual(await found({ blockedUntil: { not: middle } }), "ab", "null is not the excluded value");
      assertEqual(await found({ blockedUntil: { before: middle } }), "b", "null is before nothing");
      assertEqual(
        await found({ blockedUntil: { after: at("2000-01-01T00:00:00Z") } }),
        "bc",
        "null is after nothing",
      );
      assertEqual(await found({ failures: { after: 1 }, blockedUntil: { not: null } }), "bc");
      assertEqual(await tx.throttles.count({ key: mine, failures: { after: 1 } }), 2);
    });
  });

  test("a boolean column matches by value", async () => {
    const store = await open();
    const institutionId = uuid();
    await store.transaction(async (tx) => {
      await tx.accounts.insertMany([
        account({ institutionId, mustChangePassword: true }),
        account({ institutionId }),
      ]);
      assertEqual(await tx.accounts.count({ institutionId, mustChangePassword: true }), 1);
      assertEqual(await tx.accounts.count({ institutionId, mustChangePassword: false }), 1);
    });
  });

  test("refuses a condition of undefined, so that a slip never changes every row", async () => {
    const store = await open();
    const row = group(uuid(), "kept");
    await store.transaction((tx) => tx.groups.insert(row));
    const slip = { id: undefined } as unknown as { id: string };
    await assertRejects(store.transaction((tx) => tx.groups.delete(slip)));
    await assertRejects(store.transaction((tx) => tx.groups.update(slip, { name: "gone" })));
    await assertRejects(store.transaction((tx) => tx.groups.get(slip)));
    assertEqual(await store.transaction((tx) => tx.groups.get({ id: row.id })), row);
  });

  test("orders by several columns, text by code points, null last in both directions, ties by key", async () => {
    const store = await open();
    const institutionId = uuid();
    // 𠮷 (U+20BB7) sorts before U+FA1B by UTF-16 units and after it by code points.
    const names = ["B", "a", "あ", "\uFA1B", "𠮷"];
    await store.transaction(async (tx) => {
      await tx.groups.insertMany(names.toReversed().map((name) => group(institutionId, name)));
      const list = (descending: boolean) =>
        tx.groups.list({ institutionId }, { orderBy: ["name"], descending });
      assertEqual(
        (await list(false)).map((row) => row.name),
        names,
      );
      assertEqual(
        (await list(true)).map((row) => row.name),
        names.toReversed(),
      );

      const other = uuid();
      const category = uuid();
      const rows = [
        group(other, "1", { categoryId: null, sortOrder: 2 }),
        group(other, "2", { categoryId: category, sortOrder: 2 }),
        group(other, "3", { categoryId: category, sortOrder: 1 }),
      ];
      await tx.groups.insertMany(rows);
      const ordered = async (descending: boolean) =>
        (await tx.groups.list({ institutionId: other }, { orderBy: ["categoryId", "sortOrder"], descending }))
          .map((row) => row.name)
          .join("");
      assertEqual(await ordered(false), "321");
      assertEqual(await ordered(true), "231");

      const byKey = (
        await tx.groups.list({ institutionId: other }, { orderBy: ["institutionId"], descending: true })
      ).map((row) => row.id);
      assertEqual(byKey, rows.map((row) => row.id).sort());
    });
  });

  test("pages by limit and offset", async () => {
    const store = await open();
    const institutionId = uuid();
    await store.transaction(async (tx) => {
      await tx.groups.insertMany(
        [3, 1, 2, 0].map((order) => group(institutionId, `g${order}`, { sortOrder: order })),
      );
      const page = async (limit: number, offset: number) =>
        (await tx.groups.list({ institutionId }, { orderBy: ["sortOrder"], limit, offset })).map(
          (row) => row.sortOrder,
        );
      assertEqual(await page(2, 0), [0, 1]);
      assertEqual(await page(2, 2), [2, 3]);
      assertEqual(await page(2, 4), []);
      assertEqual(await page(0, 0), []);
    });
  });

  test("counts open memberships per group of one institution", async () => {
    const store = await open();
    const [mine, theirs, first, second] = [uuid(), uuid(), uuid(), uuid()];
    await store.transaction(async (tx) => {
      await tx.memberships.insertMany([
        membership(mine, first, uuid()),
        membership(mine, first, uuid()),
        membership(mine, first, uuid(), { removedAt: at("2026-01-01T00:00:00Z"), removedBy: uuid() }),
        membership(theirs, second, uuid()),
      ]);
      const counts = await tx.memberCounts(mine);
      assertEqual(counts.get(first), 2);
      assert(!counts.get(second), "another institution's memberships are not counted");
      assertEqual((await tx.memberCounts(uuid())).size, 0);
    });
  });
}
