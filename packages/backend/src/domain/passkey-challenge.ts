import { base64url } from "jose";
import type { Random } from "../ports/random.ts";
import { hmac, verifyHmac } from "./secret.ts";

/** How long a passkey may take to answer. */
export const PASSKEY_MS = 5 * 60_000;

/**
 * A challenge for whoever is about to sign in, signed by the service rather than kept: anybody can ask for one, and
 * nobody fills a table that way. `scope` is what it is good for.
 */
export async function newPasskeyChallenge(
  key: CryptoKey,
  random: Random,
  scope: string,
  now: Date,
): Promise<string> {
  const expiresAt = (now.getTime() + PASSKEY_MS).toString(36);
  const unique = base64url.encode(random.bytes(32));
  return `${expiresAt}.${unique}.${await hmac(key, text(scope, expiresAt, unique))}`;
}

/** The instant at which a challenge of this scope dies; undefined when it is not ours or dead already. */
export async function passkeyChallengeEnd(
  keys: readonly CryptoKey[],
  challenge: string,
  scope: string,
  now: Date,
): Promise<Date | undefined> {
  const [expiresAt = "", unique = "", mac = "", ...rest] = challenge.split(".");
  const end = parseInt(expiresAt, 36);
  if (rest.length > 0 || !(end > now.getTime() && end <= now.getTime() + PASSKEY_MS)) return undefined;
  for (const key of keys) {
    if (await verifyHmac(key, text(scope, expiresAt, unique), mac)) return new Date(end);
  }
  return undefined;
}

/** As a passkey gets and signs it: WebAuthn challenges are bytes in base64url. */
export function asWebAuthnChallenge(challenge: string): string {
  return base64url.encode(challenge);
}

function text(scope: string, expiresAt: string, unique: string): string {
  return `passkey-sign-in:${scope}:${expiresAt}:${unique}`;
}
