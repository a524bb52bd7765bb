import { checkEmail, emailKey, parsePhone } from "@welby/text";
import type { Audience } from "@welby/contract/schemas";
import { ApiProblem } from "./api-problem.ts";

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

/** The stored form of an address that becomes a login id. @throws {validation_failed} */
export function newAddress(typed: string): string {
  const checked = checkEmail(typed, { newEntry: true });
  if (checked.ok) return checked.email;
  throw new ApiProblem("validation_failed", { errors: [{ path: "email", code: checked.problem }] });
}
