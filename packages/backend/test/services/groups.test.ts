import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import type { CategoryId, GroupId, PatientId } from "@welby/contract/schemas";
import { ApiProblem } from "../../src/domain/api-problem.ts";
import {
  demoGroups,
  generatePatients,
  groupId,
  institutions,
  patientId,
  seedId,
} from "../../src/seed/index.ts";
import { listCategories } from "../../src/services/categories.ts";
import { changeGroupMembers, createGroup, listGroups } from "../../src/services/groups.ts";
import {
  as,
  demoPorts,
  dump,
  read,
  suzuki,
  takahashi,
  withoutAudit,
  yamasaki,
  type ServicePorts,
} from "../support/service-ports.ts";

const refused = (code: string) => (error: unknown) => error instanceof ApiProblem && error.code === code;
const hypertension = groupId("minato", "高血圧") as GroupId;
const remote = groupId("minato", "遠方") as GroupId;
const [kazuko, wako, yoshida] = ["sato-kazuko", "sato-wako", "yoshida"].map(
  (id) => patientId(id) as PatientId,
) as [PatientId, PatientId, PatientId];

let ports: ServicePorts;
beforeEach(async () => {
  ports = await demoPorts();
});

describe("the lists", () => {
  test("groups come in their order with the number of their members", async () => {
    const { items, total } = await listGroups(await as(ports, takahashi, "listGroups"), {});
    assert.deepEqual(
      items.map((item) => item.name),
      demoGroups.minato.flatMap(([, names]) => names),
    );
    assert.equal(total, items.length);
    const counted = await read(ports, (tx) =>
      tx.memberships.count({ groupId: hypertension, removedAt: null }),
    );
    assert.equal(items[0]?.memberCount, counted);
    assert.ok(counted > 1);
  });

  test("categories come in their order, each institution its own", async () => {
    const names = async (by: string) =>
      (await listCategories(await as(ports, by, "listCategories"), {})).items.map((item) => item.name);
    assert.deepEqual(await names(suzuki), ["疾患", "プログラム", "担当", "曜日外来"]);
    assert.deepEqual(await names(yamasaki), ["疾患"]);
  });

  test("pages see every group once, and a deleted group does not break the cursor at it", async () => {
    const call = await as(ports, suzuki, "listGroups");
    const first = await listGroups(call, { limit: 4 });
    await read(ports, (tx) => tx.groups.update({ id: first.items[3]?.id ?? "" }, { deletedAt: new Date() }));
    const second = await listGroups(call, { limit: 200, cursor: first.nextCursor ?? "" });
    assert.equal(first.items.length + second.items.length, first.total);
    assert.equal(second.total, first.total - 1);
    assert.equal(second.nextCursor, null);
  });
});

describe("creating a group", () => {
  const create = async (name: string, categoryId?: string, by = suzuki, on = ports) =>
    createGroup(await as(on, by, "createGroup"), {
      name,
      ...(categoryId && { categoryId: categoryId as CategoryId }),
    });

  test("puts it last, as typed, with version 1", async () => {
    const before = (await listGroups(await as(ports, suzuki, "listGroups"), {})).items;
    const group = await create("  外来　A ", seedId("category:minato:担当"));
    assert.deepEqual([group.name, group.version, group.memberCount], ["  外来　A ", 1, 0]);
    assert.equal(group.sortOrder, Math.max(...before.map((one) => one.sortOrder)) + 1);
    const after = (await listGroups(await as(ports, suzuki, "listGroups"), {})).items;
    assert.deepEqual(after.at(-1), group);
  });

  test("staff may do it too, and the log says who", async () => {
    const group = await create("外来A", undefined, takahashi);
    const row = await read(ports, (tx) => tx.audit.get({ action: "group.created" }));
    assert.deepEqual([row?.targetId, row?.actorName, row?.actorRole], [group.id, "髙橋 由美", "staff"]);
  });

  for (const name of [
    "CKD",
    "ｃｋｄ",
    " CKD ",
    "C\u200BKD",
    "先頭に空白のあるグループ",
    "２型糖尿病",
    "高血圧　",
  ]) {
    test(`${JSON.stringify(name)} is a name that is taken`, () =>
      assert.rejects(create(name), refused("duplicate_name")));
  }

  for (const name of [
    "CKD2",
    "髙血圧",
    "'); DROP TABLE groups;--",
    "<img src=x onerror=alert(1)>",
    "=HYPERLINK(1)",
  ]) {
    test(`A-002 A-017 ${name} is a name like any other, kept as it is`, async () =>
      assert.equal((await create(name)).name, name));
  }

  test("a name of another institution and a name of a deleted group are free", async () => {
    await create("訪問診療");
    await read(ports, (tx) => tx.groups.update({ id: hypertension }, { deletedAt: new Date() }));
    await create("高血圧");
  });

  test("GC-2 the 200th group is the last one", async () => {
    const now = await read(ports, (tx) =>
      tx.groups.count({ institutionId: seedId("institution:minato"), deletedAt: null }),
    );
    for (let index = now; index < 200; index++) await create(`外来${index}`);
    await assert.rejects(create("一つ多い"), refused("limit_reached"));
    await assert.rejects(
      create("外来199"),
      refused("duplicate_name"),
      "a name that is there is worth saying first",
    );
  });

  test("A-042 a missing category and another institution's are not found", async () => {
    for (const id of [crypto.randomUUID(), seedId("category:sakura:疾患")])
      await assert.rejects(create("外来A", id), refused("not_found"));
  });

  test("AU-5 nothing changes when the audit row cannot be written", async () => {
    const before = await dump(ports);
    await assert.rejects(
      create("外来A", undefined, suzuki, withoutAudit(ports) as ServicePorts),
      /audit log is full/,
    );
    assert.equal(await dump(ports), before);
  });
});

describe("assigning patients", () => {
  const assign = async (
    group: GroupId,
    add: PatientId[],
    remove: PatientId[] = [],
    by = takahashi,
    on = ports,
  ) => changeGroupMembers(await as(on, by, "changeGroupMembers"), { groupId: group, add, remove });
  const versionOf = async (patient: string) =>
    (
      await read(ports, (tx) =>
        tx.patientLinks.get({ patientId: patient, institutionId: seedId("institution:minato") }),
      )
    )?.version;

  test("counts what really changed and moves the version of those patients only", async () => {
    const result = await assign(remote, [kazuko, wako]);
    assert.deepEqual([result.added, result.removed, result.group.memberCount], [2, 0, 3]);
    const again = await assign(remote, [kazuko, yoshida], [wako]);
    assert.deepEqual([again.added, again.removed, again.group.memberCount], [1, 1, 3]);
    assert.deepEqual([await versionOf(kazuko), await versionOf(wako), await versionOf(yoshida)], [2, 3, 2]);
  });

  test("a patient named twice counts once", async () => {
    assert.equal((await assign(remote, [kazuko, kazuko])).added, 1);
  });

  test("taking away somebody who is not in the group changes nothing", async () => {
    assert.deepEqual((await assign(remote, [], [kazuko])).removed, 0);
    assert.equal(await versionOf(kazuko), 1);
  });

  test("history is kept", async () => {
    await assign(remote, [kazuko]);
    ports.nowMs += 1000;
    await assign(remote, [], [kazuko], suzuki);
    await assign(remote, [kazuko]);
    const rows = await read(ports, (tx) => tx.memberships.list({ groupId: remote, patientId: kazuko }));
    assert.equal(rows.length, 2);
    const ended = rows.find((row) => row.removedAt !== null);
    const accounts = await read(ports, (tx) =>
      tx.staff.list({ accountId: { in: [ended?.addedBy ?? "", ended?.removedBy ?? ""] } }),
    );
    assert.deepEqual(accounts.map((row) => row.nameText).sort(), ["鈴木 健一", "髙橋 由美"].sort());
  });

  for (const status of ["requested", "revoked", "unlinked"]) {
    test(`a patient whose link is ${status} is refused, and with them everybody`, async () => {
      const before = await dump(ports);
      await assert.rejects(
        assign(remote, [kazuko, patientId(`link-${status}`) as PatientId]),
        refused("not_linked"),
      );
      assert.equal(await dump(ports), before);
    });
  }

  test("A-042 patients of another institution and missing ones are not found, to add or to remove", async () => {
    for (const id of [patientId("kakuu-1"), crypto.randomUUID()] as PatientId[]) {
      await assert.rejects(assign(remote, [kazuko, id]), refused("not_found"));
      await assert.rejects(assign(remote, [kazuko], [id]), refused("not_found"));
    }
    assert.equal(await versionOf(kazuko), 1);
  });

  test("A-042 another institution's, a missing and a deleted group are not found", async () => {
    await read(ports, (tx) => tx.groups.update({ id: hypertension }, { deletedAt: new Date() }));
    for (const id of [groupId("sakura", "高血圧"), crypto.randomUUID(), hypertension] as GroupId[]) {
      await assert.rejects(assign(id, [kazuko]), refused("not_found"));
    }
  });

  test("the log names the patients who came and went", async () => {
    await assign(remote, [kazuko, wako]);
    const row = await read(ports, (tx) => tx.audit.get({ action: "group.members_changed" }));
    assert.equal(row?.targetId, remote);
    assert.deepEqual((row.details["added"] as string[]).toSorted(), [kazuko, wako].toSorted());
    assert.deepEqual(row.details["removed"], []);
  });

  test("200 patients at once", async () => {
    await generatePatients(ports.store, { institution: institutions.minato, count: 200 });
    const links = await read(ports, (tx) =>
      tx.patientLinks.list({ institutionId: institutions.minato.id, status: "linked" }),
    );
    const many = links
      .map((link) => link.patientId)
      .filter((id) => id !== patientId("kana-only"))
      .slice(0, 200);
    const { added, group } = await assign(remote, many as PatientId[]);
    assert.deepEqual([added, group.memberCount], [200, 201]);
  });

  test("AU-5 nothing changes when the audit row cannot be written", async () => {
    const before = await dump(ports);
    await assert.rejects(
      assign(remote, [kazuko], [], suzuki, withoutAudit(ports) as ServicePorts),
      /audit log is full/,
    );
    assert.equal(await dump(ports), before);
  });
});
