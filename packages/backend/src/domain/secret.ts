import { base64url } from "jose";
import type { Random } from "../ports/random.ts";

const encoder = new TextEncoder();

/** A new opaque secret of 256 bits, safe in a URL. */
export function newSecret(random: Random): string {
  return base64url.encode(random.bytes(32));
}

/** SHA-256 as base64url: the only form in which a secret is kept. */
export async function sha256(text: string): Promise<string> {
  return base64url.encode(new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(text))));
}

/** HMAC-SHA-256 as base64url. */
export async function hmac(key: CryptoKey, text: string): Promise<string> {
  return base64url.encode(new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(text))));
}

/** Compares in constant time what {@link hmac} made. */
export async function verifyHmac(key: CryptoKey, text: string, mac: string): Promise<boolean> {
  try {
    return await crypto.subtle.verify(
      "HMAC",
      key,
      base64url.decode(mac) as Uint8Array<ArrayBuffer>,
      encoder.encode(text),
    );
  } catch {
    return false;
  }
}

/** The same under any of several keys, while one replaces another. */
export async function verifyAnyHmac(keys: readonly CryptoKey[], text: string, mac: string): Promise<boolean> {
  for (const key of keys) if (await verifyHmac(key, text, mac)) return true;
  return false;
}
