import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { operations } from "@welby/contract";
import type { CategoryId, GroupId, PatientId } from "@welby/contract/schemas";
import type * as z from "zod/mini";
import { ApiProblem } from "../../src/domain/api-problem.ts";
import { patientKeys } from "../../src/domain/patient-keys.ts";
import type { PatientLinkRecord } from "../../src/ports/records.ts";
import { groupId, patientId, seedId } from "../../src/seed/index.ts";
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
const kazuko = patientId("sato-kazuko") as PatientId;
const group = (name: string) => groupId("minato", name) as GroupId;
const kakuuAdmin = "admin@kakuu.example.jp";

let ports: ServicePorts;
beforeEach(async () => {
  ports = await demoPorts();
});

describe("searching patients", () => {
  const body = operations.searchPatients.body;
  const search = async (input: z.input<typeof body> = {}, by = suzuki, on = ports) =>
    searchPatients(await as(on, by, "searchPatients"), body.parse(input));
  const names = async (input: z.input<typeof body>, by = suzuki) =>
    (await search(input, by)).items.map((item) => item.name.text);

  test("J-8 finds names in any form and readings in any kana", async () => {
    assert.deepEqual(await names({ query: "ﾖｼﾀﾞ ｼｹﾞﾙ" }), ["\u{20BB7}田 茂"]);
    assert.ok((await names({ query: "吉田" })).includes("\u{20BB7}田 茂"));
    assert.deepEqual(await names({ query: "葛城" }), ["\u845B\u{E0100}城 誠"]);
    assert.deepEqual(await names({ query: "崎山" }), ["\uFA11山 大輔"]);
    assert.deepEqual(await names({ query: "福田花子" }), ["\uFA1B田 花子"]);
    assert.deepEqual(await names({ query: "Nguyen van" }), ["NGUYEN VAN AN"]);
  });

  test("J-16 12345 finds 00012345 where numbers are padded, whole or by its beginning", async () => {
    const numbers = async (query: string) =>
      (await search({ query })).items.map((item) => item.patientNumber);
    for (const query of ["12345", "１２３４５", "00012345", "12-345", "0001234"])
      assert.deepEqual(await numbers(query), ["00012345"], query);
    assert.deepEqual(await names({ query: "A-012345" }, await admin()), ["架空 一郎"]);
    assert.deepEqual(await names({ query: "ａ012345" }, await admin()), ["架空 一郎"]);
    assert.deepEqual(
      await names({ query: "12345" }, await admin()),
      [],
      "zeros are not added where numbers are not padded",
    );
  });

  test("A-004 wildcards are only characters", async () => {
    for (const query of ["%", "_", "\\", "%佐藤%", "' OR '1'='1"])
      assert.deepEqual(await names({ query }), [], query);
  });

  test("no query, and a query of spaces, list everybody who is linked", async () => {
    const all = (await search({ limit: 200 })).total;
    assert.equal((await search({ query: " 　" })).total, all);
    const linked = await read(ports, (tx) =>
      tx.patientLinks.count({ institutionId: seedId("institution:minato"), status: "linked" }),
    );
    assert.equal(all, linked);
    for (const query of ["森 愛子", "池田 勝", "橋本 恵"])
      assert.ok(!(await names({ query })).includes(query), query);
  });

  test("A-042 shows nobody of another institution", async () => {
    const rows = (await search({ limit: 200 }, yamasaki)).items;
    assert.deepEqual(
      rows.map((row) => row.name.text).sort(),
      ["佐藤 和子", "岡田 節子", "清水 正", "\uFA11山 大輔"].sort(),
    );
    assert.equal(
      rows.find((row) => row.name.text === "佐藤 和子")?.patientNumber,
      "00123",
      "the number of this hospital",
    );
  });

  test("J-17 tells namesakes apart and flags them", async () => {
    const rows = (await search({ query: "佐藤和子" })).items.filter((row) => row.name.kana !== undefined);
    assert.ok(rows.length >= 2);
    assert.ok(rows.every((row) => row.sameName));
    assert.equal(
      new Set(rows.map((row) => `${row.name.kana}${row.birthDate}${row.patientNumber}`)).size,
      rows.length,
    );
  });

  test("counts every row of the kana index in order", async () => {
    const { kanaIndex, total } = await search({ limit: 1 });
    assert.equal(kanaIndex.map((entry) => entry.row).join(""), "あかさたなはまやらわ他");
    assert.equal(
      kanaIndex.reduce((sum, entry) => sum + entry.count, 0),
      total,
    );
  });

  for (const sort of [
    "kana",
    "-kana",
    "patientNumber",
    "-patientNumber",
    "birthDate",
    "-birthDate",
  ] as const) {
    test(`pages by ${sort} see everybody once`, async () => {
      const whole = (await search({ sort, limit: 200 })).items.map((item) => item.id);
      const seen: string[] = [];
      let cursor: string | null | undefined;
      do {
        const page = await search({ sort, limit: 7, ...(cursor && { cursor }) });
        assert.equal(page.total, whole.length);
        seen.push(...page.items.map((item) => item.id));
        cursor = page.nextCursor;
      } while (cursor && seen.length <= whole.length);
      assert.deepEqual(seen, whole);
    });
  }

  test("startAt jumps and paging goes on from there", async () => {
    const page = await search({ startAt: "ま", limit: 2 });
    assert.ok((page.items[0]?.name.kana ?? "") >= "マ");
    const next = await search({ limit: 200, cursor: page.nextCursor ?? "" });
    const whole = (await search({ limit: 200 })).items.map((item) => item.id);
    const tail = [...page.items, ...next.items].map((item) => item.id);
    assert.deepEqual(tail, whole.slice(-tail.length));
  });

  for (const input of [{}, { query: "子" }, { groupId: group("高血圧") }]) {
    test(`a jump to each kana row lands where the index says, ${JSON.stringify(Object.keys(input))}`, async () => {
      const { items, kanaIndex, total } = await search({ ...input, limit: 200 });
      assert.equal(items.length, total);
      assert.ok(total > 3);
      let before = 0;
      for (const { row, count } of kanaIndex) {
        const page = await search({ ...input, startAt: row as PatientLinkRecord["kanaRow"], limit: 1 });
        assert.equal(page.items[0]?.id, items[before]?.id, row);
        assert.deepEqual(
          [page.total, page.kanaIndex],
          [total, kanaIndex],
          "all that match, wherever the page begins",
        );
        before += count;
      }
      assert.equal(before, total);
    });
  }

  test("A-004 a name that holds wildcards is found by each of them, and by nothing that it does not hold", async () => {
    const id = patientId("yoshida");
    const keys = patientKeys({ nameText: "百%_\\太", nameKana: "モモタ", birthDate: null }, null, {
      pad: true,
      length: 8,
      charset: "digits",
    });
    await read(ports, async (tx) => {
      await tx.patients.update({ id }, { nameText: "百%_\\太", nameKana: "モモタ" });
      await tx.patientLinks.update({ patientId: id }, { searchKey: keys.searchKey });
    });
    for (const query of ["%", "_", "\\", "%_", "百%", "\\太"])
      assert.deepEqual(await names({ query }), ["百%_\\太"], query);
    for (const query of ["%%", "百_", "百%太", "\\\\"]) assert.deepEqual(await names({ query }), [], query);
  });

  test("startAt together with a cursor or another order is refused", async () => {
    const { nextCursor } = await search({ limit: 1 });
    await assert.rejects(search({ startAt: "か", cursor: nextCursor ?? "" }), refused("validation_failed"));
    await assert.rejects(search({ startAt: "か", sort: "-kana" }), refused("validation_failed"));
  });

  test("a cursor fits its own query, order and institution, and cannot be changed", async () => {
    const { nextCursor } = await search({ query: "藤", limit: 1 });
    const cursor = nextCursor ?? "";
    assert.ok((await search({ query: "藤", cursor })).items.length > 0);
    assert.ok(
      (await search({ query: " 藤", cursor, limit: 3 })).items.length > 0,
      "the same query in another width",
    );
    const other = (await search({ limit: 1 })).items[0]?.id ?? "";
    const attempts = [
      { query: "田", cursor },
      { cursor },
      { query: "藤", sort: "-kana", cursor },
      { query: "藤", groupId: group("高血圧"), cursor },
      { query: "藤", cursor: `${other}.${cursor.split(".")[1]}` },
      { query: "藤", cursor: `${cursor}x` },
      { query: "藤", cursor: "" },
    ] as const;
    for (const input of attempts)
      await assert.rejects(search(input), refused("validation_failed"), JSON.stringify(input));
    await assert.rejects(search({ query: "藤", cursor }, yamasaki), refused("validation_failed"));
  });

  test("PR-2 a cursor holds neither name, reading nor number", async () => {
    const { nextCursor: byNumber } = await search({ query: "1", sort: "patientNumber", limit: 1 });
    assert.match(byNumber ?? "", /^[0-9a-f-]{36}\.[\w-]{43}$/);
    const { nextCursor: byKana } = await search({ limit: 1 });
    assert.match(byKana ?? "", /^[0-9a-f-]{36}\.[\w-]{43}$/);
  });

  test("limits the list to a group, to a category, and to both", async () => {
    const inGroup = (await search({ groupId: group("妊娠糖尿病"), limit: 200 })).items.map(
      (item) => item.name.text,
    );
    assert.deepEqual(inGroup, ["\uFA1B田 花子"]);
    const category = seedId("category:minato:担当") as CategoryId;
    const inCategory = (await search({ categoryId: category, limit: 200 })).items.map((item) => item.id);
    assert.deepEqual(inCategory, [kazuko]);
    assert.equal((await search({ categoryId: category, groupId: group("高血圧") })).total, 0);
    assert.equal((await search({ categoryId: category, groupId: group("栄養指導(髙橋)") })).total, 1);
  });

  test("A-042 a group or category that is missing, deleted or another institution's is not found", async () => {
    await read(ports, (tx) => tx.groups.update({ id: group("遠方") }, { deletedAt: new Date() }));
    for (const id of [groupId("sakura", "高血圧"), crypto.randomUUID(), group("遠方")]) {
      await assert.rejects(search({ groupId: id }), refused("not_found"));
    }
    for (const id of [seedId("category:sakura:疾患"), crypto.randomUUID()])
      await assert.rejects(search({ categoryId: id }), refused("not_found"));
  });

  test("AU-1 leaves one row with who was shown, and not what was typed", async () => {
    const { items } = await search({ query: "佐藤和子", limit: 2 }, takahashi);
    const rows = await read(ports, (tx) => tx.audit.list({ action: "patient.list_viewed" }));
    assert.equal(rows.length, 1);
    assert.deepEqual(
      rows[0]?.details["patientIds"],
      items.map((item) => item.id),
    );
    assert.ok(!JSON.stringify(rows).includes("佐藤"));
  });

  test("AU-5 shows nobody when the audit row cannot be written", async () => {
    await assert.rejects(search({}, suzuki, withoutAudit(ports) as ServicePorts), /audit log is full/);
  });

  async function admin(): Promise<string> {
    return (await read(ports, (tx) => tx.staff.get({ email: kakuuAdmin })))?.id ?? "";
  }
});

describe("the groups of a patient", () => {
  const get = async (id: PatientId, by = suzuki, on = ports) =>
    getPatientGroups(await as(on, by, "getPatientGroups"), { patientId: id });
  const put = async (groupIds: GroupId[], version: number, by = suzuki, id = kazuko, on = ports) =>
    putPatientGroups(await as(on, by, "putPatientGroups"), { patientId: id, groupIds, version });

  test("are read with the version of the set, and the reading is logged", async () => {
    const read1 = await get(kazuko);
    assert.deepEqual(read1, {
      patientId: kazuko,
      groupIds: ["高血圧", "2型糖尿病", "栄養指導(髙橋)"].map(group).sort(),
      version: 1,
    });
    const row = await read(ports, (tx) => tx.audit.get({ action: "patient.groups_viewed" }));
    assert.deepEqual([row?.targetType, row?.targetId], ["patient", kazuko]);
  });

  test("are replaced as a set; what left stays as history", async () => {
    const wanted = [group("高血圧"), group("遠方")];
    const result = await put(wanted, 1);
    assert.deepEqual(result, { patientId: kazuko, groupIds: wanted.toSorted(), version: 2 });
    const rows = await read(ports, (tx) => tx.memberships.list({ patientId: kazuko }));
    assert.deepEqual([rows.length, rows.filter((row) => row.removedAt !== null).length], [4, 2]);
    const row = await read(ports, (tx) => tx.audit.get({ action: "patient.groups_changed" }));
    assert.deepEqual(row?.details["added"], [group("遠方")]);
    assert.deepEqual(
      (row?.details["removed"] as string[]).toSorted(),
      ["2型糖尿病", "栄養指導(髙橋)"].map(group).sort(),
    );
  });

  test("the same set again moves no version; an id given twice counts once", async () => {
    const current = (await get(kazuko)).groupIds;
    assert.equal((await put([...current, ...current], 1)).version, 1);
  });

  test("an empty set takes the patient out of all groups", async () => {
    assert.deepEqual((await put([], 1)).groupIds, []);
  });

  test("J-30 a stale version is refused and says who was quicker and when", async () => {
    await put([group("遠方")], 1, tanaka);
    await assert.rejects(put([], 1), (error: unknown) => {
      assert.ok(error instanceof ApiProblem);
      assert.deepEqual(
        [error.code, error.details.conflicts],
        [
          "version_conflict",
          [{ id: kazuko, version: 2, changedBy: "田中 美咲", changedAt: "2026-11-23T09:00:00.000+09:00" }],
        ],
      );
      return true;
    });
    assert.deepEqual((await get(kazuko)).groupIds, [group("遠方")]);
  });

  test("groups of this hospital leave those of another alone", async () => {
    const call = await as(ports, yamasaki, "putPatientGroups");
    await putPatientGroups(call, {
      patientId: kazuko,
      groupIds: [groupId("sakura", "糖尿病") as GroupId],
      version: 1,
    });
    assert.equal((await get(kazuko)).groupIds.length, 3);
    assert.equal((await get(kazuko)).version, 1);
  });

  test("A-042 a patient of another institution and a missing one are not found", async () => {
    for (const id of [patientId("kakuu-1"), crypto.randomUUID()] as PatientId[]) {
      await assert.rejects(get(id), refused("not_found"));
      await assert.rejects(put([], 1, suzuki, id), refused("not_found"));
    }
  });

  test("a patient who is not linked is not shown and not changed", async () => {
    const id = patientId("link-revoked") as PatientId;
    await assert.rejects(get(id), refused("not_found"));
    await assert.rejects(put([], 1, suzuki, id), refused("not_linked"));
  });

  test("A-042 a group that is missing, deleted or another institution's is not found, and nothing changes", async () => {
    await read(ports, (tx) => tx.groups.update({ id: group("遠方") }, { deletedAt: new Date() }));
    const before = await dump(ports);
    for (const id of [groupId("sakura", "高血圧"), crypto.randomUUID(), group("遠方")] as GroupId[]) {
      await assert.rejects(put([group("高血圧"), id], 1), refused("not_found"));
    }
    assert.equal(await dump(ports), before);
  });

  test("AU-5 neither reading nor changing works when the audit row cannot be written", async () => {
    const before = await dump(ports);
    const broken = withoutAudit(ports) as ServicePorts;
    await assert.rejects(get(kazuko, suzuki, broken), /audit log is full/);
    await assert.rejects(put([], 1, suzuki, kazuko, broken), /audit log is full/);
    assert.equal(await dump(ports), before);
  });
});
