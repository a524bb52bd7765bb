import type { AccountRecord, InstitutionRecord, SessionRecord } from "../ports/records.ts";
import { showedSecondFactor } from "./amr.ts";

/** What a session has to wait for: first a password of one's own, then the second factor that the institution demands of its staff. */
export function restrictionOf(
  account: Pick<AccountRecord, "kind" | "mustChangePassword">,
  institution: Pick<InstitutionRecord, "mfaRequired">,
  amr: readonly string[],
): SessionRecord["restriction"] {
  if (account.mustChangePassword) return "password_change";
  const demanded = account.kind === "staff" && institution.mfaRequired;
  return demanded && !showedSecondFactor(amr) ? "mfa_enrollment" : null;
}
