import type { Ports } from "../ports/index.ts";
import type { Records } from "../ports/records.ts";
import { account, institution, person, staff as staffMember } from "./store/fixtures.ts";

export interface Hospital {
  readonly institutionId: string;
  /** Staff ids of active administrators. */
  readonly admins: readonly [string, ...string[]];
  /** Staff ids of active members without the right. */
  readonly staff: readonly string[];
  /** Ids of linked patients. */
  readonly patients: readonly string[];
}

/** A new institution with as many people as a test needs. */
export async function createHospital(
  ports: Ports,
  size: {
    readonly admins: number;
    readonly staff?: number;
    readonly patients?: number;
    readonly seats?: number | null;
  },
): Promise<Hospital> {
  const place = institution({ seats: size.seats ?? null, mfaRequired: false });
  const member = (role: "admin" | "staff", index: number): Records["staff"] =>
    staffMember({
      institutionId: place.id,
      nameText: `試験 ${role}${index}`,
      email: `${role}${index}@example.jp`,
      role,
      changedAt: ports.clock.now(),
    });
  const many = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, index) => make(index));
  const admins = many(size.admins, (index) => member("admin", index));
  const staff = many(size.staff ?? 0, (index) => member("staff", index));
  const patients = many(size.patients ?? 0, (index) =>
    person(place.id, { name: `患者 ${index}`, number: String(index) }),
  );
  await ports.store.transaction(async (tx) => {
    await tx.institutions.insert(place);
    await tx.accounts.insertMany(
      [...admins, ...staff].map((row) => account({ id: row.accountId, institutionId: place.id })),
    );
    await tx.staff.insertMany([...admins, ...staff]);
    await tx.patients.insertMany(patients.map((row) => row.patient));
    await tx.patientLinks.insertMany(patients.map((row) => row.link));
  });
  return {
    institutionId: place.id,
    admins: admins.map((row) => row.id) as [string, ...string[]],
    staff: staff.map((row) => row.id),
    patients: patients.map((row) => row.patient.id),
  };
}
