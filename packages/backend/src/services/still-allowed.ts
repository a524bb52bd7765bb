import { mayCall } from "@welby/contract";
import { ApiProblem } from "../domain/api-problem.ts";
import type { Transaction } from "../ports/store.ts";
import type { ClinicCall } from "./service.ts";

/** For whoever waited for a lock: the right may have gone meanwhile. @throws {forbidden} */
export async function assertStillAllowed(call: ClinicCall, transaction: Transaction): Promise<void> {
  const { staffId, institutionId } = call.actor;
  const staff = await transaction.staff.get({ id: staffId, institutionId, status: "active" });
  if (!staff || !mayCall(call.operationId, staff.role)) throw new ApiProblem("forbidden");
}
