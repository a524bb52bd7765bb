import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import { ACCESS_TOKEN_SEC, IAT_TOLERANCE_SEC } from "../domain/access-token.ts";
import type { Clock } from "../ports/clock.ts";
import type { Keys } from "../ports/keys.ts";
import type { Random } from "../ports/random.ts";
import type { KeyRecord } from "../ports/records.ts";
import type { Store } from "../ports/store.ts";

/** Key material never changes, only its set does; other instances learn of a new key within this time. */
const CACHE_MS = 60_000;
/** An instance signs with a retired key until it reads again; the last token then lives on for its time. */
const RETIRED_MS = CACHE_MS + (ACCESS_TOKEN_SEC + IAT_TOLERANCE_SEC) * 1000;
const USES = ["sign", "nonce", "refresh"] as const;

interface KeyRing {
  readonly signing: { kid: string; key: CryptoKey };
  readonly macs: Readonly<Record<"nonce" | "refresh", CryptoKey>>;
  readonly jwks: { keys: JsonWebKey[] };
}

/**
 * The service's keys, kept in the store's `keys` table and made on first use, so that all instances share them.
 *
 * Opens transactions of its own: never call it inside one.
 */
export function createStoredKeys(store: Store, clock: Clock, random: Random): Keys {
  let ring: Promise<KeyRing> | null = null;
  let readAtMs = -Infinity;

  function keyRing(): Promise<KeyRing> {
    const nowMs = clock.now().getTime();
    // A clock that stepped back reads again too.
    if (!ring || Math.abs(nowMs - readAtMs) > CACHE_MS) {
      readAtMs = nowMs;
      const reading = readRing(store, clock, random);
      ring = reading;
      // A failed read is not remembered.
      reading.catch(() => {
        if (ring === reading) ring = null;
      });
    }
    return ring;
  }

  return {
    signing: async () => (await keyRing()).signing,
    jwks: async () => (await keyRing()).jwks,
    mac: async (use) => (await keyRing()).macs[use],
  };
}

async function readRing(store: Store, clock: Clock, random: Random): Promise<KeyRing> {
  const list = () =>
    store.transaction((transaction) => transaction.keys.list({}, { orderBy: ["createdAt"] }));
  let rows = await list();
  const missing = USES.filter((use) => !rows.some((row) => row.use === use && row.retiredAt === null));
  if (missing.length > 0) {
    const fresh = await Promise.all(missing.map((use) => newKey(use, clock, random)));
    await store.transaction(async (transaction) => {
      await transaction.lock("keys");
      for (const row of fresh) {
        // Another instance may have made one while this one waited.
        if (!(await transaction.keys.get({ use: row.use, retiredAt: null })))
          await transaction.keys.insert(row);
      }
    });
    rows = await list();
  }
  const newest = (use: KeyRecord["use"]) => {
    const row = rows.findLast((one) => one.use === use && one.retiredAt === null);
    if (!row) throw new Error(`No key for ${use}`);
    return row;
  };
  const signing = newest("sign");
  return {
    signing: { kid: signing.id, key: (await importJWK(signing.jwk as JWK, "ES256")) as CryptoKey },
    macs: { nonce: await macKey(newest("nonce")), refresh: await macKey(newest("refresh")) },
    jwks: { keys: rows.filter((row) => row.use === "sign" && !isDead(row, clock.now())).map(publicJwk) },
  };
}

/** Nothing that it signed can live any more; whoever got hold of it must not go on making tokens. */
function isDead({ retiredAt }: KeyRecord, now: Date): boolean {
  return retiredAt !== null && now.getTime() - retiredAt.getTime() > RETIRED_MS;
}

async function newKey(use: KeyRecord["use"], clock: Clock, random: Random): Promise<KeyRecord> {
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

function macKey(row: KeyRecord): Promise<CryptoKey> {
  return crypto.subtle.importKey("jwk", row.jwk, { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
    "verify",
  ]);
}

function publicJwk({ id, jwk }: KeyRecord): JsonWebKey {
  const { kty, crv, x, y } = jwk as JsonWebKey;
  return { kty, crv, x, y, kid: id, alg: "ES256", use: "sig" } as JsonWebKey;
}
