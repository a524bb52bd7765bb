/**
 * Password rules as a pure function: the page shows them as a checklist while somebody types,
 * the server decides by the same function (and by its blocklist, which the page does not have).
 */
export interface PasswordRules {
  readonly minLength: number;
  readonly maxLength: number;
  readonly mixed: boolean;
  readonly forbiddenWords: readonly string[];
}

export type PasswordRule = "too_short" | "too_long" | "not_mixed" | "context_word" | "repeated" | "common";

/** The presets an institution may choose (NIST SP 800-63B-4; MHLW guideline 6.0, Q&A シ-54). Lengths in code points. */
export const passwordPresets = {
  default: { minLength: 15, maxLength: 256, mixed: false },
  /** 13 characters or more, mixed, where no second factor is enforced. */
  "mhlw-a": { minLength: 13, maxLength: 256, mixed: true },
  /** 8 characters or more, only together with a second factor. */
  "mhlw-c": { minLength: 8, maxLength: 256, mixed: false },
} as const;

export type PasswordPreset = keyof typeof passwordPresets;

/** One line of the checklist. */
export interface PasswordCheck {
  readonly rule: PasswordRule;
  readonly met: boolean;
}

/** The form in which passwords are compared (NIST SP 800-63B-4 §3.1.1.2). The page never rewrites the field itself. */
export function passwordForm(password: string): string {
  return password.normalize("NFKC");
}

/**
 * Checks a password against the rules, one entry per rule that applies.
 * @example checkPassword(policy, "koharu").find((check) => !check.met)?.rule // "too_short"
 */
export function checkPassword(
  rules: PasswordRules,
  password: string,
  personalWords: readonly string[] = [],
): PasswordCheck[] {
  const text = passwordForm(password);
  const points = [...text];
  const folded = text.toLowerCase();
  const words = [...rules.forbiddenWords, ...personalWords]
    .map((word) => passwordForm(word).toLowerCase())
    .filter((word) => [...word].length >= 4);
  return [
    { rule: "too_short", met: points.length >= rules.minLength },
    { rule: "too_long", met: points.length <= rules.maxLength },
    ...(rules.mixed ? [{ rule: "not_mixed", met: isMixed(text) } as const] : []),
    { rule: "context_word", met: !words.some((word) => folded.includes(word)) },
    { rule: "repeated", met: new Set(points).size > Math.min(4, points.length / 3) },
  ];
}

/** The rules that a password breaks; empty when it may be used. */
export function brokenRules(
  rules: PasswordRules,
  password: string,
  personalWords?: readonly string[],
): PasswordRule[] {
  return checkPassword(rules, password, personalWords)
    .filter((check) => !check.met)
    .map((check) => check.rule);
}

function isMixed(text: string): boolean {
  return /\p{L}/u.test(text) && /\p{N}/u.test(text) && /[^\p{L}\p{N}\s]/u.test(text);
}
