/** The service's key material. Kept by the store so that all instances share it; a partner may keep it elsewhere. */
export interface Keys {
  /** The key that signs now (ES256) and its id. */
  signing(): Promise<{ kid: string; key: CryptoKey }>;
  /** Public keys by id, the retired ones included while their tokens live. */
  jwks(): Promise<{ keys: JsonWebKey[] }>;
  /** HMAC-SHA-256 key for server nonces and for deriving refresh successors. */
  mac(use: "nonce" | "refresh"): Promise<CryptoKey>;
}
