import type { PatientDetail, PatientId } from "@welby/contract/schemas";
import { ApiProblem } from "../domain/api-problem.ts";
import { toPersonName } from "../domain/person-name.ts";
import type { PatientRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { readGroups, requireLink } from "./patients.ts";
import type { Service } from "./service.ts";

/** One linked patient; that somebody looked is written down. */
export const getPatient: Service<"getPatient"> = (call, { patientId }) =>
  call.transaction(async (transaction) => {
    const { institutionId } = call.actor;
    const link = await requireLink(transaction, institutionId, patientId);
    const patient = await transaction.patients.get({ id: patientId });
    if (link.status !== "linked" || !patient) throw new ApiProblem("not_found");
    await call.audit(transaction, {
      action: "patient.viewed",
      result: "ok",
      targetType: "patient",
      targetId: patientId,
    });
    const { groupIds, version } = await readGroups(transaction, link);
    return {
      id: patient.id as PatientId,
      name: toPersonName(patient),
      birthDate: patient.birthDate,
      sex: patient.sex,
      patientNumber: link.patientNumber,
      linkStatus: link.status,
      groupIds,
      sameName: await hasNamesake(transaction, institutionId, patient),
      telecom: await telecomOf(transaction, patient.accountId),
      version,
    };
  });

/** Whether another linked patient here is written or read the same (同姓同名), as the search says it. */
async function hasNamesake(
  transaction: Transaction,
  institutionId: string,
  { id, nameText, nameKana }: PatientRecord,
): Promise<boolean> {
  const namesakes = [
    ...(await transaction.patients.list({ nameText, id: { not: id } })),
    ...(nameKana === null ? [] : await transaction.patients.list({ nameKana, id: { not: id } })),
  ];
  const patientId = { in: namesakes.map((patient) => patient.id) };
  return (await transaction.patientLinks.count({ institutionId, status: "linked", patientId })) > 0;
}

/** The login ids of an account: the only addresses of a patient that there are. */
async function telecomOf(
  transaction: Transaction,
  accountId: string | null,
): Promise<PatientDetail["telecom"]> {
  const logins =
    accountId === null ? [] : await transaction.loginIds.list({ accountId }, { orderBy: ["key"] });
  const first = (type: "email" | "phone") => logins.find((login) => login.type === type)?.value ?? null;
  return { email: first("email"), phone: first("phone") };
}
