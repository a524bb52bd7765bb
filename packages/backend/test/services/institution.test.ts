import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { operations, type InputOf, type Operations } from "@welby/contract";
import { ApiProblem } from "../../src/domain/api-problem.ts";
import { passwordPolicyOf } from "../../src/domain/password.ts";
import { institutions } from "../../src/seed/index.ts";
import { updateInstitutionSettings } from "../../src/services/institution-settings.ts";
import { getInstitution } from "../../src/services/institution.ts";
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
const minato = institutions.minato.id;

let ports: ServicePorts;
beforeEach(async () => {
  ports = await demoPorts();
});

type Change = Omit<InputOf<Operations["updateInstitutionSettings"]>, "version">;
const get = async (by = suzuki) => getInstitution(await as(ports, by, "getInstitution"), {});
const update = async (change: Change, version = 1, by = suzuki, on = ports) =>
  updateInstitutionSettings(await as(on, by, "updateInstitutionSettings"), {
    version,
    ...operations.updateInstitutionSettings.body.parse(change),
  });
const stored = () => read(ports, (tx) => tx.institutions.get({ id: minato }));

describe("the own institution", () => {
  test("says what the contract and the settings are, and which seats are taken", async () => {
    assert.deepEqual(await get(), {
      id: minato,
      name: "みなと青空総合病院",
      nameKana: "ミナトアオゾラソウゴウビョウイン",
      medicalInstitutionCode: "1312345670",
      settings: {
        patientNumber: { pad: true, length: 8, charset: "digits" },
        idleTimeoutMin: 15,
        passwordPreset: "default",
        mfaRequired: false,
      },
      incidentContacts: ["anzen@minato.example.jp", "jouhou@minato.example.jp"],
      retention: { patientDays: 365, auditYears: 5 },
      // Six of seven: 佐々木 was removed, the invited and the suspended one count.
      seats: { limit: 50, used: 6 },
      contractEndsOn: "2029-03-31",
      version: 1,
    });
  });

  test("A-042 is that of whoever asks and no other", async () => {
    assert.equal((await get(yamasaki)).name, "さくら坂内科クリニック");
  });
});

describe("changing the settings", () => {
  test("changes what was named and keeps the rest", async () => {
    const before = await get();
    const after = await update({ idleTimeoutMin: 10 });
    assert.deepEqual(after, { ...before, settings: { ...before.settings, idleTimeoutMin: 10 }, version: 2 });
    assert.deepEqual(await get(), after);
  });

  test("takes everything at once", async () => {
    const after = await update({
      idleTimeoutMin: 60,
      passwordPreset: "mhlw-c",
      mfaRequired: true,
      incidentContacts: ["ＫＡＮＲＩ@minato.example.jp", "ab.c@docomo.ne.jp"],
    });
    assert.deepEqual(
      [after.settings.idleTimeoutMin, after.settings.passwordPreset, after.settings.mfaRequired],
      [60, "mhlw-c", true],
    );
    assert.deepEqual(after.incidentContacts, ["KANRI@minato.example.jp", "ab.c@docomo.ne.jp"]);
  });

  test("an empty list of contacts is a list: incidents are then told to every administrator", async () => {
    assert.deepEqual((await update({ incidentContacts: [] })).incidentContacts, []);
  });

  test("the password policy follows with the next question", async () => {
    await update({ passwordPreset: "mhlw-a" });
    const row = await stored();
    assert.ok(row);
    assert.deepEqual([passwordPolicyOf(row).minLength, passwordPolicyOf(row).mixed], [13, true]);
  });

  test("PW-1 the preset for short passwords needs the second factor, whichever of the two is changed", async () => {
    const contradiction = (error: unknown) =>
      error instanceof ApiProblem &&
      error.code === "validation_failed" &&
      JSON.stringify(error.details.errors) === '[{"path":"passwordPreset","code":"contradiction"}]';
    await assert.rejects(update({ passwordPreset: "mhlw-c" }), contradiction);
    await update({ passwordPreset: "mhlw-c", mfaRequired: true });
    await assert.rejects(update({ mfaRequired: false }, 2), contradiction);
    assert.equal((await update({ passwordPreset: "default", mfaRequired: false }, 2)).version, 3);
  });

  test("AU-1 the log tells before and after, the contacts by their number only", async () => {
    await update({ mfaRequired: true, incidentContacts: ["kanri@minato.example.jp"] }, 1, tanaka);
    const row = await read(ports, (tx) => tx.audit.get({ action: "institution.settings_changed" }));
    assert.deepEqual(
      [row?.actorName, row?.targetType, row?.targetId, row?.result],
      ["田中 美咲", "institution", minato, "ok"],
    );
    const rest = { idleTimeoutMin: 15, passwordPreset: "default" };
    assert.deepEqual(row?.details, {
      from: { ...rest, mfaRequired: false, incidentContacts: 2 },
      to: { ...rest, mfaRequired: true, incidentContacts: 1 },
    });
  });

  test("a change to what it already is moves no version", async () => {
    const { settings, incidentContacts } = await get();
    const { patientNumber: _patientNumber, ...same } = settings;
    assert.equal((await update({ ...same, incidentContacts } as Change)).version, 1);
    assert.equal((await update({})).version, 1);
    assert.equal((await stored())?.changedBy, null);
  });

  test("two editors: the second one is told who was quicker and when", async () => {
    await update({ idleTimeoutMin: 20 }, 1, tanaka);
    const before = await dump(ports);
    await assert.rejects(update({ idleTimeoutMin: 30 }, 1), (error: unknown) => {
      assert.ok(error instanceof ApiProblem);
      assert.deepEqual(
        [error.code, error.details.conflicts],
        [
          "version_conflict",
          [{ id: minato, version: 2, changedBy: "田中 美咲", changedAt: "2026-11-23T09:00:00.000+09:00" }],
        ],
      );
      return true;
    });
    assert.equal(await dump(ports), before);
  });

  const contacts: [string, string[], string, string][] = [
    ["nothing", [""], "incidentContacts.0", "empty"],
    ["no address", ["a@minato.example.jp", "kanri"], "incidentContacts.1", "at_sign"],
    [
      "A-032 a second header line",
      ["a@minato.example.jp\r\nBcc: evil@example.com"],
      "incidentContacts.0",
      "forbidden_character",
    ],
    [
      "the same address in another width",
      ["kanri@minato.example.jp", "b@minato.example.jp", "ＫＡＮＲＩ@minato.example.jp"],
      "incidentContacts.2",
      "duplicate",
    ],
  ];
  for (const [what, incidentContacts, path, code] of contacts) {
    test(`a contact that is ${what} is refused by its place in the list`, async () => {
      const call = await as(ports, suzuki, "updateInstitutionSettings");
      const run = async () => updateInstitutionSettings(call, { version: 1, incidentContacts });
      await assert.rejects(run(), (error: unknown) => {
        assert.ok(error instanceof ApiProblem);
        assert.equal(error.code, "validation_failed");
        assert.deepEqual(error.details.errors, [{ path, code }]);
        return true;
      });
      assert.equal((await get()).version, 1);
    });
  }

  for (const [what, change] of [
    ["4 minutes", { idleTimeoutMin: 4 }],
    ["61 minutes", { idleTimeoutMin: 61 }],
    ["5.5 minutes", { idleTimeoutMin: 5.5 }],
    ["a preset of its own", { passwordPreset: "none" }],
    ["eleven contacts", { incidentContacts: Array.from({ length: 11 }, (_, n) => `a${n}@example.jp`) }],
    ["A-043 a number of seats", { seats: 1000 }],
    ["A-043 a retention", { retention: { patientDays: 1, auditYears: 0 } }],
    ["A-043 another name", { name: "改名病院" }],
  ] as const) {
    test(`${what} is no setting`, () =>
      assert.equal(operations.updateInstitutionSettings.body.safeParse(change).success, false));
  }

  test("5 and 60 minutes, and ten contacts, are", () => {
    for (const idleTimeoutMin of [5, 60])
      assert.ok(operations.updateInstitutionSettings.body.safeParse({ idleTimeoutMin }).success);
    const incidentContacts = Array.from({ length: 10 }, (_, n) => `a${n}@example.jp`);
    assert.ok(operations.updateInstitutionSettings.body.safeParse({ incidentContacts }).success);
  });

  test("SE-8 without the right of this moment it is refused and logged", async () => {
    const call = await as(ports, tanaka, "updateInstitutionSettings");
    await read(ports, (tx) => tx.staff.update({ id: tanaka }, { role: "staff" }));
    await assert.rejects(
      updateInstitutionSettings(call, { version: 1, mfaRequired: true }),
      refused("forbidden"),
    );
    await assert.rejects(update({ mfaRequired: true }, 1, takahashi), refused("forbidden"));
    const rows = await read(ports, (tx) => tx.audit.list({ action: "institution.settings_changed" }));
    assert.deepEqual(
      rows.map((row) => row.result),
      ["refused", "refused"],
    );
    assert.equal((await stored())?.mfaRequired, false);
  });

  test("AU-5 nothing changes when the audit row cannot be written", async () => {
    const before = await dump(ports);
    await assert.rejects(
      update({ idleTimeoutMin: 20 }, 1, suzuki, withoutAudit(ports) as ServicePorts),
      /audit log is full/,
    );
    assert.equal(await dump(ports), before);
  });
});
