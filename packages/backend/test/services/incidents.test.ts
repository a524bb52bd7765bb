import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { institutions } from "../../src/seed/institutions.ts";
import { listIncidents } from "../../src/services/incidents.ts";
import { listNotices } from "../../src/services/notices.ts";
import { openIncident, type IncidentInput } from "../../src/services/open-incident.ts";
import { deliverOutbox } from "../../src/services/outbox.ts";
import { tendIncidents } from "../../src/services/tend-incidents.ts";
import {
  as,
  demoPorts,
  read,
  suzuki,
  takahashi,
  yamasaki,
  type ServicePorts,
} from "../support/service-ports.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const minato = institutions.minato.id;

let ports: ServicePorts;
let sent: { to: string; atMs: number }[];
/** Addresses whose mail does not go out now. */
let down: Set<string>;
let alarms: unknown[];

beforeEach(async () => {
  ports = await demoPorts();
  sent = [];
  down = new Set();
  alarms = [];
  Object.assign(ports, {
    mailer: {
      send: async ({ to }: { to: string }) => {
        if (down.has(to)) throw new Error("the provider is down");
        sent.push({ to, atMs: ports.nowMs });
      },
    },
  });
  await read(ports, async (tx) => {
    await tx.notices.delete({});
    await tx.incidents.delete({});
    await tx.incidentDeliveries.delete({});
    await tx.institutions.update(
      { id: minato },
      { incidentContacts: ["anzen@minato.example.jp", "incho@minato.example.jp"] },
    );
  });
});

const open = (input: Partial<IncidentInput> = {}) =>
  openIncident(ports, {
    institutionId: minato,
    kind: "data_loss",
    occurredAt: new Date(ports.nowMs),
    what: "一部の測定値が失われました。",
    effect: "11月22日の測定値を表示できません。",
    measures: "バックアップから復元しています。",
    contact: "support@example.jp",
    ...input,
  });
const tend = () => tendIncidents(ports, (_level, _message, fields) => void alarms.push(fields["hours"]));
/** The service's own work for so long, minute by minute. */
async function goOn(hours: number): Promise<void> {
  for (const end = ports.nowMs + hours * HOUR; ports.nowMs < end;) {
    ports.nowMs += MINUTE;
    await deliverOutbox(ports, () => undefined);
    await tend();
  }
}
const list = async (who = suzuki) => (await listIncidents(await as(ports, who, "listIncidents"), {})).items;
const actions = async () =>
  (await read(ports, (tx) => tx.audit.list({ targetType: "incident" }, { orderBy: ["seq"] }))).map(
    ({ action, details }) => [action, details["hours"] ?? details["late"] ?? null],
  );

describe("clause 15: an incident", () => {
  test("IN-1 is due 24 hours after it occurred, not after it was detected", async () => {
    const occurredAt = new Date(ports.nowMs - 10 * HOUR);
    const { dueAt, detectedAt } = await open({ occurredAt });
    assert.equal(dueAt.getTime() - occurredAt.getTime(), 24 * HOUR);
    assert.equal(detectedAt.getTime(), ports.nowMs);
  });

  test("IN-4 goes to each contact by a mail that says what, when, what it means, what is done, whom to ask and what comes next", async () => {
    await open({ nextUpdateAt: new Date("2026-11-23T09:00:00Z") });
    const mails = await read(ports, (tx) =>
      tx.outbox.list({ template: "incident_opened" }, { orderBy: ["recipient"] }),
    );
    assert.deepEqual(
      mails.map(({ recipient }) => recipient),
      ["anzen@minato.example.jp", "incho@minato.example.jp"],
    );
    for (const part of [
      "データの消失",
      "2026/11/23 09:00",
      "一部の測定値が失われました。",
      "11月22日の測定値を表示できません。",
      "バックアップから復元しています。",
      "support@example.jp",
      "2026/11/23 18:00",
    ]) {
      assert.ok(mails[0]?.body.includes(part), part);
    }
  });

  test("goes to the active administrators where no contact was named", async () => {
    await read(ports, (tx) => tx.institutions.update({ id: minato }, { incidentContacts: [] }));
    await open();
    const [incident] = await list();
    assert.deepEqual(
      incident?.deliveries.map(({ recipient }) => recipient),
      ["suzuki@minato.example.jp", "tanaka@minato.example.jp"],
    );
  });

  test("IN-2 keeps for each contact when the mail went out, and is notified with the last of them", async () => {
    await open();
    down.add("incho@minato.example.jp");
    await goOn(2);
    const [waiting] = await list();
    assert.deepEqual(
      waiting?.deliveries.map(({ recipient, status, sentAt }) => [recipient, status, sentAt]),
      [
        ["anzen@minato.example.jp", "sent", "2026-11-23T09:01:00.000+09:00"],
        ["incho@minato.example.jp", "queued", null],
      ],
    );
    assert.deepEqual([waiting?.status, waiting?.notifiedAt], ["open", null]);
    assert.ok((waiting?.deliveries[1]?.attempts ?? 0) > 3);
    down.clear();
    await goOn(2);
    const [told] = await list();
    assert.equal(told?.status, "notified");
    assert.equal(told?.notifiedAt, told?.deliveries[1]?.sentAt);
    assert.deepEqual(sent.map(({ to }) => to).sort(), ["anzen@minato.example.jp", "incho@minato.example.jp"]);
  });

  test("the proof stays when the outbox is emptied", async () => {
    await open();
    await goOn(1);
    const before = await list();
    await read(ports, (tx) => tx.outbox.delete({}));
    assert.deepEqual(await list(), before);
  });

  test("IN-1 IN-2 with the mail provider down for 23 hours, alarms come after 1, 6, 12 and 20 hours, the notice is there at once, and the mail still goes out in time", async () => {
    const { id } = await open();
    for (const to of ["anzen@minato.example.jp", "incho@minato.example.jp"]) down.add(to);
    await goOn(23);
    assert.deepEqual(alarms, [1, 6, 12, 20]);
    const notices = await listNotices(await as(ports, suzuki, "listNotices"), {});
    assert.deepEqual(
      notices.items.map(({ kind, mustAcknowledge }) => [kind, mustAcknowledge]),
      [["incident", true]],
    );
    assert.deepEqual((await listNotices(await as(ports, takahashi, "listNotices"), {})).items, []);
    down.clear();
    await goOn(1);
    const [incident] = await list();
    assert.deepEqual([incident?.id, incident?.status], [id, "notified"]);
    assert.deepEqual(await actions(), [
      ["incident.opened", null],
      ["incident.alarm", 1],
      ["incident.alarm", 6],
      ["incident.alarm", 12],
      ["incident.alarm", 20],
      ["incident.notified", false],
    ]);
  });

  test("IN-1 late is written down as late and stays so; the mail goes on being sent past the day after which others are given up", async () => {
    await open();
    for (const to of ["anzen@minato.example.jp", "incho@minato.example.jp"]) down.add(to);
    await goOn(24);
    assert.equal((await list())[0]?.status, "open");
    await goOn(26);
    assert.deepEqual([(await list())[0]?.status, (await list())[0]?.notifiedAt], ["late", null]);
    down.clear();
    await goOn(2);
    const [incident] = await list();
    assert.equal(incident?.status, "late");
    assert.notEqual(incident?.notifiedAt, null);
    assert.deepEqual(sent.map(({ to }) => to).sort(), ["anzen@minato.example.jp", "incho@minato.example.jp"]);
    assert.deepEqual((await actions()).slice(-2), [
      ["incident.late", null],
      ["incident.notified", true],
    ]);
  });

  test("IN-1 one that was detected late raises at once the alarms that it missed, each once", async () => {
    await open({ occurredAt: new Date(ports.nowMs - 7 * HOUR) });
    await tend();
    await tend();
    assert.deepEqual(alarms, [1, 6]);
  });

  test("without anybody to tell it alarms all the same", async () => {
    await read(ports, async (tx) => {
      await tx.institutions.update({ id: minato }, { incidentContacts: [] });
      await tx.staff.update({ institutionId: minato }, { role: "staff" });
    });
    await open();
    await goOn(25);
    assert.deepEqual(alarms, [1, 6, 12, 20]);
    const rows = await read(ports, (tx) => tx.incidents.list({}));
    assert.equal(rows[0]?.status, "late");
  });

  test("a second time under the same id tells nobody again", async () => {
    const id = "7f0c1f57-58a1-4d2b-8a43-0d5b2a5f4a11";
    const first = await open({ id });
    ports.nowMs += HOUR;
    assert.deepEqual(await open({ id }), first);
    assert.equal(await read(ports, (tx) => tx.outbox.count({ template: "incident_opened" })), 2);
    assert.equal(await read(ports, (tx) => tx.notices.count({ kind: "incident" })), 1);
  });

  test("times that contradict each other, and an institution that is none, are refused", async () => {
    const now = new Date(ports.nowMs);
    await assert.rejects(open({ occurredAt: new Date(ports.nowMs + 1) }), RangeError);
    await assert.rejects(open({ detectedAt: new Date(ports.nowMs + 1) }), RangeError);
    await assert.rejects(open({ occurredAt: now, detectedAt: new Date(ports.nowMs - 1) }), RangeError);
    await assert.rejects(open({ institutionId: "7f0c1f57-58a1-4d2b-8a43-0d5b2a5f4a11" }), RangeError);
    await assert.rejects(open({ what: "a\r\nBcc: evil@example.jp" }));
    assert.equal(await read(ports, (tx) => tx.incidents.count({})), 0);
  });

  test("IN-3 says by when the institution itself has to report, and the mail says so too", async () => {
    const reports = async (input: Partial<IncidentInput>) => {
      const { id } = await open(input);
      return (await list())
        .find((one) => one.id === id)
        ?.reports.map(({ kind, dueOn }) => `${kind} ${dueOn}`);
    };
    assert.deepEqual(await reports({ kind: "leak" }), ["preliminary 2026-11-26", "final 2026-12-23"]);
    assert.deepEqual(await reports({ kind: "unauthorized_access" }), [
      "preliminary 2026-11-26",
      "final 2027-01-22",
    ]);
    assert.deepEqual(await reports({ kind: "outage" }), []);
    assert.deepEqual(await reports({ kind: "outage", personalData: true }), [
      "preliminary 2026-11-26",
      "final 2026-12-23",
    ]);
    const mails = await read(ports, (tx) =>
      tx.outbox.list({ template: "incident_opened" }, { orderBy: ["seq"] }),
    );
    assert.ok(mails[0]?.body.includes("速報 (preliminary) 2026-11-26, 確報 (final) 2026-12-23"));
  });

  test("IN-3 counts days in Japan from the detection, without its own day", async () => {
    for (const [detectedAt, dueOn] of [
      ["2026-11-22T14:59:59Z", "2026-11-25"],
      ["2026-11-22T15:00:00Z", "2026-11-26"],
    ] as const) {
      const occurredAt = new Date("2026-11-20T00:00:00Z");
      const { id } = await open({ kind: "leak", occurredAt, detectedAt: new Date(detectedAt) });
      assert.equal((await list()).find((one) => one.id === id)?.reports[0]?.dueOn, dueOn);
    }
  });

  test("IN-5 markup in it is text wherever it goes", async () => {
    await open({ what: "<img src=x onerror=alert(1)>" });
    const [mail] = await read(ports, (tx) => tx.outbox.list({ template: "incident_opened" }));
    assert.ok(mail?.body.includes("<img src=x onerror=alert(1)>"));
    assert.equal((await list())[0]?.what, "<img src=x onerror=alert(1)>");
  });

  test("A-042 another institution sees nothing of it", async () => {
    await open();
    assert.deepEqual(await list(yamasaki), []);
  });

  test("is told to the institution's servers with its id alone", async () => {
    const endpoint = {
      url: "https://hospital.example.jp/hooks",
      secret: "whsec_x",
      events: ["incident.opened" as const],
    };
    await read(ports, (tx) =>
      tx.partnerClients.update({ clientId: "demo-portal" }, { webhookEndpoints: [endpoint] }),
    );
    const { id } = await open();
    const [hook] = await read(ports, (tx) => tx.outbox.list({ channel: "webhook" }));
    assert.deepEqual((JSON.parse(hook?.body ?? "{}") as { data: unknown }).data, { incidentId: id });
  });
});
