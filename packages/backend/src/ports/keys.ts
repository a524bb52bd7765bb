/** The service's key material. Kept by the store so that all instances share it; a partner may keep it elsewhere. */
export interface Keys {
  /** The key that signs now (ES256) and its id. */
  signing(): Promise<{ kid: string; key: CryptoKey }>;
  /** Public keys by id: the one that signs, the retired ones while their tokens live, and the next one before it signs. */
  jwks(): Promise<{ keys: JsonWebKey[] }>;
  /** HMAC-SHA-256 key for server nonces, for deriving refresh successors, and for sealing the audit log (that one never changes). */
  mac(use: "nonce" | "refresh" | "audit"): Promise<CryptoKey>;
  /** All keys whose work may be around, the one of this moment first: an older one made it, or an instance that is ahead. */
  macs(use: "nonce" | "refresh"): Promise<readonly [CryptoKey, ...CryptoKey[]]>;
}
