export type Restriction = "password_change" | "mfa_enrollment";

/** What a session keeps between page loads. The tokens are bound to the key, which never leaves the store. */
export interface StoredSession {
  readonly accessToken: string;
  /** Milliseconds since 1970 on the client's corrected clock. */
  readonly accessExpiresAt: number;
  readonly refreshToken: string;
  readonly sessionId: string;
  readonly authenticatedAt: string;
  readonly idleTimeoutSec: number;
  readonly absoluteExpiresAt: string;
  /** What has to be done before the session opens anything else; null for a full one. */
  readonly restriction: Restriction | null;
  /** Rises with each write, so that a late writer notices that it is late. */
  readonly revision: number;
}

/** Where a session lives. `origin` and `memory` are ready made; a partner may bring another. */
export interface SessionStore {
  /** The key of this device, made on first use; it stays when the session ends. */
  keyPair(): Promise<CryptoKeyPair>;
  read(): Promise<StoredSession | null>;
  /** Writes only if the stored revision still is `expected` (null: nothing stored); says whether it did. */
  write(session: StoredSession, expected: number | null): Promise<boolean>;
  clear(): Promise<void>;
}

/** Whether something that was stored is a session: another version, or another script, may have written it. */
export function isStoredSession(value: unknown): value is StoredSession {
  if (typeof value !== "object" || value === null) return false;
  const session = value as Record<string, unknown>;
  const texts = ["accessToken", "refreshToken", "sessionId", "authenticatedAt", "absoluteExpiresAt"];
  const numbers = ["accessExpiresAt", "idleTimeoutSec", "revision"];
  return (
    texts.every((name) => typeof session[name] === "string" && session[name] !== "") &&
    numbers.every((name) => Number.isFinite(session[name])) &&
    [null, "password_change", "mfa_enrollment"].includes(session["restriction"] as Restriction | null)
  );
}
