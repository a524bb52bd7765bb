/**
 * Proofs of possession (RFC 9449), signed by WebCrypto. Written out because the issue time has to follow the server's
 * clock: the `dpop` package always stamps this machine's.
 */
const ES256 = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

export interface ProofClaims {
  readonly method: string;
  /** Full URL; query and fragment are left out of the proof. */
  readonly url: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
  readonly id: string;
  readonly nonce?: string | undefined;
  /** Bound into the proof by its hash. */
  readonly accessToken?: string | undefined;
}

/** A key pair whose private half no script can read, this one included. */
export function generateKeyPair(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ES256, false, ["sign", "verify"]);
}

/** The compact JWT for the `DPoP` header. */
export async function createProof(
  { privateKey, publicKey }: CryptoKeyPair,
  claims: ProofClaims,
): Promise<string> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", publicKey);
  const header = { typ: "dpop+jwt", alg: "ES256", jwk: { kty, crv, x, y } };
  const payload = {
    jti: claims.id,
    htm: claims.method,
    htu: claims.url.replace(/[?#].*$/s, ""),
    iat: claims.issuedAt,
    nonce: claims.nonce,
    ath:
      claims.accessToken === undefined
        ? undefined
        : base64url(await crypto.subtle.digest("SHA-256", bytes(claims.accessToken))),
  };
  const signed = `${base64url(bytes(JSON.stringify(header)))}.${base64url(bytes(JSON.stringify(payload)))}`;
  return `${signed}.${base64url(await crypto.subtle.sign(ES256, privateKey, bytes(signed)))}`;
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function base64url(data: ArrayBuffer | Uint8Array): string {
  const binary = String.fromCharCode(...new Uint8Array(data));
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
