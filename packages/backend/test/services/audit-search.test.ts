import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import type { AccountId } from "@welby/contract/schemas";
import { ApiProblem } from "../../src/domain/api-problem.ts";
import { seedId, staffId } from "../../src/seed/index.ts";
import { searchAuditEvents } from "../../src/services/audit-search.ts";
import { sealAudit } from "../../src/services/audit-sealer.ts";
import { createGroup } from "../../src/services/groups.ts";
import {
  as,
  demoPorts,
  read,
  suzuki,
  withoutAudit,
  yamasaki,
  type ServicePorts,
} from "../support/service-ports.ts";
import { createWorld } from "../support/world.ts";

const refused = (code: string) => (error: unknown) => error instanceof ApiProblem && error.code === code;
const DAY_MS = 24 * 3_600_000;

let ports: ServicePorts;
beforeEach(async () => {
  ports = await demoPorts();
});

const search = async (filter: Partial<Parameters<typeof searchAuditEvents>[1]> = {}, who = suzuki) =>
  searchAuditEvents(await as(ports, who, "searchAuditEvents"), { limit: 50, ...filter });
const create = async (name: string, who = suzuki) =>
  createGroup(await as(ports, who, "createGroup"), { name });

describe("操作ログ", () => {
  test("AU-1 tells who did what to whom, and when in Japan time", async () => {
    const group = await create("外来A");
    const { items } = await search({ action: "group.created" });
    assert.equal(items.length, 1);
    const [event] = items;
    assert.deepEqual(event?.actor, {
      id: seedId("account:suzuki@minato.example.jp"),
      nameAtTheTime: "鈴木 健一",
      role: "admin",
    });
    assert.deepEqual(event?.target, { type: "group", id: group.id });
    assert.equal(event?.at, "2026-11-23T09:00:00.000+09:00");
    assert.equal(event?.result, "ok");
    assert.match(event?.requestId ?? "", /^[0-9a-f-]{36}$/);
  });

  test("names a removed member as the log knew that person", async () => {
    const { items } = await search({ targetId: staffId("sasaki@minato.example.jp") });
    assert.deepEqual(
      items.map(({ action, details, reason }) => [action, details["name"], reason]),
      [["staff.removed", "佐々木 一", "退職のため"]],
    );
  });

  test("shows the newest first", async () => {
    for (const name of ["一", "二", "三"]) {
      await create(name);
      ports.nowMs += 1000;
    }
    const { items } = await search({ action: "group.created" });
    const times = items.map(({ at }) => at);
    assert.deepEqual(times, [...times].sort().reverse());
    assert.deepEqual(
      items.map(({ seq }) => seq),
      items.map(({ seq }) => seq).sort((a, b) => b - a),
    );
  });

  test("each filter finds what it names and nothing else", async () => {
    const group = await create("外来A");
    const tanaka = staffId("tanaka@minato.example.jp");
    await create("外来B", tanaka);
    const one = async (filter: Parameters<typeof search>[0]) => {
      const { items, total } = await search({ action: "group.created", ...filter });
      assert.equal(total, items.length);
      return items.map(({ actor }) => actor?.nameAtTheTime);
    };
    assert.deepEqual(await one({ actorId: seedId("account:tanaka@minato.example.jp") as AccountId }), [
      "田中 美咲",
    ]);
    assert.deepEqual(await one({ targetId: group.id }), ["鈴木 健一"]);
    assert.deepEqual(await one({ targetType: "staff" }), []);
    assert.deepEqual(await one({ result: "refused" }), []);
    assert.equal((await one({ result: "ok" })).length, 2);
    assert.deepEqual(await one({ action: "group.creat_d" }), []);
  });

  test("a period takes its first instant and not its last", async () => {
    const at = new Date(ports.nowMs);
    await create("外来A");
    const count = async (fromMs: number | null, toMs: number | null) => {
      const { total } = await search({
        action: "group.created",
        ...(fromMs !== null && { from: new Date(at.getTime() + fromMs).toISOString() }),
        ...(toMs !== null && { to: new Date(at.getTime() + toMs).toISOString() }),
      });
      return total;
    };
    assert.equal(await count(0, 1), 1);
    assert.equal(await count(-1, 0), 0);
    assert.equal(await count(1, 2), 0);
    assert.equal(await count(0, null), 1);
    assert.equal(await count(null, 0), 0);
    assert.equal(await count(null, 1), 1);
  });

  test("a year with a leap day is not too long; a millisecond more is", async () => {
    const to = new Date(ports.nowMs);
    const from = new Date(to.getTime() - 366 * DAY_MS);
    await search({ from: from.toISOString(), to: to.toISOString() });
    await search({ from: from.toISOString() });
    const longer = new Date(from.getTime() - 1).toISOString();
    await assert.rejects(search({ from: longer, to: to.toISOString() }), refused("range_too_wide"));
    await assert.rejects(search({ from: longer }), refused("range_too_wide"));
    await assert.rejects(
      search({ from: to.toISOString(), to: from.toISOString() }),
      refused("validation_failed"),
    );
  });

  test("AU-7 pages show each event once while new ones are written", async () => {
    for (let index = 0; index < 7; index++) await create(`外来${index}`);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await search({
        action: "group.created",
        limit: 3,
        ...(cursor !== undefined && { cursor }),
      });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
      await create(`間に${seen.length}`);
    } while (cursor !== undefined);
    assert.equal(seen.length, 7);
    assert.equal(new Set(seen).size, 7);
  });

  test("the cursor of another filter or institution is refused", async () => {
    for (const name of ["一", "二"]) await create(name);
    const { nextCursor } = await search({ action: "group.created", limit: 1 });
    const cursor = nextCursor ?? "";
    await assert.rejects(search({ limit: 1, cursor }), refused("validation_failed"));
    await assert.rejects(search({ action: "group.created", cursor }, yamasaki), refused("validation_failed"));
    await assert.rejects(search({ cursor: "made-up" }), refused("validation_failed"));
  });

  test("A-042 AU-7 shows nothing of another institution, also by its ids", async () => {
    const group = await create("外来A");
    const foreign = await search({ targetId: group.id }, yamasaki);
    assert.deepEqual([foreign.items, foreign.total], [[], 0]);
  });

  test("AU-1 looking at the log is in the log, with the filter", async () => {
    await search({ targetType: "staff" });
    const { items } = await search({ action: "audit.viewed" });
    assert.deepEqual(
      items.map(({ details }) => details),
      [{ targetType: "staff", total: 1 }],
    );
  });

  test("AU-5 nothing is shown when the look cannot be written down", async () => {
    await assert.rejects(
      searchAuditEvents(await as(withoutAudit(ports), suzuki, "searchAuditEvents"), { limit: 1 }),
    );
  });

  test("AU-2 shows the seals once there are any", async () => {
    for (const name of ["一", "二"]) await create(name);
    const before = await search({ action: "group.created" });
    assert.deepEqual(
      before.items.map(({ hash, previousHash }) => [hash, previousHash]),
      [
        [null, null],
        [null, null],
      ],
    );
    await sealAudit(ports);
    const [second, first] = (await search({ action: "group.created" })).items;
    assert.match(first?.hash ?? "", /^[\w-]{43}$/);
    assert.equal(second?.previousHash, first?.hash);
  });
});

describe("操作ログ over HTTP", () => {
  test("A-003 an order, or SQL where an order might stand, is refused before any row is read", async () => {
    const world = await createWorld();
    const client = await world.signedIn();
    const rows = () => read(world.ports, (tx) => tx.audit.count({}));
    const before = await rows();
    for (const sort of ["created_at;SELECT pg_sleep(5)", "seq", ""]) {
      const { status, body } = await client.send("searchAuditEvents", { sort });
      assert.equal(status, 422);
      assert.deepEqual((body as { errors: unknown }).errors, [{ path: "sort", code: "unknown_key" }]);
    }
    assert.equal(await rows(), before);
  });

  test("A-005 an object where a text belongs is refused", async () => {
    const world = await createWorld();
    const client = await world.signedIn();
    for (const key of ["action", "targetId", "actorId", "from", "result"]) {
      const { status } = await client.send("searchAuditEvents", { [key]: { $ne: null } });
      assert.equal(status, 422, key);
    }
  });

  test("AU-1 A-019 tells the address; a User-Agent with markup is a hash in the log, and its text nowhere", async () => {
    const world = await createWorld();
    const client = await world.signedIn();
    const headers = { "user-agent": "<script>alert(1)</script>" };
    await client.send("createGroup", { name: "外来A" }, { headers, ip: "198.51.100.7" });
    const { body } = await client.send("searchAuditEvents", { action: "group.created" });
    const [event] = (body as { items: { userAgentHash: string; ip: string }[] }).items;
    assert.equal(event?.ip, "198.51.100.7");
    assert.match(event?.userAgentHash ?? "", /^[\w-]{43}$/);
    const everything = await read(world.ports, (tx) => tx.audit.list({}));
    assert.ok(!JSON.stringify(everything).includes("<script>"));
  });

  test("A-044 staff and patients see neither the log nor its export, and the attempt is in the log", async () => {
    const world = await createWorld();
    const staff = await world.signedIn("takahashi@minato.example.jp");
    for (const id of ["searchAuditEvents", "exportAuditEvents"] as const) {
      const { status } = await staff.send(id, {});
      assert.equal(status, 403);
    }
    const refusals = await read(world.ports, (tx) =>
      tx.audit.list({ action: "access.refused" }, { orderBy: ["seq"] }),
    );
    assert.deepEqual(
      refusals.map(({ targetId, actorName }) => [targetId, actorName]),
      [
        ["searchAuditEvents", "髙橋 由美"],
        ["exportAuditEvents", "髙橋 由美"],
      ],
    );
  });

  test("A-089 control characters in a typed login id reach neither the log of the service nor that of the institution", async () => {
    const world = await createWorld();
    const client = await world.client();
    const loginId = 'a\r\n{"level":"error","message":"forged"}\u001b[31m\u2028@example.jp';
    await client.signIn(loginId, "wrong-password-is-wrong");
    const lines = JSON.stringify(world.log);
    assert.ok(world.log.length > 0);
    const rows = JSON.stringify(await read(world.ports, (tx) => tx.audit.list({})));
    for (const text of [lines, rows]) {
      assert.ok(!text.includes("forged"));
      assert.doesNotMatch(text, /\\u001b|\\r|\\n|\u2028/);
    }
  });
});

for (const filter of [
  { action: "a\u0000b" },
  { targetType: "\ud800" },
  { targetId: "\u202e" },
  { from: "0000-01-01T00:00:00Z", to: "0000-02-29T00:00:00Z" },
  { to: "9999-12-31T23:59:59-23:59" },
])
  test(`A-023 A-040: a filter that no log can hold is refused: ${JSON.stringify(filter)}`, async () => {
    const client = await (await createWorld()).signedIn();
    for (const id of ["searchAuditEvents", "exportAuditEvents"] as const)
      assert.equal((await client.send(id, filter)).body.code, "validation_failed", id);
  });
