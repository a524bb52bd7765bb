import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import type { CategoryId } from "@welby/contract/schemas";
import { ApiProblem } from "../../src/domain/api-problem.ts";
import { groupId, institutions, seedId } from "../../src/seed/index.ts";
import { listCategories } from "../../src/services/categories.ts";
import {
  createCategory,
  deleteCategory,
  orderCategories,
  updateCategory,
} from "../../src/services/category-changes.ts";
import { createGroup, listGroups } from "../../src/services/groups.ts";
import {
  as,
  demoPorts,
  dump,
  read,
  suzuki,
  takahashi,
  tanaka,
  withoutAudit,
  yamasaki,
  type ServicePorts,
} from "../support/service-ports.ts";

const refused = (code: string) => (error: unknown) => error instanceof ApiProblem && error.code === code;
const minato = institutions.minato.id;
const id = (name: string) => seedId(`category:minato:${name}`) as CategoryId;
const foreignAndMissing = [seedId("category:sakura:疾患"), crypto.randomUUID()] as CategoryId[];

let ports: ServicePorts;
beforeEach(async () => {
  ports = await demoPorts();
});

const list = async (by = suzuki) => (await listCategories(await as(ports, by, "listCategories"), {})).items;
const names = async (by = suzuki) => (await list(by)).map((item) => item.name);
const create = async (name: string, by = suzuki, on = ports) =>
  createCategory(await as(on, by, "createCategory"), { name });
const rename = async (categoryId: CategoryId, name: string, version = 1, by = suzuki, on = ports) =>
  updateCategory(await as(on, by, "updateCategory"), { categoryId, name, version });
const remove = async (categoryId: CategoryId, version = 1, by = suzuki, on = ports) =>
  deleteCategory(await as(on, by, "deleteCategory"), { categoryId, version });
const order = async (categoryIds: CategoryId[], by = suzuki, on = ports) =>
  (await orderCategories(await as(on, by, "orderCategories"), { categoryIds })).items;

describe("creating a category", () => {
  test("puts it last, as typed, with version 1, and the log says who", async () => {
    const made = await create(" 入院　病棟 ");
    assert.deepEqual([made.name, made.version, made.sortOrder], [" 入院　病棟 ", 1, 5]);
    assert.deepEqual((await list()).at(-1), made);
    const row = await read(ports, (tx) => tx.audit.get({ action: "category.created" }));
    assert.deepEqual(
      [row?.targetType, row?.targetId, row?.actorName, row?.details],
      ["category", made.id, "鈴木 健一", { name: " 入院　病棟 " }],
    );
  });

  for (const name of ["疾患", " 疾患", "疾\u200B患", "プログラム", "ﾌﾟﾛｸﾞﾗﾑ"]) {
    test(`GC-1 ${JSON.stringify(name)} is a name that is taken`, () =>
      assert.rejects(create(name), refused("duplicate_name")));
  }

  for (const name of ["'); DROP TABLE categories;--", "<img src=x onerror=alert(1)>", "=HYPERLINK(1)"]) {
    test(`A-002 A-017 ${name} is a name like any other, kept as it is`, async () =>
      assert.equal((await create(name)).name, name));
  }

  test("a name of another institution and one of a deleted category are free", async () => {
    await read(ports, (tx) =>
      tx.categories.update({ id: seedId("category:sakura:疾患") }, { name: "訪問", nameKey: "訪問" }),
    );
    await create("訪問");
    await remove(id("疾患"));
    assert.equal((await create("疾患")).version, 1);
  });

  test("GC-2 the 100th category is the last one", async () => {
    for (let index = 4; index < 100; index++) await create(`分類${index}`);
    await assert.rejects(create("一つ多い"), refused("limit_reached"));
    await assert.rejects(
      create("分類99"),
      refused("duplicate_name"),
      "a name that is there is worth saying first",
    );
    await remove(id("疾患"));
    await create("一つ多い");
  });
});

describe("renaming a category", () => {
  test("clause 4b keeps its place and its groups", async () => {
    const before = (await list()).find((item) => item.id === id("疾患"));
    const after = await rename(id("疾患"), "病名");
    assert.deepEqual(after, { ...before, name: "病名", version: 2 });
    const groups = await read(ports, (tx) => tx.groups.count({ categoryId: id("疾患") }));
    assert.ok(groups > 0);
    const row = await read(ports, (tx) => tx.audit.get({ action: "category.updated" }));
    assert.deepEqual(row?.details, { from: { name: "疾患" }, to: { name: "病名" } });
  });

  test("to what it already is moves no version, to another width of it does", async () => {
    assert.equal((await rename(id("プログラム"), "プログラム")).version, 1);
    assert.equal((await rename(id("プログラム"), "ﾌﾟﾛｸﾞﾗﾑ")).version, 2);
  });

  test("GC-1 to the name of another one is refused", () =>
    assert.rejects(rename(id("疾患"), "ﾌﾟﾛｸﾞﾗﾑ "), refused("duplicate_name")));

  test("clause 4b two editors: the second one is told who was quicker", async () => {
    await rename(id("疾患"), "病名", 1, tanaka);
    await assert.rejects(rename(id("疾患"), "診断", 1), (error: unknown) => {
      assert.ok(error instanceof ApiProblem);
      assert.deepEqual(
        [error.code, error.details.conflicts],
        [
          "version_conflict",
          [
            {
              id: id("疾患"),
              version: 2,
              changedBy: "田中 美咲",
              changedAt: "2026-11-23T09:00:00.000+09:00",
            },
          ],
        ],
      );
      return true;
    });
    assert.ok((await names()).includes("病名"));
  });
});

describe("deleting a category", () => {
  test("leaves its groups without one; nobody else's", async () => {
    const { items: before } = await listGroups(await as(ports, suzuki, "listGroups"), {});
    await remove(id("担当"));
    const { items: after } = await listGroups(await as(ports, suzuki, "listGroups"), {});
    assert.deepEqual(
      after,
      before.map((group) =>
        group.categoryId === id("担当") ? { ...group, categoryId: null, version: group.version + 1 } : group,
      ),
    );
    assert.deepEqual(await names(), ["疾患", "プログラム", "曜日外来"]);
    const row = await read(ports, (tx) => tx.audit.get({ action: "category.deleted" }));
    assert.deepEqual(row?.details, {
      name: "担当",
      groupIds: [groupId("minato", "鈴木医師"), groupId("minato", "栄養指導(髙橋)")],
    });
  });

  test("no group can be put into it any more, and it cannot be deleted again", async () => {
    await remove(id("担当"));
    const into = createGroup(await as(ports, suzuki, "createGroup"), {
      name: "外来A",
      categoryId: id("担当"),
    });
    await assert.rejects(into, refused("not_found"));
    await assert.rejects(remove(id("担当"), 2), refused("not_found"));
    await assert.rejects(rename(id("担当"), "x", 2), refused("not_found"));
  });

  test("a stale version deletes nothing", async () => {
    await rename(id("担当"), "担当者", 1, tanaka);
    const before = await dump(ports);
    await assert.rejects(remove(id("担当"), 1), refused("version_conflict"));
    assert.equal(await dump(ports), before);
  });

  test("does not break the cursor at it", async () => {
    const call = await as(ports, suzuki, "listCategories");
    const first = await listCategories(call, { limit: 2 });
    await remove(id("プログラム"));
    const second = await listCategories(call, { cursor: first.nextCursor ?? "" });
    assert.deepEqual(
      second.items.map((item) => item.name),
      ["担当", "曜日外来"],
    );
  });
});

describe("ordering categories", () => {
  const all = ["曜日外来", "疾患", "担当", "プログラム"];

  test("puts them as the list says and moves the version of those that moved", async () => {
    const items = await order(all.map(id));
    assert.deepEqual(
      items.map(({ name, sortOrder, version }) => [name, sortOrder, version]),
      [
        ["曜日外来", 1, 2],
        ["疾患", 2, 2],
        ["担当", 3, 1],
        ["プログラム", 4, 2],
      ],
    );
    assert.deepEqual(await list(), items);
    const row = await read(ports, (tx) => tx.audit.get({ action: "category.reordered" }));
    assert.deepEqual(row?.details, { categoryIds: all.map(id) });
  });

  test("the same order again moves nothing", async () => {
    await order(all.map(id));
    const before = await list();
    assert.deepEqual(await order(all.map(id)), before);
  });

  test("a list that misses one, names one twice, or names another's is a list of another time", async () => {
    const before = await dump(ports);
    const lists = [
      [],
      all.slice(1).map(id),
      [...all, "曜日外来"].map(id),
      [...all.slice(1), "疾患"].map(id),
      ...foreignAndMissing.map((other) => [...all.map(id), other]),
      ...foreignAndMissing.map((other) => [...all.slice(1).map(id), other]),
    ];
    for (const list of lists)
      await assert.rejects(order(list), refused("version_conflict"), String(list.length));
    assert.equal(await dump(ports), before);
  });

  test("clause 4b says who added the category that the list does not know", async () => {
    const added = await create("病棟", tanaka);
    await assert.rejects(order(all.map(id)), (error: unknown) => {
      assert.ok(error instanceof ApiProblem);
      assert.deepEqual(
        error.details.conflicts?.map(({ id: conflicting, changedBy }) => [conflicting, changedBy]),
        [[added.id, "田中 美咲"]],
      );
      return true;
    });
  });

  test("a category that was created next comes last", async () => {
    await order(all.map(id));
    assert.equal((await create("病棟")).sortOrder, 5);
  });
});

describe("categories and rights", () => {
  test("rows say what may be done with them, and why not", async () => {
    for (const item of await list(suzuki)) {
      assert.deepEqual(item.actions, [
        { action: "update", allowed: true },
        { action: "delete", allowed: true },
      ]);
    }
    for (const item of await list(takahashi)) {
      assert.deepEqual(item.actions, [
        { action: "update", allowed: false, disabledReason: "forbidden" },
        { action: "delete", allowed: false, disabledReason: "forbidden" },
      ]);
    }
  });

  test("A-042 another institution's category and a missing one are not found", async () => {
    for (const other of foreignAndMissing) {
      await assert.rejects(rename(other, "x"), refused("not_found"));
      await assert.rejects(remove(other), refused("not_found"));
    }
    await assert.rejects(rename(id("疾患"), "x", 1, yamasaki), refused("not_found"));
  });

  const writes: [string, string, (by: string, on?: ServicePorts) => Promise<unknown>][] = [
    ["createCategory", "category.created", (by, on) => create("病棟", by, on)],
    ["updateCategory", "category.updated", (by, on) => rename(id("疾患"), "病名", 1, by, on)],
    ["deleteCategory", "category.deleted", (by, on) => remove(id("疾患"), 1, by, on)],
    [
      "orderCategories",
      "category.reordered",
      (by, on) => order(["曜日外来", "疾患", "担当", "プログラム"].map(id), by, on),
    ],
  ];
  for (const [operation, action, run] of writes) {
    test(`SE-8 ${operation} without the right of this moment is refused and logged`, async () => {
      const before = await names();
      // A staff member's call, as of an administrator who was demoted while the call waited.
      await assert.rejects(run(takahashi), refused("forbidden"));
      const rows = await read(ports, (tx) => tx.audit.list({ action }));
      assert.deepEqual(
        rows.map((row) => [row.result, row.reason]),
        [["refused", "forbidden"]],
      );
      assert.deepEqual(await names(), before);
    });

    test(`AU-5 ${operation} changes nothing when the audit row cannot be written`, async () => {
      const before = await dump(ports);
      await assert.rejects(run(suzuki, withoutAudit(ports) as ServicePorts), /audit log is full/);
      assert.equal(await dump(ports), before);
    });
  }

  test("every change stays inside its institution", async () => {
    const elsewhere = () => read(ports, (tx) => tx.categories.list({ institutionId: { not: minato } }));
    const before = await elsewhere();
    const { id: added } = await create("病棟");
    await order([added, ...["曜日外来", "疾患", "担当", "プログラム"].map(id)]);
    await remove(id("疾患"), 2);
    assert.deepEqual(await elsewhere(), before);
  });
});
