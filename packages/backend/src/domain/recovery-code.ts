import { normalizeWidth } from "@welby/text";
import type { Random } from "../ports/random.ts";
import { readableSecret } from "./readable-secret.ts";

/** Codes that are handed out together. */
const COUNT = 10;
/** Characters by which a code is found; the rest, 84 bits of it, is the secret. */
const SELECTOR = 3;
const LENGTH = 20;

/** A recovery code in the form that is hashed: twenty characters without hyphens. */
export interface RecoveryCode {
  readonly selector: string;
  readonly form: string;
}

/** Ten codes as they are shown, no two of which share a selector. */
export function newRecoveryCodes(random: Random): string[] {
  const codes = new Map<string, string>();
  while (codes.size < COUNT) {
    const code = readableSecret(random);
    codes.set(code.slice(0, SELECTOR), code);
  }
  return [...codes.values()];
}

/** Reads a typed code, in any width and case and with or without its hyphens; undefined when it can be none. */
export function readRecoveryCode(typed: string): RecoveryCode | undefined {
  const form = normalizeWidth(typed).value.toLowerCase().replace(/[\s-]/g, "");
  return form.length === LENGTH ? { selector: form.slice(0, SELECTOR), form } : undefined;
}
