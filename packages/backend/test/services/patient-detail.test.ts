import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { operations } from "@welby/contract";
import type { GroupId, PatientId } from "@welby/contract/schemas";
import { ApiProblem } from "../../src/domain/api-problem.ts";
import { groupId, institutions, patientId } from "../../src/seed/index.ts";
import { getPatient } from "../../src/services/patient-detail.ts";
import { putPatientGroups, searchPatients } from "../../src/services/patients.ts";
import {
  as,
  demoPorts,
  read,
  suzuki,
  takahashi,
  withoutAudit,
  yamasaki,
  type ServicePorts,
} from "../support/service-ports.ts";

const refused = (code: string) => (error: unknown) => error instanceof ApiProblem && error.code === code;
const kazuko = patientId("sato-kazuko") as PatientId;

let ports: ServicePorts;
beforeEach(async () => {
  ports = await demoPorts();
});
const get = async (id: PatientId, by = takahashi, on = ports) =>
  getPatient(await as(on, by, "getPatient"), { patientId: id });

describe("one patient", () => {
  test("J-17 is what the list says, the flag for namesakes included, for every patient of the hospital", async () => {
    const input = operations.searchPatients.body.parse({ limit: 200 });
    const { items } = await searchPatients(await as(ports, suzuki, "searchPatients"), input);
    assert.ok(items.some((item) => item.sameName) && items.some((item) => !item.sameName));
    for (const item of items) {
      const { telecom: _telecom, version: _version, ...row } = await get(item.id);
      assert.deepEqual(row, item);
    }
  });

  test("tells where the patient can be reached: by mail, by phone, or nowhere", async () => {
    const logins = await read(ports, (tx) => tx.loginIds.list({ realm: "patient" }));
    const reachable = { email: 0, phone: 0 };
    for (const login of logins) {
      const patient = await read(ports, (tx) => tx.patients.get({ accountId: login.accountId }));
      const link = await read(ports, (tx) =>
        tx.patientLinks.get({
          patientId: patient?.id ?? "",
          institutionId: institutions.minato.id,
          status: "linked",
        }),
      );
      if (!patient || !link) continue;
      const { telecom } = await get(patient.id as PatientId);
      assert.deepEqual(telecom, { email: null, phone: null, [login.type]: login.value });
      reachable[login.type]++;
    }
    assert.ok(reachable.email > 0 && reachable.phone > 0);
    assert.deepEqual((await get(patientId("kana-only") as PatientId)).telecom, { email: null, phone: null });
  });

  test("its version is the one that a change of the groups is based on", async () => {
    const { version } = await get(kazuko);
    const groupIds = [groupId("minato", "遠方") as GroupId];
    const call = await as(ports, takahashi, "putPatientGroups");
    await putPatientGroups(call, { patientId: kazuko, groupIds, version });
    const after = await get(kazuko);
    assert.deepEqual([after.version, after.groupIds], [version + 1, groupIds]);
  });

  test("has the number and the groups of the hospital that asks", async () => {
    const here = await get(kazuko);
    const there = await get(kazuko, yamasaki);
    assert.deepEqual([here.patientNumber, there.patientNumber], ["00012345", "00123"]);
    assert.ok(here.groupIds.length > 0);
    assert.deepEqual(there.groupIds, []);
  });

  test("AU-1 every look leaves a row that says at whom, and no name", async () => {
    await get(kazuko);
    await get(kazuko, suzuki);
    const rows = await read(ports, (tx) => tx.audit.list({ action: "patient.viewed" }, { orderBy: ["seq"] }));
    assert.deepEqual(
      rows.map((row) => [row.actorName, row.targetType, row.targetId, row.result]),
      [
        ["髙橋 由美", "patient", kazuko, "ok"],
        ["鈴木 健一", "patient", kazuko, "ok"],
      ],
    );
    assert.ok(!JSON.stringify(rows).includes("佐藤"));
  });

  test("AU-5 shows nobody when the audit row cannot be written", () =>
    assert.rejects(get(kazuko, suzuki, withoutAudit(ports) as ServicePorts), /audit log is full/));

  test("A-042 a patient of another institution, a missing one and one who is not linked are not found, and leave no row", async () => {
    const others = ["kakuu-1", "link-requested", "link-revoked", "link-unlinked"].map(patientId);
    for (const id of [...others, crypto.randomUUID()])
      await assert.rejects(get(id as PatientId), refused("not_found"), id);
    assert.equal(await read(ports, (tx) => tx.audit.count({ action: "patient.viewed" })), 0);
  });
});
