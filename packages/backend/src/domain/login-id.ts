import { emailKey, parsePhone } from "@welby/text";
import type { Audience } from "@welby/contract/schemas";

/** Where a login id is unique: within one institution for staff, in the whole service for patients. */
export function realmOf(audience: Audience, institutionId: string): string {
  return audience === "staff" ? `staff:${institutionId}` : "patient";
}

/** The compare key of what was typed as a login id, in any width; undefined for what can belong to nobody. */
export function loginKey(typed: string): string | undefined {
  if (typed.includes("@") || typed.includes("＠")) return emailKey(typed);
  const phone = parsePhone(typed);
  return phone.ok ? phone.e164 : undefined;
}
