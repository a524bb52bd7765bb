import type { Institution } from "@welby/contract/schemas";
import { ApiProblem } from "../domain/api-problem.ts";
import type { InstitutionRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import type { Service } from "./service.ts";
import { membersOf } from "./staff-member.ts";

/** The institution of whoever asks, as it is now. */
export const getInstitution: Service<"getInstitution"> = (call) =>
  call.transaction(async (transaction) =>
    toInstitution(transaction, await requireInstitution(transaction, call.actor.institutionId)),
  );

/** @throws {not_found} */
export async function requireInstitution(transaction: Transaction, id: string): Promise<InstitutionRecord> {
  const row = await transaction.institutions.get({ id });
  if (!row) throw new ApiProblem("not_found");
  return row;
}

/** A row as the API answers it, with the accounts that the contract's seats are taken by. */
export async function toInstitution(transaction: Transaction, row: InstitutionRecord): Promise<Institution> {
  const { patientNumber, idleTimeoutMin, passwordPreset, mfaRequired } = row;
  const members = await membersOf(transaction, row.id);
  return {
    id: row.id as Institution["id"],
    name: row.name,
    nameKana: row.nameKana,
    medicalInstitutionCode: row.medicalInstitutionCode,
    settings: { patientNumber, idleTimeoutMin, passwordPreset, mfaRequired },
    incidentContacts: [...row.incidentContacts],
    retention: row.retention,
    seats: { limit: row.seats, used: members.length },
    contractEndsOn: row.contractEndsOn,
    version: row.version,
  };
}
