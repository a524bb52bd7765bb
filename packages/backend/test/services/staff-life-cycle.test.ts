import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import type { StaffId } from "@welby/contract/schemas";
import { ApiProblem } from "../../src/domain/api-problem.ts";
import { staffId } from "../../src/seed/index.ts";
import { changeStaffRole } from "../../src/services/roles.ts";
import { removeStaff, resumeStaff, suspendStaff, updateStaff } from "../../src/services/staff-life-cycle.ts";
import { addStaff, getStaff, listStaff } from "../../src/services/staff.ts";
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

let ports: ServicePorts;
beforeEach(async () => {
  ports = await demoPorts();
});

interface Basis {
  readonly version?: number;
  readonly reason?: string;
}
const update = async (id: string, changes: object, { version = 1 }: Basis = {}, by = suzuki, on = ports) =>
  updateStaff(await as(on, by, "updateStaff"), { staffId: id as StaffId, version, ...changes });
const suspend = async (id: string, more: Basis = {}, by = suzuki, on = ports) =>
  suspendStaff(await as(on, by, "suspendStaff"), { staffId: id as StaffId, version: 1, ...more });
const resume = async (id: string, more: Basis = {}, by = suzuki, on = ports) =>
  resumeStaff(await as(on, by, "resumeStaff"), { staffId: id as StaffId, version: 1, ...more });
const remove = async (id: string, more: Basis = {}, by = suzuki, on = ports) =>
  removeStaff(await as(on, by, "removeStaff"), { staffId: id as StaffId, version: 1, ...more });
const staffRow = (id: string) => read(ports, (tx) => tx.staff.get({ id }));
const accountOf = async (id: string) => (await staffRow(id))?.accountId ?? "";
const log = (action: string) => read(ports, (tx) => tx.audit.list({ action }, { orderBy: ["seq"] }));

/** Everything by which somebody could come in again: a session, a reset link, a known device. */
async function letIn(id: string): Promise<string> {
  const accountId = await accountOf(id);
  const { actor } = await as(ports, id, "getMe");
  const now = new Date(ports.nowMs);
  await read(ports, async (tx) => {
    await tx.sessions.insert(actor.session);
    await tx.oneTimeSecrets.insert({
      id: crypto.randomUUID(),
      accountId,
      purpose: "password_reset",
      hash: "reset",
      credentialVersion: 1,
      data: {},
      attempts: 0,
      createdAt: now,
      expiresAt: new Date(ports.nowMs + 60_000),
      usedAt: null,
    });
    await tx.knownDevices.insert({
      id: crypto.randomUUID(),
      accountId,
      keyThumbprint: "device",
      lastSeenAt: now,
    });
  });
  return accountId;
}
const waysIn = (accountId: string) =>
  read(ports, async (tx) => ({
    sessions: await tx.sessions.count({ accountId, endedAt: null }),
    links: await tx.oneTimeSecrets.count({ accountId, usedAt: null }),
    devices: await tx.knownDevices.count({ accountId }),
    loginIds: await tx.loginIds.count({ accountId }),
  }));

describe("changing a member's name and occupation", () => {
  test("answers the member as it is now, with the next version", async () => {
    const name = { family: "髙橋", given: "結実", familyKana: "ﾀｶﾊｼ", givenKana: "ユミ" };
    const member = await update(takahashi, { name, occupation: "主任管理栄養士" });
    assert.deepEqual(
      [member.name.text, member.name.kana, member.occupation, member.version],
      ["髙橋 結実", "タカハシ ユミ", "主任管理栄養士", 2],
    );
  });

  test("changes nothing that was not given, and takes an occupation away when it is null", async () => {
    assert.deepEqual((await update(takahashi, { occupation: null })).name.text, "髙橋 由美");
    const name = { family: "髙橋", given: "由美子" };
    const member = await update(takahashi, { name }, { version: 2 });
    assert.deepEqual([member.occupation, member.name.text], [null, "髙橋 由美子"]);
  });

  test("what is the same already moves no version and writes no row", async () => {
    const same = { family: "髙橋", given: "由美", familyKana: "タカハシ", givenKana: "ユミ" };
    assert.equal((await update(takahashi, { name: same, occupation: "管理栄養士" })).version, 1);
    assert.equal((await update(takahashi, {})).version, 1);
    assert.deepEqual(await log("staff.updated"), []);
  });

  test("the log says which fields, and no value of them", async () => {
    await update(takahashi, { name: { family: "高梨", given: "由美" }, occupation: "栄養士" });
    const [row] = await log("staff.updated");
    assert.deepEqual([row?.targetId, row?.details], [takahashi, { changed: ["name", "occupation"] }]);
    assert.ok(!JSON.stringify(row).includes("高梨"));
  });

  test("the list moves the member to its new place", async () => {
    await update(suzuki, {
      name: { family: "和田", given: "健一", familyKana: "ワダ", givenKana: "ケンイチ" },
    });
    const { items } = await listStaff(await as(ports, suzuki, "listStaff"), {});
    assert.deepEqual(
      items.slice(-3).map(({ name }) => name.text),
      ["李 美玲", "和田 健一", "渡邉 隆"],
    );
  });
});

describe("suspending and resuming", () => {
  test("5b SE-8 a suspended member has no session, no link and no way in before the answer is sent", async () => {
    const accountId = await letIn(takahashi);
    const member = await suspend(takahashi, { reason: "休職のため" });
    assert.deepEqual([member.status, member.version, member.role], ["suspended", 2, "staff"]);
    const { sessions, links } = await waysIn(accountId);
    assert.deepEqual([sessions, links], [0, 0]);
    const session = await read(ports, (tx) => tx.sessions.get({ accountId }));
    assert.equal(session?.endReason, "suspended");
    const account = await read(ports, (tx) => tx.accounts.get({ id: accountId }));
    assert.equal(
      account?.credentialVersion,
      2,
      "a link being written now is bound to the version that is gone",
    );
  });

  test("a resumed member is active again with the former role, and nothing of before comes back", async () => {
    const accountId = await letIn(takahashi);
    await suspend(takahashi);
    const member = await resume(takahashi, { version: 2, reason: "復職のため" });
    assert.deepEqual([member.status, member.version, member.role], ["active", 3, "staff"]);
    const { sessions, links, loginIds } = await waysIn(accountId);
    assert.deepEqual([sessions, links, loginIds], [0, 0, 1]);
  });

  test("both write who, whom and why into the log", async () => {
    await suspend(takahashi, { reason: "休職のため" });
    await resume(takahashi, { version: 2 });
    for (const [action, reason] of [
      ["staff.suspended", "休職のため"],
      ["staff.resumed", null],
    ] as const) {
      const [row, more] = await log(action);
      assert.deepEqual(
        [row?.result, row?.targetType, row?.targetId, row?.reason, row?.actorName, more],
        ["ok", "staff", takahashi, reason, "鈴木 健一", undefined],
      );
    }
  });

  test("only an active member is suspended, only a suspended one resumed", async () => {
    for (const id of [watanabe, saito]) await assert.rejects(suspend(id), refused("wrong_status"));
    for (const id of [takahashi, saito]) await assert.rejects(resume(id), refused("wrong_status"));
  });

  test("a suspended administrator comes back as one", async () => {
    assert.equal((await suspend(tanaka)).role, "admin");
    assert.equal((await resume(tanaka, { version: 2 })).role, "admin");
  });
});

describe("removing", () => {
  test("5b every way in is gone before the answer is sent, and the account is closed", async () => {
    const accountId = await letIn(takahashi);
    assert.equal(await remove(takahashi), undefined);
    assert.deepEqual(await waysIn(accountId), { sessions: 0, links: 0, devices: 0, loginIds: 0 });
    const account = await read(ports, (tx) => tx.accounts.get({ id: accountId }));
    assert.deepEqual([account?.closedAt?.getTime(), account?.credentialVersion], [ports.nowMs, 2]);
    await assert.rejects(
      getStaff(await as(ports, suzuki, "getStaff"), { staffId: takahashi as StaffId }),
      refused("not_found"),
    );
  });

  test("the address is free for another account, with nothing of the first one", async () => {
    await remove(takahashi);
    const member = await addStaff(await as(ports, suzuki, "addStaff"), {
      name: { family: "髙橋", given: "由美" },
      email: "takahashi@minato.example.jp",
      role: "staff",
      invitation: "initial_password",
    });
    assert.notEqual(member.id, takahashi);
    assert.notEqual(await accountOf(member.id), await accountOf(takahashi));
  });

  test("invariant 8: the name stays in the log, with the role and the status of that day", async () => {
    await remove(watanabe);
    const [row] = await log("staff.removed").then((rows) =>
      rows.filter(({ targetId }) => targetId === watanabe),
    );
    assert.deepEqual(
      [row?.result, row?.actorName, row?.details],
      ["ok", "鈴木 健一", { name: "渡邉 隆", role: "staff", status: "suspended" }],
    );
  });

  test("what the removed member did stays under the name in the log", async () => {
    await suspend(takahashi, {}, tanaka);
    await remove(tanaka);
    assert.equal((await log("staff.suspended"))[0]?.actorName, "田中 美咲");
  });

  test("an invited member is removed like any other: that takes the invitation back", async () => {
    const accountId = await accountOf(saito);
    await remove(saito);
    assert.notEqual((await read(ports, (tx) => tx.accounts.get({ id: accountId })))?.closedAt, null);
  });

  test("a removed member takes no seat any more", async () => {
    const join = async (email: string) =>
      addStaff(await as(ports, yamasaki, "addStaff"), {
        name: { family: "三", given: "番" },
        email,
        role: "staff",
        invitation: "link",
      });
    const third = await join("third@sakura.example.jp");
    await assert.rejects(join("fourth@sakura.example.jp"), refused("seat_limit"));
    await remove(third.id, {}, yamasaki);
    await join("fourth@sakura.example.jp");
  });

  test("partners who asked for it learn the id, and nothing else", async () => {
    const endpoint = {
      url: "https://partner.example.jp/hooks",
      secret: "whsec_x",
      events: ["staff.removed"],
    };
    await read(ports, (tx) =>
      tx.partnerClients.update({ clientId: "demo-portal" }, { webhookEndpoints: [endpoint] as never }),
    );
    await remove(takahashi);
    const [message] = await read(ports, (tx) => tx.outbox.list({ channel: "webhook" }));
    assert.deepEqual((JSON.parse(message?.body ?? "{}") as { data?: unknown }).data, { staffId: takahashi });
  });
});

const changes = {
  update: (id: string, more?: Basis, by?: string, on?: ServicePorts) =>
    update(id, { occupation: "変更" }, more, by, on),
  suspend,
  resume,
  remove,
};
/** A member on whom each can be done. */
const FIT = { update: takahashi, suspend: takahashi, resume: watanabe, remove: takahashi };
const AUDIT = {
  update: "staff.updated",
  suspend: "staff.suspended",
  resume: "staff.resumed",
  remove: "staff.removed",
};

for (const name of Object.keys(changes) as (keyof typeof changes)[]) {
  const change = changes[name];
  describe(`each change of a member keeps the rules: ${name}`, () => {
    for (const [title, id] of [
      ["another institution's member", kobayashi],
      ["a missing member", crypto.randomUUID()],
      ["a removed member", staffId("sasaki@minato.example.jp")],
    ] as const) {
      test(`A-042 RO-4 ${title} is not found`, async () => {
        const before = await dump(ports);
        await assert.rejects(change(id), refused("not_found"));
        assert.equal(await dump(ports), before);
      });
    }

    test("J-30 a stale version is refused and says who changed it and when", async () => {
      await read(ports, async (tx) =>
        tx.staff.update(
          { id: FIT[name] },
          { version: 2, changedBy: (await tx.staff.get({ id: tanaka }))?.accountId ?? "" },
        ),
      );
      await assert.rejects(change(FIT[name]), (error: unknown) => {
        assert.ok(error instanceof ApiProblem);
        const [conflict] = error.details.conflicts ?? [];
        assert.deepEqual(
          [error.code, conflict?.id, conflict?.version, conflict?.changedBy],
          ["version_conflict", FIT[name], 2, "田中 美咲"],
        );
        return true;
      });
    });

    test("SE-8 A-080 somebody who lost the right while waiting is refused, and the attempt is in the log", async () => {
      for (const lost of [{ role: "staff" }, { status: "suspended" }, { status: "removed" }] as const) {
        ports = await demoPorts();
        await read(ports, (tx) => tx.staff.update({ id: tanaka }, lost));
        const before = await staffRow(FIT[name]);
        await assert.rejects(change(FIT[name], {}, tanaka), refused("forbidden"));
        assert.deepEqual(await staffRow(FIT[name]), before);
        const row = (await log(AUDIT[name])).at(-1);
        assert.deepEqual([row?.result, row?.reason, row?.targetId], ["refused", "forbidden", FIT[name]]);
      }
    });

    test("AU-5 nothing changes when the audit row cannot be written", async () => {
      const before = await dump(ports);
      await assert.rejects(
        change(FIT[name], {}, suzuki, withoutAudit(ports) as ServicePorts),
        /audit log is full/,
      );
      assert.equal(await dump(ports), before);
    });
  });
}

describe("A-048 the last active administrator", () => {
  for (const name of ["suspend", "remove"] as const) {
    test(`RG-5 cannot be lost by ${name}, and the attempt is in the log`, async () => {
      await assert.rejects(changes[name](yamasaki, {}, yamasaki), refused("last_admin"));
      assert.equal((await staffRow(yamasaki))?.status, "active");
      const row = (await log(AUDIT[name])).at(-1);
      assert.deepEqual([row?.result, row?.reason, row?.targetId], ["refused", "last_admin", yamasaki]);
    });

    test(`invited and suspended administrators do not count when somebody is to be lost by ${name}`, async () => {
      const promote = async (id: string) =>
        changeStaffRole(await as(ports, suzuki, "changeStaffRole"), {
          staffId: id as StaffId,
          role: "admin",
          version: 1,
        });
      await promote(saito);
      await promote(watanabe);
      await suspend(tanaka);
      await assert.rejects(changes[name](suzuki), refused("last_admin"));
    });

    test(`RO-5 nobody does ${name} to oneself, also while another administrator is there`, async () => {
      await assert.rejects(changes[name](suzuki), refused("self_change_refused"));
      assert.equal((await staffRow(suzuki))?.status, "active");
      const row = (await log(AUDIT[name])).at(-1);
      assert.deepEqual([row?.result, row?.reason], ["refused", "self_change_refused"]);
    });

    test(`of two administrators one can be lost by ${name}, and then the other is the last`, async () => {
      await changes[name](tanaka);
      await assert.rejects(changes[name](suzuki), refused("last_admin"));
    });
  }
});
