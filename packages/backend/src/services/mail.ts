import { displayJst } from "@welby/text";
import type { AccountRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { outboxMail } from "../templates/index.ts";
import type { Call } from "./service.ts";

/** Where mail for an account goes: the address as stored, never as somebody typed it. */
export async function mailAddress(
  transaction: Transaction,
  account: AccountRecord,
): Promise<string | undefined> {
  const [login] = await transaction.loginIds.list(
    { accountId: account.id, type: "email" },
    { orderBy: ["key"], limit: 1 },
  );
  return login?.value;
}

type SecurityMail =
  | "password_changed"
  | "sign_in_after_failures"
  | "session_revoked"
  | "email_change_requested"
  | "email_changed"
  | "withdrawn"
  | "factors_reset"
  | "factor_added"
  | "factor_removed"
  | "recovery_codes_created"
  | "recovery_code_used"
  | "passkey_refused";

/** Tells the owner of an account what happened to it, in the transaction in which it happens. */
export async function queueSecurityMail(
  call: Call,
  transaction: Transaction,
  account: AccountRecord,
  template: SecurityMail,
): Promise<void> {
  const to = await mailAddress(transaction, account);
  if (to === undefined) return;
  const now = call.ports.clock.now();
  const at = displayJst(now);
  const shared = { institution: call.institution.name, resetUrl: call.client.urls.passwordReset };
  const values = { ...shared, changedAt: at, signedInAt: at, endedAt: at };
  await transaction.outbox.insert(
    outboxMail({
      id: call.ports.random.uuid(),
      to,
      institutionId: call.institution.id,
      template,
      values,
      now,
    }),
  );
}
