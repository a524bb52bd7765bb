import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import type { OperationId } from "@welby/contract";
import { groupId, patientId, seedId } from "../../src/seed/index.ts";
import type { TestClient } from "../../src/testing/test-client.ts";
import { createWorld, MINUTE, type World } from "../support/world.ts";

const remote = groupId("minato", "遠方");
const category = seedId("category:minato:担当");

let world: World;
let admin: TestClient;
beforeEach(async () => {
  world = await createWorld();
  admin = await world.signedIn();
});

/** The four writes that take a name, each on something that is there. */
const naming: [OperationId, (name: unknown) => Record<string, unknown>][] = [
  ["createGroup", (name) => ({ name })],
  ["updateGroup", (name) => ({ groupId: remote, version: 1, name })],
  ["createCategory", (name) => ({ name })],
  ["updateCategory", (name) => ({ categoryId: category, version: 1, name })],
];

describe("names of groups and categories", () => {
  for (const [id, input] of naming) {
    test(`A-023 GC-1 ${id} refuses a name that turns the text around, breaks it, or shows nothing`, async () => {
      const characters = [0, 9, 0x0a, 0x0d, 0x1b, 0x7f, 0x85, 0x2028, 0x202a, 0x202e, 0x2066, 0xd800];
      const names = [
        ...characters.map((code) => `外${String.fromCodePoint(code)}来`),
        "\u200b",
        "\u200b\u200c\u200d",
        " \u3000\u200b",
        "",
        "あ".repeat(51),
        "👨‍👩‍👧".repeat(51),
      ];
      for (const name of names) {
        const { status, body } = await admin.send(id, input(name));
        const label = JSON.stringify(name).slice(0, 40);
        assert.deepEqual([status, body.code], [422, "validation_failed"], label);
        assert.equal(body.errors[0].path, "name", label);
      }
    });

    test(`A-005 ${id} refuses an object, a list and a number for a name`, async () => {
      for (const name of [{ $ne: null }, ["外来A"], 7, true]) {
        const { status, body } = await admin.send(id, input(name));
        assert.deepEqual([status, body.errors], [422, [{ path: "name", code: "invalid_type" }]]);
      }
    });

    test(`A-002 A-017 GC-5 ${id} keeps markup and SQL as text, in the answer, the list and the log`, async () => {
      for (const name of [
        "<img src=x onerror=alert(1)>",
        "'); DROP TABLE groups;--",
        "a & b \"c\" 'd' \\ %",
      ]) {
        const fresh = await createWorld();
        const client = await fresh.signedIn();
        const made = await client.send(id, input(name));
        assert.equal(made.body.name, name);
        assert.equal(made.headers.get("content-type"), "application/json; charset=utf-8");
        assert.equal(made.headers.get("x-content-type-options"), "nosniff");
        const list = await client.send(id.endsWith("Group") ? "listGroups" : "listCategories", {
          limit: 200,
        });
        assert.ok(list.body.items.some((item: { name: string }) => item.name === name));
        const rows = await fresh.store.transaction((tx) => tx.audit.list({ targetId: made.body.id }));
        const { name: logged = null, to } = rows[0]?.details as { name?: string; to?: { name: string } };
        assert.equal(logged ?? to?.name, name);
      }
    });
  }
});

describe("A-005 the patient search takes texts and ids, no filters", () => {
  const filters: [Record<string, unknown>, string, string][] = [
    [{ query: { $ne: null } }, "query", "invalid_type"],
    [{ query: ["佐藤"] }, "query", "invalid_type"],
    [{ groupId: { $ne: null } }, "groupId", "invalid_type"],
    [{ sort: { birthDate: -1 } }, "sort", "invalid_value"],
    [{ sort: "created_at;SELECT pg_sleep(5)" }, "sort", "invalid_value"],
    [{ limit: "200" }, "limit", "invalid_type"],
    [{ email: { $ne: null } }, "email", "unknown_key"],
    [{ where: "1=1" }, "where", "unknown_key"],
  ];
  for (const [input, path, code] of filters) {
    test(JSON.stringify(input), async () => {
      const { status, body } = await admin.send("searchPatients", input);
      assert.deepEqual([status, body.errors], [422, [{ path, code }]]);
    });
  }
});

describe("A-046 the id in the path is the only one", () => {
  const cases: [string, string, string, Record<string, unknown>][] = [
    ["PATCH", `/v1/groups/${remote}`, "groupId", { name: "x" }],
    ["PATCH", `/v1/categories/${category}`, "categoryId", { name: "x" }],
    ["PUT", `/v1/patients/${patientId("sato-kazuko")}/groups`, "patientId", { groupIds: [] }],
    ["POST", `/v1/groups/${remote}/members/batch`, "groupId", { add: [patientId("sato-kazuko")] }],
  ];
  for (const [method, path, key, body] of cases) {
    test(`${method} ${path.replace(/[0-9a-f-]{36}/, "{id}")} with another one, or the same, in the body`, async () => {
      const own = /[0-9a-f-]{36}/.exec(path)?.[0];
      for (const id of [crypto.randomUUID(), own]) {
        const answer = await admin.request(method, path, {
          body: JSON.stringify({ ...body, [key]: id }),
          session: admin.session,
          headers: { "content-type": "application/json", "if-match": '"1"' },
        });
        assert.deepEqual(
          [answer.status, answer.body.errors],
          [422, [{ path: key, code: "unknown_key" }]],
          String(id),
        );
      }
    });
  }
});

describe("A-042 RO-4 ids of another institution", () => {
  const ids: [OperationId, string, string, Record<string, unknown>][] = [
    ["getGroup", "groupId", groupId("sakura", "訪問診療"), {}],
    ["updateGroup", "groupId", groupId("sakura", "訪問診療"), { name: "x", version: 1 }],
    ["deleteGroup", "groupId", groupId("sakura", "訪問診療"), { version: 1 }],
    ["updateCategory", "categoryId", seedId("category:sakura:疾患"), { name: "x", version: 1 }],
    ["deleteCategory", "categoryId", seedId("category:sakura:疾患"), { version: 1 }],
    ["getPatient", "patientId", patientId("sakura-1"), {}],
    ["updateGroup", "categoryId", seedId("category:sakura:疾患"), { groupId: remote, name: "x", version: 1 }],
  ];
  for (const [id, key, foreign, input] of ids) {
    test(`${id} answers a foreign ${key} and a missing one with the same bytes and headers`, async () => {
      const say = async (value: string) => {
        const { status, headers, body } = await admin.send(id, { ...input, [key]: value });
        const shown = [...headers].filter(([name]) => !["dpop-nonce", "welby-request-id"].includes(name));
        return JSON.stringify([status, shown, { ...body, requestId: "" }]);
      };
      const answers = [await say(foreign), await say(crypto.randomUUID())];
      assert.match(answers[0] ?? "", /^\[404,/);
      assert.equal(answers[1], answers[0]);
    });
  }
});

describe("GC-3 versions", () => {
  test("clause 4b the tag of an answer is what the next change needs, and a deleted group has none", async () => {
    const read = await admin.send("getGroup", { groupId: remote });
    assert.equal(read.headers.get("etag"), '"1"');
    const first = await admin.send("updateGroup", { groupId: remote, version: 1, name: "遠方の方" });
    assert.equal(first.headers.get("etag"), '"2"');
    const second = await admin.send("updateGroup", { groupId: remote, version: 1, name: "遠い方" });
    assert.deepEqual([second.status, second.body.code], [412, "version_conflict"]);
    assert.deepEqual(second.body.conflicts, [
      { id: remote, version: 2, changedBy: "鈴木 健一", changedAt: "2026-11-23T09:00:00.000+09:00" },
    ]);
    const deleted = await admin.send("deleteGroup", { groupId: remote, version: 2 });
    assert.deepEqual([deleted.status, deleted.body, deleted.headers.get("etag")], [204, null, null]);
  });

  test("A-096 a deletion whose answer was lost is answered again, and happens once", async () => {
    const options = { idempotencyKey: crypto.randomUUID() };
    const input = { groupId: remote, version: 1 };
    const first = await admin.send("deleteGroup", input, options);
    const again = await admin.send("deleteGroup", input, options);
    assert.deepEqual([first.status, again.status], [204, 204]);
    assert.equal(again.headers.get("idempotency-replayed"), "true");
    const rows = await world.store.transaction((tx) => tx.audit.count({ action: "group.deleted" }));
    assert.equal(rows, 1);
  });
});

describe("SE-7 what a stolen click must not do", () => {
  const guarded: [OperationId, Record<string, unknown>][] = [
    ["deleteGroup", { groupId: remote, version: 1 }],
    ["deleteCategory", { categoryId: category, version: 1 }],
    ["updateInstitutionSettings", { mfaRequired: false, version: 1 }],
  ];
  for (const [id, input] of guarded) {
    test(`${id} asks for the password again after five minutes`, async () => {
      world.advance(5 * MINUTE + 1000);
      await admin.refresh();
      const refused = await admin.send(id, input);
      assert.deepEqual([refused.status, refused.body.code], [403, "step_up_required"]);
      await admin.reauthenticate();
      assert.ok((await admin.send(id, input)).status < 300);
    });
  }
});

describe("A-044 staff and what only administrators may do", () => {
  const closed: [OperationId, Record<string, unknown>][] = [
    ["deleteGroup", { groupId: remote, version: 1 }],
    ["createCategory", { name: "x" }],
    ["updateCategory", { categoryId: category, name: "x", version: 1 }],
    ["deleteCategory", { categoryId: category, version: 1 }],
    ["orderCategories", { categoryIds: [category] }],
    ["getInstitution", {}],
    ["updateInstitutionSettings", { idleTimeoutMin: 20, version: 1 }],
  ];
  for (const [id, input] of closed) {
    test(`${id} is refused, and the refusal is in the log`, async () => {
      const staff = await world.signedIn("takahashi@minato.example.jp");
      const answer = await staff.send(id, input);
      assert.deepEqual([answer.status, answer.body.code], [403, "forbidden"]);
      const rows = await world.store.transaction((tx) => tx.audit.list({ action: "access.refused" }));
      assert.deepEqual(
        rows.map((row) => [row.targetId, row.actorName]),
        [[id, "髙橋 由美"]],
      );
    });
  }
});

describe("A-092 no shared store keeps what one person was shown", () => {
  test("patients, groups and settings are not to be kept, and no conditional request is answered from before", async () => {
    const reads: [OperationId, Record<string, unknown>][] = [
      ["getPatient", { patientId: patientId("sato-kazuko") }],
      ["getPatientGroups", { patientId: patientId("sato-kazuko") }],
      ["getGroup", { groupId: remote }],
      ["listGroups", {}],
      ["listCategories", {}],
      ["getInstitution", {}],
      ["searchPatients", {}],
    ];
    for (const [id, input] of reads) {
      const first = await admin.send(id, input);
      assert.equal(first.headers.get("cache-control"), "no-store", id);
      const tag = first.headers.get("etag");
      const again = await admin.send(id, input, { headers: { "if-none-match": tag ?? "*" } });
      assert.equal(again.status, 200, id);
      const stranger = await world.client();
      const other = await stranger.send(id, input, { headers: { "if-none-match": tag ?? "*" } });
      assert.equal(other.status, 401, id);
    }
  });
});

describe("clause 4a 4b labelling patients, from the first day of a group to its last", () => {
  test("created, renamed, filled, sorted, emptied and deleted; every step is in the log", async () => {
    const staff = await world.signedIn("takahashi@minato.example.jp");
    const [kazuko, wako] = [patientId("sato-kazuko"), patientId("sato-wako")];
    const { body: ward } = await admin.send("createCategory", { name: "病棟" });
    const { body: made } = await staff.send("createGroup", { name: "3階西", categoryId: ward.id });
    const rename = { groupId: made.id, version: 1, name: "3階東" };
    assert.equal((await staff.send("updateGroup", rename)).body.name, "3階東");
    const both = { groupId: made.id, add: [kazuko, wako] };
    assert.equal((await staff.send("changeGroupMembers", both)).body.group.memberCount, 2);

    const inGroup = async () => (await staff.send("searchPatients", { groupId: made.id })).body.total;
    const inCategory = async () => (await staff.send("searchPatients", { categoryId: ward.id })).body.total;
    assert.deepEqual([await inGroup(), await inCategory()], [2, 2]);
    const one = await staff.send("getPatient", { patientId: wako });
    assert.ok(one.body.groupIds.includes(made.id));
    await staff.send("putPatientGroups", { patientId: wako, groupIds: [], version: one.body.version });
    assert.deepEqual([await inGroup(), await inCategory()], [1, 1]);

    await admin.send("deleteCategory", { categoryId: ward.id, version: 1 });
    const left = await staff.send("getGroup", { groupId: made.id });
    assert.deepEqual([left.body.categoryId, left.body.memberCount, left.body.version], [null, 1, 3]);
    assert.equal((await admin.send("deleteGroup", { groupId: made.id, version: 3 })).status, 204);
    const after = await staff.send("getPatient", { patientId: kazuko });
    assert.equal(after.status, 200);
    assert.ok(!after.body.groupIds.includes(made.id));

    const rows = await world.store.transaction((tx) =>
      tx.audit.list({ targetId: { in: [ward.id, made.id, wako] } }, { orderBy: ["seq"] }),
    );
    assert.deepEqual(
      rows.map((row) => [row.action, row.actorName]),
      [
        ["category.created", "鈴木 健一"],
        ["group.created", "髙橋 由美"],
        ["group.updated", "髙橋 由美"],
        ["group.members_changed", "髙橋 由美"],
        ["patient.viewed", "髙橋 由美"],
        ["patient.groups_changed", "髙橋 由美"],
        ["category.deleted", "鈴木 健一"],
        ["group.deleted", "鈴木 健一"],
      ],
    );
  });
});

describe("settings hold from the next request on", () => {
  test("a shorter idle time locks a session that a longer one would have kept", async () => {
    const other = await world.signedIn("tanaka@minato.example.jp");
    await admin.send("updateInstitutionSettings", { idleTimeoutMin: 5, version: 1 });
    world.advance(5 * MINUTE + 1000);
    const answer = await other.refresh();
    assert.deepEqual([answer.status, answer.body.code], [401, "session_locked"]);
  });

  test("a stricter password preset is what the next person is told", async () => {
    await admin.send("updateInstitutionSettings", { passwordPreset: "mhlw-a", version: 1 });
    const { body } = await (await world.client()).send("getPasswordPolicy");
    assert.deepEqual([body.preset, body.minLength, body.mixed], ["mhlw-a", 13, true]);
  });

  test("PR-1 no line of the log holds a contact", async () => {
    await admin.send("updateInstitutionSettings", { incidentContacts: ["canary@example.jp"], version: 1 });
    await admin.send("updateInstitutionSettings", { incidentContacts: ["canary"], version: 2 });
    assert.doesNotMatch(JSON.stringify(world.log), /canary/);
    const rows = await world.store.transaction((tx) => tx.audit.list({}));
    assert.doesNotMatch(JSON.stringify(rows), /canary/);
  });
});
