import type { CategoryId, PatientId } from "@welby/contract/schemas";
import type { Ports, Transaction } from "../ports/index.ts";
import {
  createCategory,
  deleteCategory,
  orderCategories,
  updateCategory,
} from "../services/category-changes.ts";
import { deleteGroup, updateGroup } from "../services/group-changes.ts";
import { groupsLock } from "../services/group-rows.ts";
import { changeGroupMembers, createGroup } from "../services/groups.ts";
import { updateInstitutionSettings } from "../services/institution-settings.ts";
import { putPatientGroups } from "../services/patients.ts";
import { assert, assertEqual } from "./assert.ts";
import { clinicCall } from "./clinic-call.ts";
import { createHospital } from "./hospital.ts";
import { outcomes, tally, times, type RaceScenario } from "./race-scenarios.ts";
import { category as categoryRow } from "./store/fixtures.ts";

const read = <T>(ports: Ports, work: (transaction: Transaction) => Promise<T>) =>
  ports.store.transaction(work);

/** Races about what the people of an institution share: groups, categories, settings. */
export const groupRaceScenarios: readonly RaceScenario[] = [
  {
    name: "GC-3 of eight editors of a group based on the same version one wins, the others learn of the conflict",
    async round(ports) {
      const { admins } = await createHospital(ports, { admins: 1 });
      const call = await clinicCall(ports, admins[0], "updateGroup");
      const { id } = await createGroup(call, { name: "外来" });
      const results = await outcomes(
        times(8, (index) => updateGroup(call, { groupId: id, version: 1, name: `外来${index}` })),
      );
      assertEqual(tally(results), { ok: 1, version_conflict: 7 });
    },
  },
  {
    name: "GC-1 of two groups that take the same new name at once one gets it",
    async round(ports) {
      const { admins } = await createHospital(ports, { admins: 1 });
      const call = await clinicCall(ports, admins[0], "updateGroup");
      const made = [await createGroup(call, { name: "A" }), await createGroup(call, { name: "B" })];
      const results = await outcomes(
        made.map(({ id }, index) =>
          updateGroup(call, { groupId: id, version: 1, name: index ? "ＣＫＤ" : "CKD" }),
        ),
      );
      assertEqual(tally(results), { ok: 1, duplicate_name: 1 });
    },
  },
  {
    name: "GC-4 nobody is left in a group that is deleted while patients are put into it",
    async round(ports) {
      const { admins, patients } = await createHospital(ports, { admins: 1, patients: 6 });
      const call = await clinicCall(ports, admins[0], "deleteGroup");
      const { id } = await createGroup(call, { name: "外来" });
      const results = await outcomes([
        ...patients
          .slice(0, 3)
          .map((patient) =>
            changeGroupMembers(call, { groupId: id, add: [patient as PatientId], remove: [] }),
          ),
        deleteGroup(call, { groupId: id, version: 1 }),
        ...patients
          .slice(3)
          .map((patient) =>
            putPatientGroups(call, { patientId: patient as PatientId, groupIds: [id], version: 1 }),
          ),
      ]);
      assertEqual(results[3], "ok");
      assert(
        results.every((result) => result === "ok" || result === "not_found"),
        `outcomes ${results.join()}`,
      );
      const [open, ended, moves] = await read(ports, async (tx) => [
        await tx.memberships.count({ groupId: id, removedAt: null }),
        await tx.memberships.count({ groupId: id, removedAt: { not: null } }),
        (await tx.patientLinks.list({ patientId: { in: patients } })).reduce(
          (sum, link) => sum + link.version - 1,
          0,
        ),
      ]);
      const entered = results.filter((result, index) => index !== 3 && result === "ok").length;
      assertEqual([open, ended], [0, entered], "open and ended memberships");
      // In and out again: both moves count.
      assertEqual(moves, entered * 2);
    },
  },
  {
    name: "no group is left in a category that is deleted while groups are put into it",
    async round(ports) {
      const { admins, institutionId } = await createHospital(ports, { admins: 1 });
      const call = await clinicCall(ports, admins[0], "deleteCategory");
      const category = await createCategory(call, { name: "疾患" });
      const loose = await createGroup(call, { name: "既存" });
      const results = await outcomes([
        createGroup(call, { name: "新規1", categoryId: category.id }),
        updateGroup(call, { groupId: loose.id, version: 1, categoryId: category.id }),
        deleteCategory(call, { categoryId: category.id, version: 1 }),
        createGroup(call, { name: "新規2", categoryId: category.id }),
      ]);
      assertEqual(results[2], "ok");
      assert(
        results.every((result) => result === "ok" || result === "not_found"),
        `outcomes ${results.join()}`,
      );
      const left = await read(ports, (tx) => tx.groups.count({ institutionId, categoryId: category.id }));
      assertEqual(left, 0);
    },
  },
  {
    name: "GC-2 with one category left, one of eight parallel additions happens",
    async round(ports) {
      const { admins, institutionId } = await createHospital(ports, { admins: 1 });
      await read(ports, (tx) =>
        tx.categories.insertMany(
          Array.from({ length: 99 }, (_, index) => categoryRow(institutionId, `分類${index}`)),
        ),
      );
      const call = await clinicCall(ports, admins[0], "createCategory");
      const results = await outcomes(times(8, (index) => createCategory(call, { name: `新規${index}` })));
      assertEqual(tally(results), { ok: 1, limit_reached: 7 });
    },
  },
  {
    name: "whatever comes first, two orders and an addition leave each category a place of its own",
    async round(ports) {
      const { admins, institutionId } = await createHospital(ports, { admins: 1 });
      const call = await clinicCall(ports, admins[0], "orderCategories");
      const made: CategoryId[] = [];
      for (const name of ["甲", "乙", "丙"]) made.push((await createCategory(call, { name })).id);
      const [first, second, third] = made as [CategoryId, CategoryId, CategoryId];
      // Both begin with the same row, so that no deadlock sets right what the lock is for.
      const order = (...categoryIds: CategoryId[]) => orderCategories(call, { categoryIds });
      const results = await outcomes([
        order(third, first, second),
        order(first, third, second),
        createCategory(call, { name: "丁" }),
      ]);
      assert(
        results.every((result) => result === "ok" || result === "version_conflict"),
        `outcomes ${results.join()}`,
      );
      const rows = await read(ports, (tx) => tx.categories.list({ institutionId }));
      assertEqual(rows.map((row) => row.sortOrder).toSorted(), [1, 2, 3, 4]);
    },
  },
  {
    name: "SE-8 an administrator who is demoted while a change waits for its turn does not make it",
    async round(ports) {
      const { admins, institutionId } = await createHospital(ports, { admins: 2 });
      const [first, second = ""] = admins;
      const { id } = await createCategory(await clinicCall(ports, first, "createCategory"), { name: "甲" });
      const call = await clinicCall(ports, second, "updateCategory");
      let waiting: Promise<string[]> | undefined;
      await read(ports, async (tx) => {
        await tx.lock(groupsLock(institutionId));
        waiting ??= outcomes([updateCategory(call, { categoryId: id, version: 1, name: "乙" })]);
        await tx.staff.update({ id: second }, { role: "staff" });
      });
      assertEqual(await waiting, ["forbidden"]);
    },
  },
  {
    name: "of eight editors of the settings based on the same version one wins",
    async round(ports) {
      const { admins, institutionId } = await createHospital(ports, { admins: 1 });
      const call = await clinicCall(ports, admins[0], "updateInstitutionSettings");
      const results = await outcomes(
        times(8, (index) => updateInstitutionSettings(call, { version: 1, idleTimeoutMin: 20 + index })),
      );
      assertEqual(tally(results), { ok: 1, version_conflict: 7 });
      const version = await read(
        ports,
        async (tx) => (await tx.institutions.get({ id: institutionId }))?.version,
      );
      assertEqual(version, 2);
    },
  },
];
