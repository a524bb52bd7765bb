import type { Random } from "../ports/random.ts";
import { readableSecret } from "./readable-secret.ts";

/** How long an initial password can be used. */
export const INITIAL_PASSWORD_MS = 72 * 60 * 60 * 1000;

/** A password that its owner replaces at the first sign-in (IP-1). */
export function newInitialPassword(random: Random): string {
  return readableSecret(random);
}
