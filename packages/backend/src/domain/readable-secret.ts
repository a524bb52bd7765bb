import type { Random } from "../ports/random.ts";

/** Letters and digits that nobody mistakes for another when copying from a mail or from paper: no i, l, o, 0, 1. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
const LENGTH = 20;
const GROUP = 5;

/**
 * Twenty random characters in groups of five, 99 bits.
 * @example readableSecret(webRandom) // "k7m3x-…" (five characters, four times)
 */
export function readableSecret(random: Random): string {
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
