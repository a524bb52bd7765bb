import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import type { StaffId } from "@welby/contract/schemas";
import { ApiProblem } from "../../src/domain/api-problem.ts";
import { staffId } from "../../src/seed/index.ts";
import { listGroups } from "../../src/services/groups.ts";
import { addStaff, getStaff, listStaff } from "../../src/services/staff.ts";
import {
  as,
  demoPorts,
  dump,
  read,
  suzuki,
  tanaka,
  withoutAudit,
  yamasaki,
  type ServicePorts,
} from "../support/service-ports.ts";

const refused = (code: string) => (error: unknown) => error instanceof ApiProblem && error.code === code;
const newMember = {
  name: { family: "山田", given: "花子" },
  email: "hanako@example.jp",
  role: "staff" as const,
  invitation: "initial_password" as const,
};

let ports: ServicePorts;
beforeEach(async () => {
  ports = await demoPorts();
});

describe("アカウント一覧", () => {
  const list = async (input = {}) => listStaff(await as(ports, suzuki, "listStaff"), input);

  test("J-11 shows everybody but removed members, by reading", async () => {
    const { items, total, nextCursor } = await list();
    assert.deepEqual(
      items.map((item) => item.name.text),
      ["斎藤 あゆみ", "鈴木 健一", "髙橋 由美", "田中 美咲", "李 美玲", "渡邉 隆"],
    );
    assert.deepEqual([total, nextCursor], [6, null]);
  });

  test("shows nobody of another institution", async () => {
    const { items } = await listStaff(await as(ports, yamasaki, "listStaff"), {});
    assert.deepEqual(
      items.map((item) => item.email),
      ["kobayashi@sakura.example.jp", "yamasaki@sakura.example.jp"],
    );
  });

  test("pages see everybody once, also when somebody leaves between two pages", async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < 10; page++) {
      const { items, nextCursor, total } = await list({ limit: 2, ...(cursor && { cursor }) });
      seen.push(...items.map((item) => item.id));
      if (page === 0) {
        assert.equal(total, 6);
        await read(ports, (tx) => tx.staff.update({ id: seen.at(-1) ?? "" }, { status: "removed" }));
      }
      if (!nextCursor) break;
      cursor = nextCursor;
    }
    assert.equal(seen.length, 6);
    assert.equal(new Set(seen).size, 6);
  });

  test("the cursor of another list, of another institution, or a changed one is refused", async () => {
    const { nextCursor } = await list({ limit: 1 });
    assert.ok(nextCursor);
    const groups = await listGroups(await as(ports, suzuki, "listGroups"), { limit: 1 });
    const [id, mac = ""] = nextCursor.split(".");
    const forged = [
      groups.nextCursor ?? "",
      `${tanaka}.${mac}`,
      `${id}.${mac.slice(0, -1)}`,
      `${id}.`,
      "",
      "x",
      "..",
      nextCursor.toUpperCase(),
    ];
    for (const cursor of forged) await assert.rejects(list({ cursor }), refused("validation_failed"), cursor);
    await assert.rejects(
      listStaff(await as(ports, yamasaki, "listStaff"), { cursor: nextCursor }),
      refused("validation_failed"),
    );
  });

  test("the sole active administrator's role cannot be changed, and the row says why", async () => {
    const { items } = await listStaff(await as(ports, yamasaki, "listStaff"), {});
    const actions = Object.fromEntries(items.map((item) => [item.email, item.actions]));
    const changeRole = (email: string) => actions[email]?.find(({ action }) => action === "change_role");
    assert.deepEqual(changeRole("yamasaki@sakura.example.jp"), {
      action: "change_role",
      allowed: false,
      disabledReason: "last_admin",
    });
    assert.deepEqual(changeRole("kobayashi@sakura.example.jp"), { action: "change_role", allowed: true });
  });

  test("shows the last sign-in in Japan time", async () => {
    const account = (await read(ports, (tx) => tx.staff.get({ id: tanaka })))?.accountId ?? "";
    await read(ports, (tx) =>
      tx.accounts.update({ id: account }, { lastSignInAt: new Date("2026-12-31T15:00:00.000Z") }),
    );
    const { items } = await list();
    assert.equal(items.find((item) => item.id === tanaka)?.lastSignInAt, "2027-01-01T00:00:00.000+09:00");
  });
});

describe("one member", () => {
  const get = async (id: string) => getStaff(await as(ports, suzuki, "getStaff"), { staffId: id as StaffId });

  test("is shown", async () => {
    const member = await get(tanaka);
    assert.equal(member.email, "tanaka@minato.example.jp");
    assert.deepEqual(member.name, {
      text: "田中 美咲",
      kana: "タナカ ミサキ",
      family: "田中",
      given: "美咲",
      familyKana: "タナカ",
      givenKana: "ミサキ",
    });
  });

  for (const [title, id] of [
    ["another institution's member", yamasaki],
    ["a missing member", crypto.randomUUID()],
    ["a removed member", staffId("sasaki@minato.example.jp")],
  ] as const) {
    test(`A-042 ${title} is not found`, () => assert.rejects(get(id), refused("not_found")));
  }
});

describe("adding a member", () => {
  const add = async (input: Partial<Parameters<typeof addStaff>[1]> = {}, by = suzuki, on = ports) =>
    addStaff(await as(on, by, "addStaff"), { ...newMember, ...input });
  const mailTo = async (recipient: string) => read(ports, (tx) => tx.outbox.get({ recipient }));
  const passwordIn = (text: string) => /初期パスワード: (\S+)/.exec(text)?.[1] ?? "";

  test("answers an invited member with the role staff", async () => {
    const member = await add();
    assert.deepEqual(
      [member.status, member.role, member.version, member.email],
      ["invited", "staff", 1, "hanako@example.jp"],
    );
    assert.equal((await add({ email: "b@example.jp", role: "admin" })).role, "admin");
  });

  test("IP-1 the initial password has 20 unambiguous characters, lives 72 hours and must be changed", async () => {
    await add();
    const mail = await mailTo("hanako@example.jp");
    const password = passwordIn(mail?.body ?? "");
    assert.match(password, /^([a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}$/);
    assert.deepEqual(ports.hashed, [password]);
    const login = await read(ports, (tx) => tx.loginIds.get({ key: "hanako@example.jp" }));
    const account = await read(ports, (tx) => tx.accounts.get({ id: login?.accountId ?? "" }));
    assert.equal(account?.mustChangePassword, true);
    assert.equal(account.initialPasswordExpiresAt?.getTime(), ports.nowMs + 72 * 3_600_000);
    assert.match(mail?.body ?? "", /2026\/11\/26 09:00/);
  });

  test("IP-1 no two initial passwords are alike and every character of the alphabet occurs", async () => {
    await read(ports, (tx) => tx.institutions.update({}, { seats: null }));
    for (let index = 0; index < 100; index++) await add({ email: `p${index}@example.jp` });
    assert.equal(new Set(ports.hashed).size, 100);
    assert.equal(new Set(ports.hashed.join("").replaceAll("-", "")).size, 31);
  });

  test("IP-5 the initial password stands in the mail and nowhere else", async () => {
    const member = await add();
    const password = passwordIn((await mailTo("hanako@example.jp"))?.body ?? "");
    assert.ok(!JSON.stringify(member).includes(password));
    const everything = JSON.parse(await dump(ports)) as Record<string, unknown>;
    delete everything["outbox"];
    assert.ok(!JSON.stringify(everything).includes(password));
  });

  test("the audit row names the member by id only", async () => {
    const member = await add();
    const row = await read(ports, (tx) => tx.audit.get({ action: "staff.added" }));
    assert.deepEqual(
      [row?.targetId, row?.actorName, row?.details],
      [member.id, "鈴木 健一", { role: "staff", invitation: "initial_password" }],
    );
    assert.ok(!JSON.stringify({ ...row, actorName: "" }).includes("山田"));
    assert.ok(!JSON.stringify(row).includes("hanako"));
  });

  test("the mail goes to the stored address, with the client's own sign-in page", async () => {
    await add({ email: " Ｈanako＠Example．JP " });
    const mail = await mailTo("Hanako@example.jp");
    assert.equal(mail?.status, "queued");
    assert.match(mail.body, /^ログイン画面: https:\/\/portal\.example\.jp\/$/m);
    assert.match(mail.body, /^ログインID: Hanako@example\.jp$/m);
  });

  for (const email of [
    "tanaka@minato.example.jp",
    "TANAKA@Minato.example.jp",
    "ｔａｎａｋａ＠minato.example.jp",
  ]) {
    test(`${email} is refused: a member here has it`, () =>
      assert.rejects(add({ email }), refused("email_in_use")));
  }

  test("A-050 an address of another institution or of a patient is taken without a word", async () => {
    await add({ email: "yamasaki@sakura.example.jp" });
    await add({ email: "sato.kazuko@example.jp" });
  });

  test("a removed member's address is free again", async () => {
    assert.equal((await add({ email: "sasaki@minato.example.jp" })).status, "invited");
  });

  test("J-1 an address of the old carrier kind can be entered, the same dots elsewhere cannot", async () => {
    await add({ email: "a..b@docomo.ne.jp" });
    await assert.rejects(add({ email: "a..b@example.jp" }), (error: unknown) => {
      assert.ok(error instanceof ApiProblem);
      assert.deepEqual(
        [error.code, error.details.errors],
        ["validation_failed", [{ path: "email", code: "misplaced_dot" }]],
      );
      return true;
    });
  });

  test("RG-6 the last seat is given once, and a full contract is refused", async () => {
    const results = await Promise.allSettled(
      [1, 2, 3].map((index) => add({ email: `s${index}@example.jp` }, yamasaki)),
    );
    assert.equal(results.filter((result) => result.status === "fulfilled").length, 1);
    await assert.rejects(add({ email: "s9@example.jp" }, yamasaki), refused("seat_limit"));
  });

  for (const change of [{ role: "staff" }, { status: "suspended" }, { status: "removed" }] as const) {
    test(`SE-8 A-087 an administrator who lost the right (${Object.values(change).join()}) while the request was under way adds nobody`, async () => {
      const slow: ServicePorts = {
        ...ports,
        hasher: {
          ...ports.hasher,
          hash: async (password) => {
            await read(ports, (tx) => tx.staff.update({ id: suzuki }, change));
            return ports.hasher.hash(password);
          },
        },
      };
      const call = await as(slow, suzuki, "addStaff");
      await assert.rejects(addStaff(call, { ...newMember, role: "admin" }), refused("forbidden"));
      assert.equal(await read(ports, (tx) => tx.staff.count({ email: newMember.email })), 0);
      assert.equal(await read(ports, (tx) => tx.loginIds.count({ value: newMember.email })), 0);
      const [row] = await read(ports, (tx) => tx.audit.list({ action: "staff.added", result: "refused" }));
      assert.equal(row?.reason, "forbidden");
    });
  }

  test("a removed member takes no seat", async () => {
    await add({ email: "third@example.jp" }, yamasaki);
    await read(ports, (tx) =>
      tx.staff.update({ email: "kobayashi@sakura.example.jp" }, { status: "removed" }),
    );
    await add({ email: "fourth@example.jp" }, yamasaki);
    await assert.rejects(add({ email: "fifth@example.jp" }, yamasaki), refused("seat_limit"));
  });

  test("J-7 J-12 the written name is kept byte for byte, a reading becomes full-width katakana", async () => {
    const name = {
      family: " \uFA1B\u845B\u{E0100}",
      given: "𠮷",
      familyKana: "ﾌｸﾀﾞ",
      givenKana: "か\u3099く",
    };
    const member = await add({ name });
    assert.equal(member.name.family, name.family);
    assert.equal(member.name.text, " \uFA1B\u845B\u{E0100} 𠮷");
    assert.deepEqual(
      [member.name.familyKana, member.name.givenKana, member.name.kana],
      ["フクダ", "ガク", "フクダ ガク"],
    );
  });

  test("a reading in Latin letters is kept as typed", async () => {
    const member = await add({
      name: { family: "Nguyen", given: "An", familyKana: "グエン", givenKana: "An" },
    });
    assert.equal(member.name.kana, "グエン An");
  });

  test("AU-5 nothing changes when the audit row cannot be written", async () => {
    const before = await dump(ports);
    await assert.rejects(add({}, suzuki, withoutAudit(ports) as ServicePorts), /audit log is full/);
    assert.equal(await dump(ports), before);
  });

  test("a refusal leaves nothing behind", async () => {
    const before = await dump(ports);
    await assert.rejects(add({ email: "tanaka@minato.example.jp" }), refused("email_in_use"));
    assert.equal(await dump(ports), before);
  });
});
