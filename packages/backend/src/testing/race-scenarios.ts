import type { GroupId, PatientId, StaffId } from "@welby/contract/schemas";
import { isActiveAdmin } from "../domain/last-admin.ts";
import type { Ports } from "../ports/index.ts";
import { changeGroupMembers, createGroup } from "../services/groups.ts";
import { putPatientGroups } from "../services/patients.ts";
import { resendInvitation } from "../services/resend-invitation.ts";
import { changeStaffRole, changeStaffRoles } from "../services/roles.ts";
import { removeStaff, suspendStaff } from "../services/staff-life-cycle.ts";
import { addStaff } from "../services/staff.ts";
import { assert, assertEqual } from "./assert.ts";
import { clinicCall } from "./clinic-call.ts";
import { createHospital } from "./hospital.ts";

/** One race between callers; it makes a hospital of its own, so it can be run any number of times on one store. */
export interface RaceScenario {
  /** A sentence about what holds, with its case id. */
  readonly name: string;
  /** Runs one round. @throws when the rule was broken */
  readonly round: (ports: Ports) => Promise<void>;
}

/** Settles all and says what each came to: `ok` or the code of the refusal. */
export async function outcomes(calls: readonly Promise<unknown>[]): Promise<string[]> {
  return Promise.all(
    calls.map((call) =>
      call.then(
        () => "ok",
        (error: unknown) => (error as { code?: string }).code ?? String(error),
      ),
    ),
  );
}

const count = (list: readonly string[], what: string) => list.filter((one) => one === what).length;
export const times = <T>(n: number, make: (index: number) => Promise<T>) =>
  Array.from({ length: n }, (_, index) => make(index));

/** How often each outcome occurs, e.g. `{ ok: 1, seat_limit: 7 }`. */
export function tally(outcomes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of outcomes) counts[one] = (counts[one] ?? 0) + 1;
  return counts;
}

/** Races that every pair of service and store must survive; only a store with several connections proves them. */
export const raceScenarios: readonly RaceScenario[] = [
  {
    name: "A-087 two administrators who demote each other at once leave one",
    async round(ports) {
      const { admins } = await createHospital(ports, { admins: 2 });
      const [first, second = ""] = admins;
      const demote = async (by: string, whom: string) => {
        const call = await clinicCall(ports, by, "changeStaffRole");
        return () =>
          changeStaffRole(call, { staffId: whom as StaffId, role: "staff", version: 1, confirmSelf: true });
      };
      const calls = [await demote(first, second), await demote(second, first)];
      const results = await outcomes(calls.map((run) => run()));
      assertEqual(count(results, "ok"), 1, `outcomes ${results.join()}`);
      await expectAdmins(ports, first, 1);
    },
  },
  {
    name: "A-087 of five administrators who give up their own right at once one keeps it",
    async round(ports) {
      const { admins } = await createHospital(ports, { admins: 5 });
      const calls = await Promise.all(admins.map((id) => clinicCall(ports, id, "changeStaffRoles")));
      const results = await outcomes(
        calls.map((call) =>
          changeStaffRoles(call, {
            changes: [{ staffId: call.actor.staffId as StaffId, role: "staff", version: 1 }],
            confirmSelf: true,
          }),
        ),
      );
      assertEqual([count(results, "ok"), count(results, "last_admin")], [4, 1], `outcomes ${results.join()}`);
      await expectAdmins(ports, admins[0], 1);
    },
  },
  ...(["suspend", "remove", "demote"] as const).map((second): RaceScenario => ({
    name: `A-048 A-087 two administrators of whom one removes and one would ${second} the other at once leave one`,
    async round(ports) {
      const { admins } = await createHospital(ports, { admins: 2 });
      const [first, other = ""] = admins;
      const target = (id: string) => ({ staffId: id as StaffId, version: 1 });
      const calls = {
        remove: await clinicCall(ports, other, "removeStaff"),
        suspend: await clinicCall(ports, other, "suspendStaff"),
        demote: await clinicCall(ports, other, "changeStaffRole"),
      };
      const against = {
        remove: () => removeStaff(calls.remove, target(first)),
        suspend: () => suspendStaff(calls.suspend, target(first)),
        demote: () => changeStaffRole(calls.demote, { ...target(first), role: "staff" }),
      };
      const mine = await clinicCall(ports, first, "removeStaff");
      const results = await outcomes([removeStaff(mine, target(other)), against[second]()]);
      assertEqual(tally(results), { ok: 1, forbidden: 1 });
      await expectAdmins(ports, first, 1);
    },
  })),
  {
    name: "IP-4 of four invitations sent anew at once one link lives",
    async round(ports) {
      const { admins } = await createHospital(ports, { admins: 1 });
      const call = await clinicCall(ports, admins[0], "resendInvitation");
      const { id } = await addStaff(call, {
        name: { family: "招", given: "待" },
        email: "invited@example.jp",
        role: "staff",
        invitation: "link",
      });
      const results = await outcomes(times(4, () => resendInvitation(call, { staffId: id })));
      assertEqual(tally(results), { ok: 4 });
      const [links, living] = await ports.store.transaction(async (tx) => {
        const accountId = (await tx.staff.get({ id }))?.accountId ?? "";
        const account = await tx.accounts.get({ id: accountId });
        const credentialVersion = account?.credentialVersion ?? 0;
        return [
          await tx.oneTimeSecrets.count({ accountId }),
          await tx.oneTimeSecrets.count({ accountId, usedAt: null, credentialVersion }),
        ];
      });
      assertEqual([links, living], [5, 1], "links and living links");
    },
  },
  {
    name: "J-30 of eight changes based on the same version one wins, the others learn of the conflict",
    async round(ports) {
      const { admins, staff } = await createHospital(ports, { admins: 2, staff: 1 });
      const calls = await Promise.all(
        times(8, (index) => clinicCall(ports, admins[index % 2] ?? "", "changeStaffRole")),
      );
      const results = await outcomes(
        calls.map((call) =>
          changeStaffRole(call, { staffId: staff[0] as StaffId, role: "admin", version: 1 }),
        ),
      );
      assertEqual(
        [count(results, "ok"), count(results, "version_conflict")],
        [1, 7],
        `outcomes ${results.join()}`,
      );
    },
  },
  {
    name: "A-086 with one seat left, one of eight parallel additions happens",
    async round(ports) {
      const { admins, institutionId } = await createHospital(ports, { admins: 1, seats: 2 });
      const call = await clinicCall(ports, admins[0], "addStaff");
      const results = await outcomes(
        times(8, (index) =>
          addStaff(call, {
            name: { family: "席", given: `${index}` },
            email: `seat${index}@example.jp`,
            role: "staff",
            invitation: "initial_password",
          }),
        ),
      );
      assertEqual([count(results, "ok"), count(results, "seat_limit")], [1, 7], `outcomes ${results.join()}`);
      const left = await ports.store.transaction(async (tx) => [
        await tx.staff.count({ institutionId }),
        await tx.outbox.count({ institutionId }),
        await tx.accounts.count({ institutionId }),
      ]);
      assertEqual(left, [2, 1, 2], "members, mails and accounts");
    },
  },
  {
    name: "one address is added once, whatever its letter case",
    async round(ports) {
      const { admins } = await createHospital(ports, { admins: 1 });
      const call = await clinicCall(ports, admins[0], "addStaff");
      const addresses = ["same@example.jp", "Same@example.jp", "SAME@EXAMPLE.JP", "same@example.jp"];
      const results = await outcomes(
        addresses.map((email) =>
          addStaff(call, {
            name: { family: "同", given: "じ" },
            email,
            role: "staff",
            invitation: "initial_password",
          }),
        ),
      );
      assertEqual(
        [count(results, "ok"), count(results, "email_in_use")],
        [1, 3],
        `outcomes ${results.join()}`,
      );
    },
  },
  {
    name: "one group name is created once, in any width",
    async round(ports) {
      const { admins, institutionId } = await createHospital(ports, { admins: 1 });
      const call = await clinicCall(ports, admins[0], "createGroup");
      const results = await outcomes(
        ["CKD", "ＣＫＤ", " ckd ", "CKD", "ｃｋｄ", "CKD"].map((name) => createGroup(call, { name })),
      );
      assertEqual(
        [count(results, "ok"), count(results, "duplicate_name")],
        [1, 5],
        `outcomes ${results.join()}`,
      );
      assertEqual(await ports.store.transaction((tx) => tx.groups.count({ institutionId })), 1);
    },
  },
  {
    name: "a patient assigned eight times at once is in the group once, and is counted once",
    async round(ports) {
      const { admins, patients, institutionId } = await createHospital(ports, { admins: 1, patients: 3 });
      const call = await clinicCall(ports, admins[0], "changeGroupMembers");
      const group = await createGroup(call, { name: "外来" });
      const results = await Promise.all(
        times(8, (index) =>
          // In another order each time: locks taken crosswise must not end in a failure.
          changeGroupMembers(call, {
            groupId: group.id,
            add: (index % 2 ? patients : patients.toReversed()) as PatientId[],
            remove: [],
          }),
        ),
      );
      assertEqual(
        results.reduce((sum, result) => sum + result.added, 0),
        3,
      );
      const links = await ports.store.transaction((tx) => tx.patientLinks.list({ institutionId }));
      assertEqual(
        links.map((link) => link.version),
        [2, 2, 2],
        "each version moves once",
      );
      assertEqual(await ports.store.transaction((tx) => tx.memberships.count({ groupId: group.id })), 3);
    },
  },
  {
    name: "A-104 of six replacements of one patient's groups based on the same version one wins",
    async round(ports) {
      const { admins, patients } = await createHospital(ports, { admins: 1, patients: 1 });
      const call = await clinicCall(ports, admins[0], "putPatientGroups");
      const groups: GroupId[] = [];
      for (let index = 0; index < 6; index++)
        groups.push((await createGroup(call, { name: `外来${index}` })).id);
      const results = await outcomes(
        groups.map((id) =>
          putPatientGroups(call, { patientId: patients[0] as PatientId, groupIds: [id], version: 1 }),
        ),
      );
      assertEqual(
        [count(results, "ok"), count(results, "version_conflict")],
        [1, 5],
        `outcomes ${results.join()}`,
      );
      const open = await ports.store.transaction((tx) =>
        tx.memberships.list({ patientId: patients[0] ?? "", removedAt: null }),
      );
      assertEqual(open.length, 1, "the sets were mixed");
    },
  },
];

async function expectAdmins(ports: Ports, staffId: string | undefined, expected: number): Promise<void> {
  const members = await ports.store.transaction(async (tx) => {
    const one = await tx.staff.get({ id: staffId ?? "" });
    assert(one, "no such member");
    return tx.staff.list({ institutionId: one.institutionId });
  });
  assertEqual(members.filter(isActiveAdmin).length, expected, "active administrators");
}
