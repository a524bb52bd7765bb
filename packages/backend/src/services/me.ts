import type { Me } from "@welby/contract/schemas";
import { ApiProblem } from "../domain/api-problem.ts";
import { toPersonName } from "../domain/person-name.ts";
import { mailAddress } from "./mail.ts";
import type { Service } from "./service.ts";

/** The signed-in person, as stored. */
export const getMe: Service<"getMe"> = async (call) => {
  const { actor, institution } = call;
  return call.transaction(async (transaction) => {
    const account = await transaction.accounts.get({ id: actor.accountId });
    const named =
      actor.staffId === null
        ? await transaction.patients.get({ id: actor.patientId ?? "" })
        : await transaction.staff.get({ id: actor.staffId });
    if (!account || !named) throw new ApiProblem("session_expired");
    return {
      accountId: actor.accountId as Me["accountId"],
      kind: actor.kind,
      staffId: actor.staffId as Me["staffId"],
      patientId: actor.patientId as Me["patientId"],
      role: actor.role,
      name: toPersonName(named),
      email: (await mailAddress(transaction, account)) ?? null,
      institution:
        actor.kind === "staff"
          ? { id: institution.id as NonNullable<Me["institution"]>["id"], name: institution.name }
          : null,
    };
  });
};
