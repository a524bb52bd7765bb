import type { AccountRecord, FactorRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";

/** The second factors that an account can be asked for, oldest first. One that was begun and never proved is none. */
export function confirmedFactors(transaction: Transaction, accountId: string): Promise<FactorRecord[]> {
  return transaction.factors.list({ accountId, confirmedAt: { not: null } }, { orderBy: ["createdAt"] });
}

/** Recovery codes that were not used yet. */
export function recoveryCodesLeft(transaction: Transaction, accountId: string): Promise<number> {
  return transaction.recoveryCodes.count({ accountId, usedAt: null });
}

/** Under which wrong codes of an account are counted: apart from passwords, so that no factor gives new tries for the other. */
export const factorKey = (accountId: string) => `totp:${accountId}`;

/** Forgets every second factor of an account, with its recovery codes and its stopped counter. Take the account's lock before. */
export async function deleteFactors(transaction: Transaction, { id: accountId }: Pick<AccountRecord, "id">) {
  const factors = await transaction.factors.delete({ accountId });
  await transaction.recoveryCodes.delete({ accountId });
  await transaction.throttles.delete({ key: factorKey(accountId) });
  return factors;
}
