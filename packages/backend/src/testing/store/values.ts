import { UnstorableValue } from "../../ports/storable.ts";
import type { Store } from "../../ports/store.ts";
import { assert, assertEqual, assertRejects } from "../assert.ts";
import type { TestHarness } from "../harness.ts";
import { account, at, factor, group, idempotency, institution, person, staff, uuid } from "./fixtures.ts";

const TEXTS: readonly (readonly [string, string])[] = [
  ["福 U+FA1B, which even NFC would change", "\uFA1B田"],
  ["葛 with a variation selector", "葛\u{E0100}城 誠"],
  ["𠮷 outside the first plane", "𠮷田 茂"],
  ["﨑 U+FA11", "\uFA11山"],
  ["a family emoji", "👨‍👩‍👧"],
  ["decomposed kana", "か\u3099"],
  ["decomposed Latin", "e\u0301"],
  ["full width", "ＣＫＤ"],
  ["spaces around", "  先頭と末尾　"],
  ["外字 (private use)", "\uE000田"],
  ["quotes and backslashes", `'); DROP TABLE groups;-- "\\ \\x \\u0041`],
  ["wildcards and markup", "100%_<b>&amp;"],
  ["line ends", "a\r\nb\u2028c\u0085"],
  ["a zero-width space", "a\u200Bb"],
];

const BODIES: readonly (readonly [string, unknown])[] = [
  ["an object whose keys are not in order", { z: 1, a: [3, 1, 2], "": null, m: { y: true, b: false } }],
  ["numbers", [0, -1, 0.1, 1e21, 9007199254740991]],
  ["text", 'text 𠮷 " \\'],
  ["an empty object", {}],
  ["an empty list", []],
  ["null", null],
  ["false", false],
  ["nested Unicode", { name: "\uFA1B田", list: [{ "葛\u{E0100}": "👨‍👩‍👧" }] }],
];

/** What goes in comes out the same. */
export function valueTests(open: () => Promise<Store>, { test }: TestHarness): void {
  for (const [title, text] of TEXTS) {
    test(`J-7 keeps text as it is, unit by unit: ${title}`, async () => {
      const store = await open();
      const row = group(uuid(), text);
      await store.transaction((tx) => tx.groups.insert(row));
      await store.transaction(async (tx) => {
        assertEqual((await tx.groups.get({ id: row.id }))?.name, text);
        assertEqual(
          await tx.groups.count({ institutionId: row.institutionId, name: text }),
          1,
          "found by its value",
        );
      });
    });
  }

  for (const [title, body] of BODIES) {
    test(`keeps JSON as it is, key order included: ${title}`, async () => {
      const store = await open();
      const row = idempotency(body);
      await store.transaction((tx) => tx.idempotency.insert(row));
      const read = await store.transaction((tx) => tx.idempotency.get({ id: row.id }));
      assertEqual(JSON.stringify(read?.body), JSON.stringify(body));
    });
  }

  test("keeps the settings of an institution, lists, numbers and dates alike", async () => {
    const store = await open();
    const rows = [
      institution(),
      institution({ incidentContacts: [], contractEndsOn: null, seats: 3 }),
      institution({ version: 2, changedBy: uuid(), changedAt: at("2026-11-23T00:05:00.123Z") }),
    ];
    await store.transaction((tx) => tx.institutions.insertMany(rows));
    for (const row of rows) {
      assertEqual(await store.transaction((tx) => tx.institutions.get({ id: row.id })), row);
    }
  });

  test("text that only differs by Unicode form is different text", async () => {
    const store = await open();
    const institutionId = uuid();
    await store.transaction(async (tx) => {
      await tx.groups.insertMany(
        ["\uFA1B", "\u798F", "が", "か\u3099", "a", "A", "a "].map((name) =>
          group(institutionId, name, { nameKey: uuid() }),
        ),
      );
      for (const name of ["\uFA1B", "が", "A", "a "])
        assertEqual(await tx.groups.count({ institutionId, name }), 1, name);
    });
  });

  test("J-15 keeps instants to the millisecond and calendar dates as text", async () => {
    const store = await open();
    const moments = [
      "2026-12-31T15:00:00.001Z",
      "1969-12-31T23:59:59.999Z",
      "9999-12-31T23:59:59.999Z",
      "2026-03-08T02:30:00.500-08:00",
    ];
    for (const moment of moments) {
      const row = account({ createdAt: at(moment), lastSignInAt: at(moment) });
      await store.transaction((tx) => tx.accounts.insert(row));
      assertEqual(await store.transaction((tx) => tx.accounts.get({ id: row.id })), row, moment);
    }
    for (const birthDate of [
      "1926-12-24",
      "1926-12-25",
      "1989-01-07",
      "1989-01-08",
      "2019-05-01",
      "2000-02-29",
      "1868-01-25",
    ]) {
      const { patient } = person(uuid(), { name: "甲", birthDate });
      await store.transaction((tx) => tx.patients.insert(patient));
      assertEqual(
        (await store.transaction((tx) => tx.patients.get({ id: patient.id })))?.birthDate,
        birthDate,
      );
    }
  });

  test("keeps numbers, booleans, lists and null in every kind of column", async () => {
    const store = await open();
    const rows = [
      institution({
        seats: 0,
        medicalInstitutionCode: "0012345678",
        patientNumber: { pad: false, length: null, charset: "alphanumeric" },
      }),
      institution({ seats: 2147483647, mfaRequired: false }),
    ];
    await store.transaction((tx) => tx.institutions.insertMany(rows));
    for (const row of rows)
      assertEqual(await store.transaction((tx) => tx.institutions.get({ id: row.id })), row);
    const client = {
      clientId: `client-${uuid()}`,
      institutionId: uuid(),
      name: "試験",
      allowedOrigins: ["http://localhost:1", "https://a.example"],
      tokenBinding: "dpop" as const,
      rpId: null,
      urls: { passwordReset: "http://x/#r", invitation: "http://x/", registration: "http://x/" },
      webhookEndpoints: [
        { url: "https://hooks.example.jp/?a=1", secret: "whsec_MTIz", events: ["staff.removed" as const] },
      ],
    };
    await store.transaction((tx) => tx.partnerClients.insert(client));
    assertEqual(
      await store.transaction((tx) => tx.partnerClients.get({ clientId: client.clientId })),
      client,
    );
  });

  test("keeps a member with everything about the invitation, and with nothing of it", async () => {
    const store = await open();
    const rows = [
      staff({ status: "invited", invitation: "link", invitedBy: uuid(), occupation: "医療事務" }),
      staff({ nameKana: "シケン ハナコ", role: "admin", version: 2147483647, changedBy: uuid() }),
    ];
    await store.transaction((tx) => tx.staff.insertMany(rows));
    for (const row of rows) assertEqual(await store.transaction((tx) => tx.staff.get({ id: row.id })), row);
  });

  test("a store that has a clock tells its time, to the millisecond", async () => {
    const store = await open();
    const [one, other] = [await store.now(), await store.now()];
    if (one === null || other === null) return assertEqual(other, one);
    // On the machine of a test nobody's clock is minutes off.
    assert(Math.abs(one.getTime() - Date.now()) < 60_000, `${one.toISOString()} is not now`);
    assert(one <= other, "its clock runs backwards");
  });

  test("J-16 keeps leading zeros", async () => {
    const store = await open();
    const { link } = person(uuid(), { name: "甲", number: "00012345" });
    await store.transaction((tx) => tx.patientLinks.insert(link));
    assertEqual(await store.transaction((tx) => tx.patientLinks.get({ id: link.id })), link);
  });

  const unstorable: readonly (readonly [string, () => Parameters<typeof group>[2]])[] = [
    ["NUL", () => ({ name: "a\u0000b" })],
    ["half of a surrogate pair", () => ({ name: "a\uD842b" })],
    ["an invalid date", () => ({ deletedAt: new Date(Number.NaN) })],
    ["a missing value", () => ({ name: undefined as unknown as string })],
  ];
  for (const [title, changes] of unstorable) {
    test(`A-023 refuses ${title} rather than change it, on insert and on update`, async () => {
      const store = await open();
      const row = group(uuid(), "kept");
      await store.transaction((tx) => tx.groups.insert(row));
      for (const attempt of [
        () => store.transaction((tx) => tx.groups.insert(group(row.institutionId, "bad", changes()))),
        () => store.transaction((tx) => tx.groups.update({ id: row.id }, changes() ?? {})),
      ]) {
        const error = await assertRejects(attempt());
        assert(error instanceof UnstorableValue, `expected UnstorableValue, got ${String(error)}`);
      }
      assertEqual(await store.transaction((tx) => tx.groups.list({ institutionId: row.institutionId })), [
        row,
      ]);
    });
  }

  test("keeps a factor as it is: large counters, transports, what is empty", async () => {
    const store = await open();
    const full = factor({
      kind: "passkey",
      label: "診察室のパソコン",
      credentialId: uuid(),
      publicKey: "pQECAyYg",
      // The largest that a passkey can count to.
      signCount: 4_294_967_295,
      backupEligible: true,
      backedUp: false,
      transports: ["internal", "hybrid"],
      lastUsedAt: at("2026-11-23T00:05:00.001Z"),
    });
    for (const row of [full, factor({ totpLastStep: 59_000_000, confirmedAt: null })]) {
      await store.transaction((tx) => tx.factors.insert(row));
      assertEqual(await store.transaction((tx) => tx.factors.get({ id: row.id })), row);
    }
  });

  test("refuses NUL inside JSON", async () => {
    const store = await open();
    const error = await assertRejects(
      store.transaction((tx) => tx.idempotency.insert(idempotency({ deep: ["a\u0000"] }))),
    );
    assert(error instanceof UnstorableValue, `expected UnstorableValue, got ${String(error)}`);
  });

  test("a search with text that cannot be stored finds nothing and breaks nothing", async () => {
    const store = await open();
    const found = await store
      .transaction((tx) =>
        tx
          .searchPatients({
            institutionId: uuid(),
            text: "a\u0000",
            sort: "kana",
            descending: false,
            limit: 1,
          })
          .catch((error: unknown) => error),
      )
      .catch((error: unknown) => error);
    assert(
      found instanceof UnstorableValue || (found as { total?: number }).total === 0,
      `got ${String(found)}`,
    );
  });
}
