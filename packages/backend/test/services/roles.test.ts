import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import type { StaffId } from "@welby/contract/schemas";
import { ApiProblem } from "../../src/domain/api-problem.ts";
import { staffId } from "../../src/seed/index.ts";
import { changeStaffRole, changeStaffRoles, previewStaffRoles } from "../../src/services/roles.ts";
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
const kobayashi = staffId("kobayashi@sakura.example.jp");
const saito = staffId("saito@minato.example.jp");
const watanabe = staffId("watanabe@minato.example.jp");
type Role = "admin" | "staff";

let ports: ServicePorts;
beforeEach(async () => {
  ports = await demoPorts();
});

const change = async (
  id: string,
  role: Role,
  more: { version?: number; confirmSelf?: boolean; reason?: string } = {},
  by = suzuki,
  on = ports,
) =>
  changeStaffRole(await as(on, by, "changeStaffRole"), { staffId: id as StaffId, role, version: 1, ...more });
const wish = (changes: readonly (readonly [string, Role, number?])[]) => ({
  changes: changes.map(([id, role, version = 1]) => ({ staffId: id as StaffId, role, version })),
});
const changeMany = async (changes: Parameters<typeof wish>[0], more = {}, by = suzuki, on = ports) =>
  changeStaffRoles(await as(on, by, "changeStaffRoles"), { ...wish(changes), ...more });
const preview = async (changes: Parameters<typeof wish>[0], more = {}, by = suzuki) =>
  previewStaffRoles(await as(ports, by, "previewStaffRoles"), { ...wish(changes), ...more });
const roleOf = async (id: string) => (await read(ports, (tx) => tx.staff.get({ id })))?.role;

describe("changing one role", () => {
  test("answers the member with the new role and the next version", async () => {
    const member = await change(takahashi, "admin");
    assert.deepEqual([member.role, member.version], ["admin", 2]);
    assert.equal(await roleOf(takahashi), "admin");
  });

  test("writes who, what and why into the log", async () => {
    await change(takahashi, "admin", { reason: "異動のため" });
    const row = await read(ports, (tx) => tx.audit.get({ action: "staff.role_changed" }));
    assert.deepEqual(
      [row?.result, row?.targetType, row?.targetId, row?.reason, row?.details, row?.actorName],
      ["ok", "staff", takahashi, "異動のため", { from: "staff", to: "admin" }, "鈴木 健一"],
    );
  });

  test("the role that somebody already has moves no version and writes no row", async () => {
    assert.equal((await change(takahashi, "staff")).version, 1);
    assert.equal(await read(ports, (tx) => tx.audit.count({ action: "staff.role_changed" })), 0);
  });

  test("A-048 the only active administrator cannot be demoted, not even with consent", async () => {
    for (const confirmSelf of [undefined, true]) {
      await assert.rejects(
        change(yamasaki, "staff", { ...(confirmSelf && { confirmSelf }) }, yamasaki),
        refused("last_admin"),
      );
    }
    assert.equal(await roleOf(yamasaki), "admin");
    const row = await read(ports, (tx) => tx.audit.get({ action: "staff.role_changed", result: "refused" }));
    assert.equal(row?.reason, "last_admin");
  });

  test("invited and suspended administrators do not count", async () => {
    await change(saito, "admin");
    await change(watanabe, "admin");
    await change(tanaka, "staff");
    await assert.rejects(change(suzuki, "staff", { confirmSelf: true }), refused("last_admin"));
  });

  test("one's own right is given up only with consent, and only while another administrator is there", async () => {
    await assert.rejects(change(suzuki, "staff"), refused("self_change_refused"));
    await assert.rejects(change(suzuki, "staff", { confirmSelf: false }), refused("self_change_refused"));
    assert.equal((await change(suzuki, "staff", { confirmSelf: true })).role, "staff");
  });

  test("consent is not needed for others, and not for keeping the own right", async () => {
    await change(tanaka, "staff");
    await change(suzuki, "admin");
  });

  test("J-30 a stale version is refused and says who changed it and when", async () => {
    await change(takahashi, "admin", {}, tanaka);
    ports.nowMs += 60_000;
    await assert.rejects(change(takahashi, "staff"), (error: unknown) => {
      assert.ok(error instanceof ApiProblem);
      assert.deepEqual(
        [error.code, error.details.conflicts],
        [
          "version_conflict",
          [{ id: takahashi, version: 2, changedBy: "田中 美咲", changedAt: "2026-11-23T09:00:00.000+09:00" }],
        ],
      );
      return true;
    });
  });

  for (const [title, id] of [
    ["another institution's member", kobayashi],
    ["a missing member", crypto.randomUUID()],
    ["a removed member", staffId("sasaki@minato.example.jp")],
  ] as const) {
    test(`A-042 ${title} is not found`, () => assert.rejects(change(id, "admin"), refused("not_found")));
  }

  test("SE-8 somebody who lost the right while waiting is refused", async () => {
    const waiting = await as(ports, tanaka, "changeStaffRole");
    await change(tanaka, "staff");
    const input = { staffId: takahashi as StaffId, role: "admin" as const, version: 1 };
    await assert.rejects(changeStaffRole(waiting, input), refused("forbidden"));
    assert.equal(await roleOf(takahashi), "staff");
  });

  test("AU-5 nothing changes when the audit row cannot be written", async () => {
    const before = await dump(ports);
    await assert.rejects(
      change(takahashi, "admin", {}, suzuki, withoutAudit(ports) as ServicePorts),
      /audit log is full/,
    );
    assert.equal(await dump(ports), before);
  });
});

describe("changing many roles", () => {
  test("answers all members in the order asked", async () => {
    const { items } = await changeMany([
      [takahashi, "admin"],
      [tanaka, "staff"],
    ]);
    assert.deepEqual(
      items.map((item) => [item.id, item.role, item.version]),
      [
        [takahashi, "admin", 2],
        [tanaka, "staff", 2],
      ],
    );
  });

  test("one refused row refuses all", async () => {
    const attempts = [
      [
        [takahashi, "admin"],
        [kobayashi, "admin"],
      ],
      [
        [takahashi, "admin"],
        [tanaka, "staff", 7],
      ],
      [
        [takahashi, "staff"],
        [tanaka, "staff"],
        [suzuki, "staff"],
      ],
    ] as const;
    for (const changes of attempts)
      await assert.rejects(changeMany(changes, { confirmSelf: true }), ApiProblem);
    assert.deepEqual(
      [await roleOf(takahashi), await roleOf(tanaka), await roleOf(suzuki)],
      ["staff", "admin", "admin"],
    );
  });

  test("the whole counts: a successor in the same change keeps the institution in hand", async () => {
    await changeMany(
      [
        [yamasaki, "staff"],
        [kobayashi, "admin"],
      ],
      { confirmSelf: true },
      yamasaki,
    );
    assert.deepEqual([await roleOf(yamasaki), await roleOf(kobayashi)], ["staff", "admin"]);
  });

  test("a member named twice is refused", async () => {
    await assert.rejects(
      changeMany([
        [takahashi, "admin"],
        [takahashi, "staff"],
      ]),
      (error: unknown) => {
        assert.ok(error instanceof ApiProblem);
        assert.deepEqual(error.details.errors, [{ path: "changes.1.staffId", code: "duplicate" }]);
        return true;
      },
    );
  });

  test("all stale rows are named", async () => {
    await assert.rejects(
      changeMany([
        [takahashi, "admin", 5],
        [tanaka, "staff", 6],
      ]),
      (error: unknown) => {
        assert.ok(error instanceof ApiProblem);
        assert.deepEqual(
          error.details.conflicts?.map((conflict) => conflict.id),
          [takahashi, tanaka],
        );
        return true;
      },
    );
  });

  test("each change has its own row in the log", async () => {
    await changeMany([
      [takahashi, "admin"],
      [tanaka, "staff"],
    ]);
    const rows = await read(ports, (tx) =>
      tx.audit.list({ action: "staff.role_changed" }, { orderBy: ["seq"] }),
    );
    assert.deepEqual(
      rows.map((row) => row.targetId),
      [takahashi, tanaka],
    );
  });
});

describe("the preview", () => {
  test("says what would change and changes nothing", async () => {
    const before = await dump(ports);
    const result = await preview([
      [takahashi, "admin"],
      [tanaka, "staff"],
    ]);
    assert.deepEqual(
      { ...result, changes: result.changes.map(({ name, ...row }) => ({ ...row, name: name.text })) },
      {
        allowed: true,
        changes: [
          { staffId: takahashi, name: "髙橋 由美", from: "staff", to: "admin", self: false, problem: null },
          { staffId: tanaka, name: "田中 美咲", from: "admin", to: "staff", self: false, problem: null },
        ],
        problems: [],
        activeAdminsBefore: 2,
        activeAdminsAfter: 2,
      },
    );
    assert.equal(await dump(ports), before);
  });

  test("names everything that stands in the way, the last administrator before the consent", async () => {
    const result = await preview(
      [
        [yamasaki, "staff", 3],
        [suzuki, "staff"],
      ],
      {},
      yamasaki,
    );
    assert.equal(result.allowed, false);
    assert.deepEqual(result.problems, ["not_found", "version_conflict", "last_admin", "self_change_refused"]);
    assert.deepEqual(
      result.changes.map((row) => row.problem),
      ["version_conflict", "not_found"],
    );
    assert.deepEqual([result.activeAdminsBefore, result.activeAdminsAfter], [1, 0]);
    assert.equal(result.changes[1]?.name.text, "", "another institution's name is not shown");
  });

  test("agrees with what applying does, for every pair of changes", async () => {
    const people = [suzuki, tanaka, takahashi, saito, watanabe, kobayashi];
    for (const first of people) {
      for (const second of people) {
        if (first === second) continue;
        for (const confirmSelf of [true, false]) {
          const changes = [
            [first, "staff"],
            [second, "staff"],
          ] as const;
          const fresh = await demoPorts();
          const { allowed } = await previewStaffRoles(await as(fresh, suzuki, "previewStaffRoles"), {
            ...wish(changes),
            confirmSelf,
          });
          const applied = await changeStaffRoles(await as(fresh, suzuki, "changeStaffRoles"), {
            ...wish(changes),
            confirmSelf,
          }).then(
            () => true,
            (error: unknown) => {
              assert.ok(error instanceof ApiProblem);
              return false;
            },
          );
          assert.equal(applied, allowed, `${first} ${second} ${confirmSelf}`);
        }
      }
    }
  });
});
