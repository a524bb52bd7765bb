import { readRecoveryCode } from "../domain/recovery-code.ts";
import type { AccountRecord } from "../ports/records.ts";
import { queueSecurityMail } from "./mail.ts";
import type { Call } from "./service.ts";
import type { Judge, ShownInput } from "./shown-factor.ts";

/** Whether a typed recovery code is one of the account's that was not used. One hash is computed for a try, whatever is typed. */
export async function recoveryJudge(call: Call, account: AccountRecord, shown: ShownInput): Promise<Judge> {
  const { store, hasher } = call.ports;
  const code = readRecoveryCode(shown.code ?? "");
  const open = code && { accountId: account.id, selector: code.selector, usedAt: null };
  const row = open && (await store.transaction((transaction) => transaction.recoveryCodes.get(open)));
  if (!code || !row || !(await hasher.verify(row.hash, code.form))) return async () => undefined;
  return async (transaction, now) => {
    const unused = { id: row.id, usedAt: null };
    // Another try, or new codes, may have been quicker.
    if ((await transaction.recoveryCodes.count(unused)) !== 1) return undefined;
    const use = async () => {
      await transaction.recoveryCodes.update(unused, { usedAt: now });
      await queueSecurityMail(call, transaction, account, "recovery_code_used");
    };
    return { amr: ["otp"], use };
  };
}
