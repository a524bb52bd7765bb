import { mayCall, type OperationRow } from "@welby/contract";
import { ApiProblem } from "../domain/api-problem.ts";
import type { Call } from "../services/service.ts";
import { assertStepUp } from "../services/step-up.ts";

/**
 * Lets a call through by the permission table, and by nothing else; a refusal is written to the audit log.
 * @throws {forbidden}
 */
export async function authorize(call: Call, operation: OperationRow): Promise<void> {
  if (mayCall(operation.id, call.actor?.role ?? "public")) return;
  await call.ports.store.transaction((transaction) =>
    call.audit(transaction, {
      action: "access.refused",
      result: "refused",
      targetType: "operation",
      targetId: operation.id,
      reason: "forbidden",
    }),
  );
  throw new ApiProblem("forbidden");
}

/** @throws {step_up_required} */
export function checkStepUp(call: Call, operation: OperationRow): void {
  if (operation.stepUp && call.actor) assertStepUp(call);
}
