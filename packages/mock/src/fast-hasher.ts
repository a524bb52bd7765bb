import type { Hasher } from "@welby/backend/ports";

const PREFIX = "$mock-sha256-protects-nothing$";

/**
 * Hashes in microseconds so that tests are quick. It protects nothing: one round of SHA-256 is guessed at billions a second.
 * Never store a real password with it.
 */
export const fastHasher: Hasher = {
  async hash(password) {
    const salt = toHex(crypto.getRandomValues(new Uint8Array(8)));
    return `${PREFIX}${salt}$${await digest(salt, password)}`;
  },
  async verify(hash, password) {
    const [salt = "", expected = ""] = hash.startsWith(PREFIX) ? hash.slice(PREFIX.length).split("$") : [];
    return expected !== "" && (await digest(salt, password)) === expected;
  },
  needsRehash: () => false,
};

async function digest(salt: string, password: string): Promise<string> {
  const bytes = new TextEncoder().encode(`${salt}$${password}`);
  return toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
