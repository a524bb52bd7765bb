import {
  errors as joseErrors,
  importJWK,
  jwtVerify,
  SignJWT,
  type JWK,
  type JWTHeaderParameters,
} from "jose";
import type { Keys } from "../ports/keys.ts";
import { ApiProblem } from "./api-problem.ts";

/** Seconds that an access token lives. */
export const ACCESS_TOKEN_SEC = 300;
/** How far the clocks of two instances may be apart before one refuses a token of the other as not yet made. */
export const IAT_TOLERANCE_SEC = 60;
const MAX_LENGTH = 4096;
const FORBIDDEN_HEADERS = ["jku", "jwk", "x5u", "x5c", "x5t", "crit", "zip"];

export interface AccessClaims {
  readonly accountId: string;
  readonly sessionId: string;
  readonly clientId: string;
  readonly institutionId: string | null;
  readonly authenticatedAt: Date;
  readonly amr: readonly string[];
  /** RFC 7638 thumbprint of the proof key; null makes a bearer token. */
  readonly keyThumbprint: string | null;
}

export interface TokenContext {
  readonly keys: Keys;
  readonly issuer: string;
  readonly now: Date;
}

/** Signs an access token (RFC 9068, bound by RFC 9449 §6). */
export async function signAccessToken(
  { keys, issuer, now }: TokenContext,
  jti: string,
  claims: AccessClaims,
): Promise<string> {
  const { kid, key } = await keys.signing();
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT({
    iss: issuer,
    aud: issuer,
    sub: claims.accountId,
    sid: claims.sessionId,
    client_id: claims.clientId,
    ...(claims.institutionId !== null && { org: claims.institutionId }),
    ...(claims.keyThumbprint !== null && { cnf: { jkt: claims.keyThumbprint } }),
    auth_time: Math.floor(claims.authenticatedAt.getTime() / 1000),
    amr: [...claims.amr],
    jti,
    iat: issuedAt,
    exp: issuedAt + ACCESS_TOKEN_SEC,
  })
    .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid })
    .sign(key);
}

/** What a call may rely on; everything else about the person is read from the store. */
export interface VerifiedToken {
  readonly accountId: string;
  readonly sessionId: string;
  readonly clientId: string;
  readonly keyThumbprint: string | null;
}

/**
 * Verifies an access token: pinned algorithm and type, a key of ours by its exact id, our issuer and audience.
 * @throws {unauthenticated} @throws {token_expired}
 */
export async function verifyAccessToken(
  { keys, issuer, now }: TokenContext,
  token: string,
): Promise<VerifiedToken> {
  if (token.length > MAX_LENGTH) throw new ApiProblem("unauthenticated");
  const published = (await keys.jwks()).keys as JWK[];
  try {
    const { payload } = await jwtVerify(token, (header) => publicKey(published, header), {
      algorithms: ["ES256"],
      typ: "at+jwt",
      issuer,
      audience: issuer,
      currentDate: now,
      requiredClaims: ["sub", "sid", "client_id", "exp", "iat", "jti", "auth_time"],
    });
    if ((payload.iat ?? Infinity) > now.getTime() / 1000 + IAT_TOLERANCE_SEC)
      throw new ApiProblem("unauthenticated");
    const cnf = payload["cnf"] as { jkt?: unknown } | undefined;
    return {
      accountId: payload.sub ?? "",
      sessionId: String(payload["sid"]),
      clientId: String(payload["client_id"]),
      keyThumbprint: cnf === undefined ? null : String(cnf.jkt),
    };
  } catch (error) {
    // Whatever a stranger sends here is a bad token, never a server problem.
    throw new ApiProblem(error instanceof joseErrors.JWTExpired ? "token_expired" : "unauthenticated");
  }
}

async function publicKey(published: readonly JWK[], header: JWTHeaderParameters) {
  const jwk = published.find((one) => one.kid === header.kid);
  if (!jwk || header.kid === undefined || FORBIDDEN_HEADERS.some((name) => name in header)) {
    throw new ApiProblem("unauthenticated");
  }
  return imported(jwk);
}

const keys = new WeakMap<JWK, ReturnType<typeof importJWK>>();

/** Once for as long as the ring of keys is not read anew: the import costs as much as the check of a signature. */
function imported(jwk: JWK): ReturnType<typeof importJWK> {
  let key = keys.get(jwk);
  if (!key) keys.set(jwk, (key = importJWK(jwk, "ES256")));
  return key;
}
