import { emailKey } from "@welby/text";
import { isActiveAdmin } from "../domain/last-admin.ts";
import type { InstitutionRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";

/** Where the operator reaches an institution: its contacts, or every administrator where it has named none. Each address once. */
export async function institutionContacts(
  transaction: Transaction,
  { id, incidentContacts }: InstitutionRecord,
): Promise<string[]> {
  if (incidentContacts.length > 0) return distinct(incidentContacts);
  const staff = await transaction.staff.list({ institutionId: id, role: "admin" }, { orderBy: ["email"] });
  return distinct(staff.filter(isActiveAdmin).map(({ email }) => email));
}

/** The same mailbox in another writing is the same recipient. */
export function distinct(addresses: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const address of addresses) {
    const key = emailKey(address) ?? address;
    if (!byKey.has(key)) byKey.set(key, address);
  }
  return [...byKey.values()];
}
