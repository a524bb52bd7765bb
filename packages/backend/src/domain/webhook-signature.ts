/** 192 to 512 bits, as Standard Webhooks asks for. */
const SECRET = /^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/;

export interface SignedParts {
  readonly id: string;
  /** Seconds since 1970, of this attempt. */
  readonly timestamp: string;
  readonly body: string;
}

/** Whether a text has the form of a secret that signs. @example isWebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") // true */
export function isWebhookSecret(text: string): boolean {
  return SECRET.test(text);
}

/** The value of `webhook-signature` for one secret (Standard Webhooks, symmetric). @throws TypeError for a secret of another form */
export async function webhookSignature(
  secret: string,
  { id, timestamp, body }: SignedParts,
): Promise<string> {
  if (!isWebhookSecret(secret)) throw new TypeError("Not a webhook secret");
  const raw = Uint8Array.from(atob(secret.slice("whsec_".length)), (character) => character.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(`${id}.${timestamp}.${body}`));
  return `v1,${btoa(String.fromCharCode(...new Uint8Array(mac)))}`;
}
