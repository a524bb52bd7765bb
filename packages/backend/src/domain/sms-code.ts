import { normalizeWidth } from "@welby/text";
import type { Random } from "../ports/random.ts";

const RANGE = 1_000_000;
/** The largest multiple of the range that four bytes hold: what is above it would favour some codes. */
const FAIR = Math.floor(2 ** 32 / RANGE) * RANGE;

/** Six random digits. */
export function newSmsCode(random: Random): string {
  for (;;) {
    const number = new DataView(random.bytes(4).buffer).getUint32(0);
    if (number < FAIR) return String(number % RANGE).padStart(6, "0");
  }
}

/** A typed code as it is compared: any width and spaces are accepted. */
export function codeForm(typed: string): string {
  return normalizeWidth(typed).value.replace(/[\s-]/g, "");
}
