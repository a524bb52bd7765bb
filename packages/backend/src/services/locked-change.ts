import type { Transaction } from "../ports/store.ts";
import { auditRefusal } from "./audit-refusal.ts";
import type { ClinicCall } from "./service.ts";
import { assertStillAllowed } from "./still-allowed.ts";

/**
 * Changes what the people of an institution share: nobody else holds the same lock, the right is the one of this moment,
 * and a refusal of it is written to the log under the same action.
 * @throws {forbidden}
 */
export function lockedChange<T>(
  call: ClinicCall,
  { lock, action }: { readonly lock: string; readonly action: string },
  change: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return auditRefusal(call, action, () =>
    call.transaction(async (transaction) => {
      await transaction.lock(lock);
      await assertStillAllowed(call, transaction);
      return change(transaction);
    }),
  );
}
