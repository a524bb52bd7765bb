import { hmac, verifyAnyHmac } from "./secret.ts";

// A nonce lives through its own window and the next one: at least 150 s, never more than 300 s.
const WINDOW_MS = 150_000;

/** The server nonce (RFC 9449 §8) of this moment. It is stateless, so any instance can check what another gave out. */
export async function serverNonce(key: CryptoKey, now: Date): Promise<string> {
  const window = windowOf(now);
  return `${window.toString(36)}.${await hmac(key, text(window))}`;
}

/** Whether a nonce is ours, made with any of these keys, and at most five minutes old. */
export async function isFreshNonce(keys: readonly CryptoKey[], nonce: string, now: Date): Promise<boolean> {
  const [prefix = "", mac = ""] = nonce.split(".");
  const window = windowOf(now);
  const given = [window, window - 1].find((one) => one.toString(36) === prefix);
  return given !== undefined && (await verifyAnyHmac(keys, text(given), mac));
}

function windowOf(now: Date): number {
  return Math.floor(now.getTime() / WINDOW_MS);
}

function text(window: number): string {
  return `dpop-nonce:${window}`;
}
