import { UniqueViolation, type Store, type Transaction } from "../../ports/store.ts";
import { assert, assertEqual, assertRejects } from "../assert.ts";
import type { TestHarness } from "../harness.ts";
import { at, incident, incidentDelivery, notice, noticeRead, uuid } from "./fixtures.ts";

/** What the operator tells people, and the proof that it did. */
export function noticeTests(open: () => Promise<Store>, { test }: TestHarness): void {
  test("notices to one institution and to all come back as they were kept, lines and markup included", async () => {
    const store = await open();
    const rows = [
      notice({
        institutionId: uuid(),
        body: "<b>一行目</b>\n\n三行目 𠮷",
        validUntil: at("2026-12-31T15:00:00Z"),
      }),
      notice({ mustAcknowledge: true, audience: "admin", severity: "critical", kind: "incident" }),
    ];
    await store.transaction((tx) => tx.notices.insertMany(rows));
    const institutionIds = rows.map(({ institutionId }) => institutionId);
    await store.transaction(async (tx) => {
      const ids = { in: rows.map(({ id }) => id) };
      const found = await tx.notices.list({ id: ids, institutionId: { in: institutionIds } });
      assertEqual(
        found,
        [...rows].sort((a, b) => (a.id < b.id ? -1 : 1)),
      );
      assertEqual(await tx.notices.count({ id: ids, institutionId: null }), 1);
    });
  });

  test("incidents come back as they were kept", async () => {
    const store = await open();
    const row = incident({ alarms: [1, 6], status: "late", notifiedAt: at("2026-11-25T00:00:00.001Z") });
    await store.transaction((tx) => tx.incidents.insert(row));
    assertEqual(await store.transaction((tx) => tx.incidents.get({ id: row.id })), row);
    await store.transaction((tx) => tx.incidents.update({ id: row.id }, { alarms: [1, 6, 12] }));
    assertEqual((await store.transaction((tx) => tx.incidents.get({ id: row.id })))?.alarms, [1, 6, 12]);
    const delivery = incidentDelivery({ sentAt: at("2026-11-25T00:00:00.001Z"), attempts: 3 });
    await store.transaction((tx) => tx.incidentDeliveries.insert(delivery));
    assertEqual(await store.transaction((tx) => tx.incidentDeliveries.get({ id: delivery.id })), delivery);
  });

  const once: readonly (readonly [string, string, (tx: Transaction) => Promise<void>])[] = [
    [
      "a person reads a notice once",
      "notice_reads_pair",
      async (tx) => {
        const read = noticeRead();
        await tx.noticeReads.insertMany([read, { ...read, id: uuid() }]);
      },
    ],
    [
      "a contact is told of an incident once",
      "incident_deliveries_recipient",
      async (tx) => {
        const delivery = incidentDelivery();
        await tx.incidentDeliveries.insertMany([delivery, { ...delivery, id: uuid() }]);
      },
    ],
  ];
  for (const [what, rule, insert] of once) {
    test(what, async () => {
      const error = await assertRejects((await open()).transaction(insert));
      assert(error instanceof UniqueViolation && error.rule === rule, String(error));
    });
  }
}
