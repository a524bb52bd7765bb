import { importJWK, type JWK } from "jose";
import { ACCESS_TOKEN_SEC, IAT_TOLERANCE_SEC } from "../domain/access-token.ts";
import type { Clock } from "../ports/clock.ts";
import type { Keys } from "../ports/keys.ts";
import type { Random } from "../ports/random.ts";
import type { KeyRecord } from "../ports/records.ts";
import type { Store } from "../ports/store.ts";
import { newKey } from "./new-key.ts";

/** Key material never changes, only its set does; other instances learn of a new key within this time. */
export const CACHE_MS = 60_000;
/** An instance signs with a retired key until it reads again; the last token then lives on for its time. */
export const RETIRED_MS = CACHE_MS + (ACCESS_TOKEN_SEC + IAT_TOLERANCE_SEC) * 1000;
const USES = ["sign", "nonce", "refresh", "audit"] as const;

type Use = KeyRecord["use"];

/** The keys of each use that are not dead, in the order in which they are used. */
type KeyRing = Readonly<Record<Use, readonly RingKey[]>>;

interface RingKey {
  readonly row: KeyRecord;
  readonly key: CryptoKey;
  /** Infinity for the last one. */
  readonly retiredAtMs: number;
  /** What everybody may see of it; the same object each time, so that whoever imports it can remember that. */
  readonly published: JsonWebKey;
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

  /** The key of this moment. The next one is known before its time, so that every instance can check what another makes. */
  async function current(use: Use): Promise<RingKey> {
    const keys = (await keyRing())[use];
    const nowMs = clock.now().getTime();
    const found = keys.find(({ retiredAtMs }) => retiredAtMs > nowMs);
    if (!found) throw new Error(`No key for ${use}`);
    return found;
  }

  return {
    async signing() {
      const { row, key } = await current("sign");
      return { kid: row.id, key };
    },
    jwks: async () => ({ keys: (await keyRing()).sign.map(({ published }) => published) }),
    mac: async (use) => (await current(use)).key,
    async macs(use) {
      const { key: first } = await current(use);
      const keys = (await keyRing())[use].map(({ key }) => key);
      return [first, ...keys.filter((key) => key !== first)];
    },
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
  const alive = rows.filter((row) => !isDead(row, clock.now()));
  const ringKeys = await Promise.all(
    alive.map(async (row) => ({
      row,
      key: await importKey(row),
      retiredAtMs: row.retiredAt?.getTime() ?? Infinity,
      published: publicJwk(row),
    })),
  );
  const keysOf = (use: Use) => ringKeys.filter(({ row }) => row.use === use).sort(byRetirement);
  return {
    sign: keysOf("sign"),
    nonce: keysOf("nonce"),
    refresh: keysOf("refresh"),
    audit: keysOf("audit"),
  };
}

function byRetirement({ retiredAtMs: one }: RingKey, { retiredAtMs: other }: RingKey): number {
  return one === other ? 0 : one - other;
}

/** Nothing that it signed can live any more; whoever got hold of it must not go on making tokens. */
function isDead({ retiredAt }: KeyRecord, now: Date): boolean {
  return retiredAt !== null && now.getTime() - retiredAt.getTime() > RETIRED_MS;
}

async function importKey({ use, jwk }: KeyRecord): Promise<CryptoKey> {
  if (use === "sign") return (await importJWK(jwk as JWK, "ES256")) as CryptoKey;
  return crypto.subtle.importKey("jwk", jwk, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
}

function publicJwk({ id, jwk }: KeyRecord): JsonWebKey {
  const { kty, crv, x, y } = jwk as JsonWebKey;
  return { kty, crv, x, y, kid: id, alg: "ES256", use: "sig" } as JsonWebKey;
}
