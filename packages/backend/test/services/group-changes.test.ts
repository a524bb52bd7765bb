import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { operations, type InputOf, type Operations } from "@welby/contract";
import type { CategoryId, GroupId, PatientId } from "@welby/contract/schemas";
import { ApiProblem } from "../../src/domain/api-problem.ts";
import { generatePatients, groupId, institutions, patientId, seedId } from "../../src/seed/index.ts";
import { deleteGroup, updateGroup } from "../../src/services/group-changes.ts";
import { changeGroupMembers, createGroup, getGroup, listGroups } from "../../src/services/groups.ts";
import { getPatientGroups, putPatientGroups, searchPatients } from "../../src/services/patients.ts";
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
const hypertension = groupId("minato", "高血圧") as GroupId;
const remote = groupId("minato", "遠方") as GroupId;
const kazuko = patientId("sato-kazuko") as PatientId;
const category = (name: string) => seedId(`category:minato:${name}`) as CategoryId;

let ports: ServicePorts;
beforeEach(async () => {
  ports = await demoPorts();
});

type Change = Omit<InputOf<Operations["updateGroup"]>, "groupId" | "version">;
const update = async (change: Change, version = 1, by = takahashi, id = hypertension, on = ports) =>
  updateGroup(await as(on, by, "updateGroup"), {
    groupId: id,
    version,
    ...operations.updateGroup.body.parse(change),
  });
const remove = async (id: GroupId, version = 1, by = suzuki, on = ports) =>
  deleteGroup(await as(on, by, "deleteGroup"), { groupId: id, version });
const get = async (id: GroupId, by = suzuki) => getGroup(await as(ports, by, "getGroup"), { groupId: id });
const foreignAndMissing = [groupId("sakura", "訪問診療"), crypto.randomUUID()] as GroupId[];

describe("one group", () => {
  test("is what the list says of it", async () => {
    const { items } = await listGroups(await as(ports, suzuki, "listGroups"), {});
    assert.deepEqual(
      await get(hypertension),
      items.find((item) => item.id === hypertension),
    );
  });

  test("says what may be done with it, and why not", async () => {
    const actionsFor = async (by: string) => (await get(hypertension, by)).actions;
    assert.deepEqual(await actionsFor(suzuki), [
      { action: "update", allowed: true },
      { action: "change_members", allowed: true },
      { action: "delete", allowed: true },
    ]);
    assert.deepEqual((await actionsFor(takahashi)).slice(-1), [
      { action: "delete", allowed: false, disabledReason: "forbidden" },
    ]);
    const { items } = await listGroups(await as(ports, takahashi, "listGroups"), {});
    for (const item of items) assert.equal(item.actions.at(-1)?.disabledReason, "forbidden");
  });

  test("A-042 another institution's, a missing and a deleted one are not found", async () => {
    await remove(remote);
    for (const id of [...foreignAndMissing, remote]) await assert.rejects(get(id), refused("not_found"));
  });
});

describe("changing a group", () => {
  test("clause 4b renames it and keeps what was not named; staff may do it", async () => {
    const before = await get(hypertension);
    const after = await update({ name: " 高血圧症 " });
    assert.deepEqual(
      { ...after, name: before.name, version: 1, actions: before.actions },
      before,
      "only name and version moved",
    );
    assert.deepEqual([after.name, after.version], [" 高血圧症 ", 2]);
    const row = await read(ports, (tx) => tx.groups.get({ id: hypertension }));
    assert.deepEqual([row?.nameKey, row?.changedAt], ["高血圧症", ports.clock.now()]);
  });

  test("moves it to another category, out of all, and to another place", async () => {
    assert.equal((await update({ categoryId: category("担当") })).categoryId, category("担当"));
    assert.equal((await update({ categoryId: null }, 2)).categoryId, null);
    assert.equal((await update({ sortOrder: 1_000 }, 3)).sortOrder, 1_000);
    const { items } = await listGroups(await as(ports, suzuki, "listGroups"), {});
    assert.equal(items.at(-1)?.id, hypertension);
  });

  test("the log tells before and after, of what changed only", async () => {
    await update({ name: "高血圧症", sortOrder: 1, categoryId: null }, 1, tanaka);
    const row = await read(ports, (tx) => tx.audit.get({ action: "group.updated" }));
    assert.deepEqual(
      [row?.actorName, row?.targetType, row?.targetId, row?.result],
      ["田中 美咲", "group", hypertension, "ok"],
    );
    assert.deepEqual(row?.details, {
      from: { name: "高血圧", categoryId: category("疾患") },
      to: { name: "高血圧症", categoryId: null },
    });
  });

  test("a change to what it already is moves no version", async () => {
    assert.equal((await update({ name: "高血圧", sortOrder: 1, categoryId: category("疾患") })).version, 1);
    assert.equal((await update({})).version, 1);
    assert.equal((await read(ports, (tx) => tx.groups.get({ id: hypertension })))?.changedBy, null);
  });

  test("GC-1 a name that differs from the own one by its width only is no duplicate", async () => {
    const id = groupId("minato", "2型糖尿病") as GroupId;
    assert.equal((await update({ name: "２型 糖尿病" }, 1, takahashi, id)).name, "２型 糖尿病");
  });

  for (const name of ["CKD", "ｃｋｄ ", "1型糖尿病"]) {
    test(`GC-1 ${JSON.stringify(name)} is the name of another group`, () =>
      assert.rejects(update({ name }), refused("duplicate_name")));
  }

  test("the name of a deleted group is free", async () => {
    await remove(remote);
    assert.equal((await update({ name: "遠方" })).name, "遠方");
  });

  test("clause 4b two editors: the second one is told who was quicker and when", async () => {
    await update({ name: "高血圧症" }, 1, tanaka);
    const before = await dump(ports);
    await assert.rejects(update({ name: "HT" }, 1), (error: unknown) => {
      assert.ok(error instanceof ApiProblem);
      assert.deepEqual(
        [error.code, error.details.conflicts],
        [
          "version_conflict",
          [
            {
              id: hypertension,
              version: 2,
              changedBy: "田中 美咲",
              changedAt: "2026-11-23T09:00:00.000+09:00",
            },
          ],
        ],
      );
      return true;
    });
    assert.equal(await dump(ports), before);
  });

  test("A-042 a group or category of another institution, a missing and a deleted one are not found", async () => {
    for (const id of foreignAndMissing)
      await assert.rejects(update({ name: "x" }, 1, takahashi, id), refused("not_found"));
    for (const id of [seedId("category:sakura:疾患"), crypto.randomUUID()] as CategoryId[])
      await assert.rejects(update({ categoryId: id }), refused("not_found"));
    await read(ports, (tx) => tx.categories.update({ id: category("担当") }, { deletedAt: new Date() }));
    await assert.rejects(update({ categoryId: category("担当") }), refused("not_found"));
  });

  test("AU-5 nothing changes when the audit row cannot be written", async () => {
    const before = await dump(ports);
    const broken = withoutAudit(ports) as ServicePorts;
    await assert.rejects(update({ name: "x" }, 1, takahashi, hypertension, broken), /audit log is full/);
    await assert.rejects(remove(hypertension, 1, suzuki, broken), /audit log is full/);
    assert.equal(await dump(ports), before);
  });
});

describe("deleting a group", () => {
  test("GC-4 ends the memberships, keeps them as history, and touches no patient", async () => {
    const patientsBefore = await read(ports, (tx) => tx.patients.list({}));
    const members = await read(ports, (tx) =>
      tx.memberships.list({ groupId: hypertension, removedAt: null }),
    );
    assert.ok(members.length > 1);
    assert.equal(await remove(hypertension), undefined);

    const after = await read(ports, (tx) => tx.memberships.list({ groupId: hypertension }));
    const author = await read(ports, (tx) => tx.staff.get({ id: suzuki }));
    assert.deepEqual(
      after,
      members.map((row) => ({ ...row, removedAt: ports.clock.now(), removedBy: author?.accountId })),
    );
    assert.deepEqual(await read(ports, (tx) => tx.patients.list({})), patientsBefore);
    const row = await read(ports, (tx) => tx.audit.get({ action: "group.deleted" }));
    assert.deepEqual(
      [row?.targetId, row?.details],
      [hypertension, { name: "高血圧", members: members.length }],
    );
  });

  test("moves the version of those who were in it, and of nobody else", async () => {
    const versions = async () =>
      new Map(
        (await read(ports, (tx) => tx.patientLinks.list({}))).map((link) => [
          `${link.institutionId} ${link.patientId}`,
          link.version,
        ]),
      );
    const before = await versions();
    const members = await read(ports, (tx) =>
      tx.memberships.list({ groupId: hypertension, removedAt: null }),
    );
    await remove(hypertension);
    const moved = [...(await versions())].filter(([key, version]) => before.get(key) !== version);
    assert.deepEqual(
      moved.map(([key]) => key).sort(),
      members.map((row) => `${minato} ${row.patientId}`).sort(),
    );
    for (const [key, version] of moved) assert.equal(version, (before.get(key) ?? 0) + 1);
    assert.ok(
      !(
        await getPatientGroups(await as(ports, suzuki, "getPatientGroups"), { patientId: kazuko })
      ).groupIds.includes(hypertension),
    );
  });

  test("a group of a thousand goes as one of ten does", async () => {
    await generatePatients(ports.store, { institution: institutions.minato, count: 1000 });
    const links = await read(ports, (tx) =>
      tx.patientLinks.list({ institutionId: minato, status: "linked" }),
    );
    const ids = links.map((link) => link.patientId as PatientId);
    for (let start = 0; start < 1000; start += 200) {
      await changeGroupMembers(await as(ports, suzuki, "changeGroupMembers"), {
        groupId: remote,
        add: ids.slice(start, start + 200),
        remove: [],
      });
    }
    await remove(remote);
    assert.equal(await read(ports, (tx) => tx.memberships.count({ groupId: remote, removedAt: null })), 0);
    const row = await read(ports, (tx) => tx.audit.get({ action: "group.deleted" }));
    assert.ok((row?.details["members"] as number) >= 1000);
  });

  test("makes room for another one, under the same name too", async () => {
    const there = await read(ports, (tx) => tx.groups.count({ institutionId: minato, deletedAt: null }));
    const create = async (name: string) =>
      createGroup(await as(ports, suzuki, "createGroup"), { name, categoryId: null });
    for (let index = there; index < 200; index++) await create(`外来${index}`);
    await assert.rejects(create("高血圧外来"), refused("limit_reached"));
    await remove(hypertension);
    assert.equal((await create("高血圧")).memberCount, 0);
  });

  test("a stale version deletes nothing", async () => {
    await update({ name: "高血圧症" }, 1, tanaka);
    const before = await dump(ports);
    await assert.rejects(remove(hypertension, 1), refused("version_conflict"));
    assert.equal(await dump(ports), before);
  });

  test("a deleted group is gone from every list, and cannot be assigned, filtered by or deleted again", async () => {
    await remove(hypertension);
    const { items } = await listGroups(await as(ports, suzuki, "listGroups"), {});
    assert.ok(!items.some((item) => item.id === hypertension));
    await assert.rejects(remove(hypertension, 2), refused("not_found"));
    const assign = changeGroupMembers(await as(ports, suzuki, "changeGroupMembers"), {
      groupId: hypertension,
      add: [kazuko],
      remove: [],
    });
    await assert.rejects(assign, refused("not_found"));
    const found = searchPatients(
      await as(ports, suzuki, "searchPatients"),
      operations.searchPatients.body.parse({ groupId: hypertension }),
    );
    await assert.rejects(found, refused("not_found"));
    const row = operations.searchPatients.body.parse({ query: "佐藤和子" });
    for (const patient of (await searchPatients(await as(ports, suzuki, "searchPatients"), row)).items)
      assert.ok(!patient.groupIds.includes(hypertension));
  });

  test("A-042 another institution's group and a missing one are not found", async () => {
    for (const id of foreignAndMissing) await assert.rejects(remove(id), refused("not_found"));
    await assert.rejects(remove(hypertension, 1, yamasaki), refused("not_found"));
  });
});

describe("SE-8 whoever loses the right while waiting for the lock changes nothing", () => {
  const lost: [
    string,
    Parameters<typeof as>[2],
    (call: Awaited<ReturnType<typeof as>>) => Promise<unknown>,
  ][] = [
    ["group.created", "createGroup", (call) => createGroup(call, { name: "外来A" })],
    ["group.updated", "updateGroup", (call) => updateGroup(call, { groupId: remote, version: 1, name: "x" })],
    ["group.deleted", "deleteGroup", (call) => deleteGroup(call, { groupId: remote, version: 1 })],
    [
      "group.members_changed",
      "changeGroupMembers",
      (call) => changeGroupMembers(call, { groupId: remote, add: [kazuko], remove: [] }),
    ],
    [
      "patient.groups_changed",
      "putPatientGroups",
      (call) => putPatientGroups(call, { patientId: kazuko, groupIds: [], version: 1 }),
    ],
  ];
  for (const [action, operation, run] of lost) {
    test(`${operation} by somebody who was just suspended leaves a refusal in the log`, async () => {
      const call = await as(ports, tanaka, operation);
      await read(ports, (tx) => tx.staff.update({ id: tanaka }, { status: "suspended" }));
      await assert.rejects(run(call), refused("forbidden"));
      const rows = await read(ports, (tx) => tx.audit.list({ action }));
      assert.deepEqual(
        rows.map((row) => [row.result, row.reason, row.actorName]),
        [["refused", "forbidden", "田中 美咲"]],
      );
    });
  }

  test("deleteGroup by an administrator who was just demoted", async () => {
    const call = await as(ports, tanaka, "deleteGroup");
    await read(ports, (tx) => tx.staff.update({ id: tanaka }, { role: "staff" }));
    await assert.rejects(deleteGroup(call, { groupId: remote, version: 1 }), refused("forbidden"));
    assert.equal((await get(remote)).version, 1);
  });
});
