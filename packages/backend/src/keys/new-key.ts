import { calculateJwkThumbprint, exportJWK, generateKeyPair } from "jose";
import type { Clock } from "../ports/clock.ts";
import type { Random } from "../ports/random.ts";
import type { KeyRecord } from "../ports/records.ts";

/** A fresh key as it is kept: a pair for ES256, 256 bits for everything else. */
export async function newKey(use: KeyRecord["use"], clock: Clock, random: Random): Promise<KeyRecord> {
  const createdAt = clock.now();
  if (use !== "sign") {
    return { id: random.uuid(), use, jwk: await secretJwk(random), createdAt, retiredAt: null };
  }
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { id: await calculateJwkThumbprint(jwk), use, jwk: { ...jwk }, createdAt, retiredAt: null };
}

async function secretJwk(random: Random): Promise<Record<string, unknown>> {
  const key = await crypto.subtle.importKey(
    "raw",
    random.bytes(32),
    { name: "HMAC", hash: "SHA-256" },
    true,
    ["sign"],
  );
  const { kty, k } = await crypto.subtle.exportKey("jwk", key);
  return { kty, k };
}
