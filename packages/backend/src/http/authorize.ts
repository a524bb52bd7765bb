import { mayCall, type OperationRow } from "@welby/contract";
import { ApiProblem } from "../domain/api-problem.ts";
import { STEP_UP_MS } from "../domain/session-limits.ts";
import type { Call } from "../services/service.ts";

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
  if (!operation.stepUp || !call.actor) return;
  const ageMs = call.ports.clock.now().getTime() - call.actor.session.authenticatedAt.getTime();
  if (ageMs > STEP_UP_MS) throw new ApiProblem("step_up_required");
}
