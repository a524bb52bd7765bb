import { newRecoveryCodes, readRecoveryCode } from "../domain/recovery-code.ts";
import { recoveryCodesRule } from "../domain/throttle.ts";
import type { RecoveryCodeRecord } from "../ports/records.ts";
import { countFailure, refuseFor } from "./attempts.ts";
import { queueSecurityMail } from "./mail.ts";
import { lockOwnAccount } from "./own-factors.ts";
import type { Service } from "./service.ts";

/** Ten recovery codes, shown this once; the former ones are dead. @throws {rate_limited} @throws {overloaded} */
export const createRecoveryCodes: Service<"createRecoveryCodes"> = async (call) => {
  const { ports } = call;
  const { random, hasher, clock } = ports;
  const { accountId } = call.actor;
  const codes = newRecoveryCodes(random);
  const createdAt = clock.now();
  // Ten hashes and a mail each time: dear for whoever answers, cheap for whoever asks.
  const counter = { key: `recovery-codes:${accountId}`, rule: recoveryCodesRule };
  refuseFor(await ports.store.transaction((transaction) => countFailure(transaction, [counter], createdAt)));
  const rows: RecoveryCodeRecord[] = [];
  // One after another: ten hashes at once would take every place in the hasher's queue.
  for (const code of codes) {
    const { selector = "", form = "" } = readRecoveryCode(code) ?? {};
    rows.push({
      id: random.uuid(),
      accountId,
      selector,
      hash: await hasher.hash(form),
      createdAt,
      usedAt: null,
    });
  }
  await call.transaction(async (transaction) => {
    const { account } = await lockOwnAccount(call, transaction);
    await transaction.recoveryCodes.delete({ accountId });
    await transaction.recoveryCodes.insertMany(rows);
    await queueSecurityMail(call, transaction, account, "recovery_codes_created");
    await call.audit(transaction, {
      action: "account.recovery_codes_created",
      result: "ok",
      targetType: "account",
      targetId: accountId,
    });
  });
  return { codes };
};
