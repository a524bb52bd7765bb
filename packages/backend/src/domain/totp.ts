import type { Random } from "../ports/random.ts";
import { codeForm } from "./sms-code.ts";

const STEP_SEC = 30;
const DIGITS = 6;
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A new secret of 160 bits (RFC 4226 §4), base32. */
export function newTotpSecret(random: Random): string {
  const bits = Array.from(random.bytes(20), (byte) => byte.toString(2).padStart(8, "0")).join("");
  return bits.replace(/.{5}/g, (five) => BASE32.charAt(parseInt(five, 2)));
}

/** What an authenticator app reads from a QR code. */
export function totpUri(secret: string, issuer: string, account: string): string {
  const label = [issuer, account].map(encodeURIComponent).join(":");
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
}

/** The code (RFC 6238, SHA-1, 6 digits, 30 s) of a time step; `secret` is base32. */
export async function totpCode(secret: string, step: number): Promise<string> {
  const key = await crypto.subtle.importKey(
    "raw",
    fromBase32(secret),
    { name: "HMAC", hash: "SHA-1" },
    false,
    ["sign"],
  );
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(step));
  const mac = new DataView(await crypto.subtle.sign("HMAC", key, counter.buffer));
  const offset = mac.getUint8(19) & 0xf;
  const number = mac.getUint32(offset) & 0x7fff_ffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, "0");
}

/** The time step of a moment. */
export function totpStep(now: Date): number {
  return Math.floor(now.getTime() / 1000 / STEP_SEC);
}

/**
 * The step that a typed code belongs to: this one or a neighbour, and later than the last one used, so that no step counts twice.
 * Any width and spaces are accepted. Undefined when the code is wrong.
 */
export async function matchTotp(
  secret: string,
  typed: string,
  now: Date,
  lastStep: number | null,
): Promise<number | undefined> {
  const code = codeForm(typed);
  const current = totpStep(now);
  let matched: number | undefined;
  // All three are computed whatever the first says: time tells nothing.
  for (const step of [current - 1, current, current + 1]) {
    const right = (await totpCode(secret, step)) === code;
    if (right && step > (lastStep ?? -1)) matched ??= step;
  }
  return matched;
}

function fromBase32(text: string): Uint8Array<ArrayBuffer> {
  const letters = text.toUpperCase().replace(/[\s=-]/g, "");
  const bytes = new Uint8Array(Math.floor((letters.length * 5) / 8));
  let buffer = 0;
  let bits = 0;
  let length = 0;
  for (const letter of letters) {
    const value = BASE32.indexOf(letter);
    if (value === -1) throw new TypeError("The secret is not base32");
    buffer = ((buffer << 5) | value) & 0xffff;
    bits += 5;
    if (bits >= 8) bytes[length++] = (buffer >> (bits -= 8)) & 0xff;
  }
  return bytes;
}
