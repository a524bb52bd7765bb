import { brokenRules, passwordForm, passwordPresets, type PasswordRule } from "@welby/contract/policy";
import type { PasswordPolicy } from "@welby/contract/schemas";
import type { InstitutionRecord } from "../ports/records.ts";
import { ApiProblem } from "./api-problem.ts";
import { isCommonPassword } from "./blocklist.ts";

const SERVICE_WORDS = ["welby", "マイカルテ", "まいかるて", "mycarte", "mykarte", "my-carte", "my-karte"];
/** NIST SP 800-63B-4: 15 where the password stands alone; 13 is enough where a second factor is enforced. */
const MIN_WITH_SECOND_FACTOR = 13;

/**
 * The rules for a new password in an institution, as its pages show them.
 * The preset for short passwords counts only together with an enforced second factor.
 */
export function passwordPolicyOf(institution: InstitutionRecord): PasswordPolicy {
  const { passwordPreset, mfaRequired, name, nameKana } = institution;
  const preset = passwordPreset === "mhlw-c" && !mfaRequired ? "default" : passwordPreset;
  const rules = passwordPresets[preset];
  return {
    preset,
    minLength: preset === "default" && mfaRequired ? MIN_WITH_SECOND_FACTOR : rules.minLength,
    maxLength: rules.maxLength,
    mixed: rules.mixed,
    forbiddenWords: [...SERVICE_WORDS, name, nameKana].filter((word) => word !== ""),
  };
}

/** The same for one account: a patient has no enforced second factor, so an institution's shorter minimum is not for patients. */
export function passwordRulesFor(kind: "staff" | "patient", institution: InstitutionRecord): PasswordPolicy {
  return passwordPolicyOf(kind === "staff" ? institution : { ...institution, mfaRequired: false });
}

/** @throws {weak_password} with every rule that is broken */
export function assertPasswordAllowed(
  password: string,
  rules: PasswordPolicy,
  personalWords: readonly string[],
): void {
  const form = passwordForm(password);
  const broken: PasswordRule[] = brokenRules(rules, form, personalWords);
  if (isCommonPassword(form)) broken.push("common");
  if (broken.length > 0) throw new ApiProblem("weak_password", { rules: broken });
}
