import type { Me } from "@welby/contract/schemas";
import { jstDate } from "@welby/text";
import { ApiProblem } from "../domain/api-problem.ts";
import { patientKeys } from "../domain/patient-keys.ts";
import { toNameColumns, toPersonName } from "../domain/person-name.ts";
import type { PatientRecord, StaffRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { versionConflict } from "./conflict.ts";
import { mailAddress } from "./mail.ts";
import type { Service, SignedInCall } from "./service.ts";

/** The signed-in person, as stored. */
export const getMe: Service<"getMe"> = (call) => call.transaction((transaction) => readMe(call, transaction));

/**
 * Changes what somebody says about themselves. A patient's name and birth date are what institutions search by, so the
 * keys of the links follow. @throws {version_conflict}
 */
export const updateMe: Service<"updateMe"> = async (call, { version, ...changes }) => {
  const { staffId } = call.actor;
  const fields = Object.keys(changes);
  if (staffId !== null) {
    const foreign = fields.filter((field) => field !== "name");
    if (foreign.length > 0) throw invalid(foreign[0] ?? "", "patients_only");
  }
  assertBorn(call, changes.birthDate);
  const name = changes.name && toNameColumns(changes.name);
  return call.transaction(async (transaction) => {
    const changed =
      staffId === null
        ? await updatePatient(call, transaction, version, {
            ...name,
            ...(changes.birthDate !== undefined && { birthDate: changes.birthDate }),
            ...(changes.sex !== undefined && { sex: changes.sex }),
          })
        : await updateStaff(call, transaction, version, staffId, { ...name });
    await call.audit(transaction, {
      action: "account.profile_changed",
      result: "ok",
      targetType: staffId === null ? "patient" : "staff",
      targetId: changed.id,
      // Which, not what: the values are the row's.
      details: { fields },
    });
    return readMe(call, transaction);
  });
};

/** @throws {validation_failed} for a day that has not come yet in Japan */
export function assertBorn({ ports }: Pick<SignedInCall, "ports">, birthDate: string | undefined): void {
  if (birthDate !== undefined && birthDate > jstDate(ports.clock.now()))
    throw invalid("birthDate", "in_future");
}

async function updateStaff(
  { actor, ports }: SignedInCall,
  transaction: Transaction,
  version: number,
  id: string,
  changes: Partial<StaffRecord>,
): Promise<StaffRecord> {
  const now = ports.clock.now();
  // Guarded by the version alone: an administrator changes the same row.
  const mine = await transaction.staff.update(
    { id, version, status: { not: "removed" } },
    { ...changes, version: version + 1, changedBy: actor.accountId, changedAt: now },
  );
  const staff = await transaction.staff.get({ id });
  if (!staff) throw new ApiProblem("session_expired");
  if (mine !== 1) throw await versionConflict(transaction, [staff]);
  return staff;
}

async function updatePatient(
  { actor, ports }: SignedInCall,
  transaction: Transaction,
  version: number,
  changes: Partial<PatientRecord>,
): Promise<PatientRecord> {
  const id = actor.patientId ?? "";
  const changedAt = ports.clock.now();
  const mine = await transaction.patients.update(
    { id, version, purgeAfter: null },
    { ...changes, version: version + 1, changedAt },
  );
  const patient = await transaction.patients.get({ id });
  if (!patient) throw new ApiProblem("session_expired");
  if (mine !== 1) throw await versionConflict(transaction, [{ ...patient, changedBy: null }]);
  for (const link of await transaction.patientLinks.list({ patientId: id })) {
    const institution = await transaction.institutions.get({ id: link.institutionId });
    if (!institution) continue;
    const { searchKey, kanaSort, kanaRow, birthDate } = patientKeys(
      patient,
      link.patientNumber,
      institution.patientNumber,
    );
    await transaction.patientLinks.update({ id: link.id }, { searchKey, kanaSort, kanaRow, birthDate });
  }
  return patient;
}

async function readMe({ actor, institution }: SignedInCall, transaction: Transaction): Promise<Me> {
  const account = await transaction.accounts.get({ id: actor.accountId });
  const staff = actor.staffId === null ? undefined : await transaction.staff.get({ id: actor.staffId });
  const patient = staff ? undefined : await transaction.patients.get({ id: actor.patientId ?? "" });
  const person = staff ?? patient;
  if (!account || !person) throw new ApiProblem("session_expired");
  return {
    accountId: actor.accountId as Me["accountId"],
    kind: actor.kind,
    staffId: actor.staffId as Me["staffId"],
    patientId: actor.patientId as Me["patientId"],
    role: actor.role,
    name: toPersonName(person),
    birthDate: patient?.birthDate ?? null,
    sex: patient?.sex ?? null,
    email: (await mailAddress(transaction, account)) ?? null,
    institution:
      actor.kind === "staff"
        ? { id: institution.id as NonNullable<Me["institution"]>["id"], name: institution.name }
        : null,
    version: person.version,
  };
}

function invalid(path: string, code: string): ApiProblem {
  return new ApiProblem("validation_failed", { errors: [{ path, code }] });
}
