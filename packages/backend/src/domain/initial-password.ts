import type { Random } from "../ports/random.ts";

/** Letters and digits that nobody mistakes for another when copying from a mail: no i, l, o, 0, 1. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
const LENGTH = 20;
const GROUP = 5;

/** How long an initial password can be used. */
export const INITIAL_PASSWORD_MS = 72 * 60 * 60 * 1000;

/**
 * Twenty random characters in groups of five, 99 bits (IP-1).
 * @example newInitialPassword(webRandom) // "k7m3x-…" (five characters, four times)
 */
export function newInitialPassword(random: Random): string {
  // Bytes above the last whole multiple are thrown away: a remainder would favour some letters.
  const fair = 256 - (256 % ALPHABET.length);
  let letters = "";
  while (letters.length < LENGTH) {
    for (const byte of random.bytes(LENGTH)) {
      if (byte < fair && letters.length < LENGTH) letters += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return letters.match(new RegExp(`.{${GROUP}}`, "g"))?.join("-") ?? letters;
}
