import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import type { NoticeId } from "@welby/contract/schemas";
import { ApiProblem } from "../../src/domain/api-problem.ts";
import { UnusableText } from "../../src/domain/plain-text.ts";
import { institutions } from "../../src/seed/institutions.ts";
import { acknowledgeNotice, listNotices } from "../../src/services/notices.ts";
import { publishNotice, type NoticeInput } from "../../src/services/publish-notice.ts";
import {
  as,
  demoPorts,
  read,
  suzuki,
  takahashi,
  yamasaki,
  type ServicePorts,
} from "../support/service-ports.ts";
import { createWorld } from "../support/world.ts";

const MINUTE = 60_000;
const NOTICE: NoticeInput = {
  kind: "maintenance",
  title: "定期メンテナンス",
  body: "日曜日の 2:00 から停止します。",
};

let ports: ServicePorts;
beforeEach(async () => {
  ports = await demoPorts();
  await read(ports, (tx) => tx.notices.delete({}));
});

const list = async (who = suzuki, input = {}) => listNotices(await as(ports, who, "listNotices"), input);
const titles = async (who = suzuki) => (await list(who)).items.map(({ title }) => title);
const publish = (input: Partial<NoticeInput> = {}) => publishNotice(ports, { ...NOTICE, ...input });
const acknowledge = async (id: string, who = suzuki) =>
  acknowledgeNotice(await as(ports, who, "acknowledgeNotice"), { noticeId: id as NoticeId });
const notFound = (error: unknown) => error instanceof ApiProblem && error.code === "not_found";

describe("お知らせ", () => {
  test("clause 9: what is published is there on the next look, with everything that it says", async () => {
    const { notice } = await publish({ validUntil: new Date("2026-12-31T15:00:00Z"), severity: "warning" });
    assert.deepEqual((await list()).items, [
      {
        id: notice.id,
        kind: "maintenance",
        severity: "warning",
        title: NOTICE.title,
        body: NOTICE.body,
        publishedAt: "2026-11-23T09:00:00.000+09:00",
        validUntil: "2027-01-01T00:00:00.000+09:00",
        mustAcknowledge: false,
        readAt: null,
      },
    ]);
  });

  test("the newest stands first, and what is over is not shown any more", async () => {
    await publish({ title: "一", validUntil: new Date(ports.nowMs + 2 * MINUTE) });
    ports.nowMs += MINUTE;
    await publish({ title: "二" });
    assert.deepEqual(await titles(), ["二", "一"]);
    ports.nowMs += MINUTE;
    assert.deepEqual(await titles(), ["二"]);
  });

  test("a page goes on where the one before ended, also when a notice is over meanwhile", async () => {
    for (const title of ["一", "二", "三"]) {
      await publish({ title, ...(title === "二" && { validUntil: new Date(ports.nowMs + 2 * MINUTE) }) });
      ports.nowMs += 1000;
    }
    const first = await list(suzuki, { limit: 2 });
    assert.deepEqual([first.items.map(({ title }) => title), first.total], [["三", "二"], 3]);
    ports.nowMs += 2 * MINUTE;
    const next = await list(suzuki, { cursor: first.nextCursor });
    assert.deepEqual([next.items.map(({ title }) => title), next.total], [["一"], 2]);
  });

  test("reaches those whom it is for", async () => {
    await publish({ title: "全員" });
    await publish({ title: "みなと", institutionId: institutions.minato.id });
    await publish({ title: "スタッフ", audience: "staff" });
    await publish({ title: "管理者", audience: "admin" });
    const everything = ["みなと", "スタッフ", "全員", "管理者"];
    assert.deepEqual((await titles()).sort(), everything.sort());
    assert.deepEqual((await titles(takahashi)).sort(), ["みなと", "スタッフ", "全員"].sort());
    assert.deepEqual((await titles(yamasaki)).sort(), ["スタッフ", "全員", "管理者"].sort());
  });

  test("is acknowledged once, by each person for himself, and that is in the log", async () => {
    const { notice } = await publish({ mustAcknowledge: true });
    const first = await acknowledge(notice.id);
    assert.equal(first.readAt, "2026-11-23T09:00:00.000+09:00");
    ports.nowMs += MINUTE;
    assert.equal((await acknowledge(notice.id)).readAt, first.readAt);
    assert.equal((await list()).items[0]?.readAt, first.readAt);
    assert.equal((await list(takahashi)).items[0]?.readAt, null);
    const rows = await read(ports, (tx) => tx.audit.list({ action: "notice.acknowledged" }));
    assert.deepEqual(
      rows.map(({ actorName, targetId }) => [actorName, targetId]),
      [["鈴木 健一", notice.id]],
    );
  });

  test("A-042 a notice to others answers like one that does not exist", async () => {
    const { notice } = await publish({ institutionId: institutions.sakura.id });
    const { notice: admins } = await publish({ audience: "admin" });
    await assert.rejects(acknowledge(notice.id), notFound);
    await assert.rejects(acknowledge(admins.id, takahashi), notFound);
    await assert.rejects(acknowledge("7f0c1f57-58a1-4d2b-8a43-0d5b2a5f4a11"), notFound);
  });

  test("A-018 markup in a notice is text: it comes as it was typed, as JSON, and is never rendered by the service", async () => {
    const world = await createWorld();
    const body = `<script>alert(1)</script>\n<svg onload=alert(1)>\n<a href="javascript:alert(1)">x</a>`;
    await publishNotice(world.ports, { ...NOTICE, title: "<b>太字</b>", body });
    const client = await world.signedIn();
    const { body: answer, headers } = await client.send("listNotices");
    assert.match(headers.get("content-type") ?? "", /^application\/json/);
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    const [first] = (answer as { items: { title: string; body: string }[] }).items;
    assert.deepEqual([first?.title, first?.body], ["<b>太字</b>", body]);
  });

  test("reaches patients too, in the institution whose client they use", async () => {
    const world = await createWorld();
    await publishNotice(world.ports, { ...NOTICE, title: "みなと", institutionId: institutions.minato.id });
    await publishNotice(world.ports, { ...NOTICE, title: "スタッフ", audience: "staff" });
    await publishNotice(world.ports, { ...NOTICE, title: "さくら坂", institutionId: institutions.sakura.id });
    const patient = await world.client();
    await patient.signIn("sato.kazuko@example.jp", undefined, "patient");
    const { body } = await patient.send("listNotices");
    const shown = (body as { items: { title: string }[] }).items.map(({ title }) => title);
    assert.ok(shown.includes("みなと"));
    assert.ok(!shown.includes("スタッフ") && !shown.includes("さくら坂"));
  });
});

describe("publishing", () => {
  const mails = () =>
    read(ports, (tx) => tx.outbox.list({ template: "emergency_notice" }, { orderBy: ["recipient"] }));
  const contacts = (id: string, incidentContacts: string[]) =>
    read(ports, (tx) => tx.institutions.update({ id }, { incidentContacts }));
  const EMERGENCY = {
    kind: "emergency",
    title: "緊急メンテナンス",
    body: "ただいま停止しています。\n復旧を急いでいます。",
  } as const;

  test("clause 9: an emergency goes by mail to the contacts of the institution, one mail each", async () => {
    const { id } = institutions.minato;
    await contacts(id, [
      "anzen@minato.example.jp",
      "ＡＮＺＥＮ@minato.example.jp",
      "incho@minato.example.jp",
    ]);
    const { mails: count, notice } = await publish({ ...EMERGENCY, institutionId: id });
    const rows = await mails();
    assert.equal(count, 2);
    assert.equal(notice.severity, "critical");
    assert.deepEqual(
      rows.map(({ recipient }) => recipient),
      ["anzen@minato.example.jp", "incho@minato.example.jp"],
    );
    for (const { body } of rows) assert.ok(body.includes(`${EMERGENCY.title}\n\n${EMERGENCY.body}`));
  });

  test("to the active administrators where no contact was named", async () => {
    await contacts(institutions.minato.id, []);
    await publish({ ...EMERGENCY, institutionId: institutions.minato.id });
    assert.deepEqual(
      (await mails()).map(({ recipient }) => recipient),
      ["suzuki@minato.example.jp", "tanaka@minato.example.jp"],
    );
  });

  test("an emergency for all reaches each institution, and one who is the contact of two once", async () => {
    for (const { id } of Object.values(institutions)) await contacts(id, ["shared@example.jp"]);
    await contacts(institutions.sakura.id, ["sakura@example.jp", "Shared@example.jp"]);
    await publish(EMERGENCY);
    assert.deepEqual(
      (await mails()).map(({ recipient }) => recipient),
      ["Shared@example.jp", "sakura@example.jp"],
    );
  });

  test("anything else is no mail", async () => {
    for (const kind of ["maintenance", "change", "incident"] as const) await publish({ kind });
    assert.deepEqual(await mails(), []);
  });

  test("a second time under the same id does nothing", async () => {
    const id = "7f0c1f57-58a1-4d2b-8a43-0d5b2a5f4a11";
    const first = await publish({ ...EMERGENCY, id });
    ports.nowMs += MINUTE;
    const second = await publish({ ...EMERGENCY, id });
    assert.deepEqual([second.notice, second.mails], [first.notice, 0]);
    assert.equal((await mails()).length, first.mails);
    const rows = await read(ports, (tx) => tx.audit.list({ action: "notice.published" }));
    assert.deepEqual(
      rows.map(({ details }) => details),
      [{ kind: "emergency", mails: first.mails }],
    );
  });

  test("to an institution that does not exist is refused: nobody would be told", async () => {
    await assert.rejects(
      publish({ ...EMERGENCY, institutionId: "7f0c1f57-58a1-4d2b-8a43-0d5b2a5f4a11" }),
      RangeError,
    );
    assert.equal(await read(ports, (tx) => tx.notices.count({})), 0);
  });

  for (const [what, input] of [
    ["no title", { title: " " }],
    ["a title of two lines", { title: "a\nb" }],
    ["a title of 101 letters", { title: "あ".repeat(101) }],
    ["no body", { body: "\n\n" }],
    ["a body with an escape sequence", { body: "a\u001b[31m" }],
    ["a body that turns the text around", { body: "a\n\u202eb" }],
    ["a body with NUL", { body: "a\u0000" }],
    ["a body of 101 lines", { body: "あ\n".repeat(101) }],
    ["a body with an endless line", { body: "あ".repeat(1001) }],
  ] as const) {
    test(`A-023 ${what} is refused, and the refusal does not repeat it`, async () => {
      const text = "title" in input ? input.title : input.body;
      const refusal = (error: unknown) =>
        error instanceof UnusableText && (text.trim() === "" || !error.message.includes(text));
      await assert.rejects(publish(input), refusal);
      assert.deepEqual((await list()).items, []);
    });
  }
});
