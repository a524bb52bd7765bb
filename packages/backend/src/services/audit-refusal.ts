import { ApiProblem } from "../domain/api-problem.ts";
import type { ClinicCall } from "./service.ts";

const WORTH_A_ROW: readonly string[] = ["last_admin", "self_change_refused", "forbidden"];

/**
 * A refused attempt on somebody's rights is worth a row of its own; the change itself was rolled back.
 * @param staffId whom the attempt was about, where it was about one member
 */
export async function auditRefusal<T>(
  call: ClinicCall,
  action: string,
  change: () => Promise<T>,
  staffId?: string,
): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (error instanceof ApiProblem && WORTH_A_ROW.includes(error.code)) {
      const target = staffId === undefined ? {} : { targetType: "staff", targetId: staffId };
      // Not the call's own transaction: that one keeps the answer of a repeated request.
      await call.ports.store.transaction((transaction) =>
        call.audit(transaction, { action, result: "refused", reason: error.code, ...target }),
      );
    }
    throw error;
  }
}
