import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK, type JWK } from "jose";
import { ApiProblem } from "./api-problem.ts";
import { sha256 } from "./secret.ts";

/** How far a device's clock may be off once it has shown a fresh nonce. */
const IAT_TOLERANCE_SEC = 300;
const MAX_JTI = 256;
const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"];

export interface ProofExpectation {
  readonly method: string;
  /** Every absolute URL under which this resource is public; never made from the `Host` header. */
  readonly urls: readonly string[];
  /** Set where the call carries an access token: the proof must name its hash. */
  readonly accessToken?: string | undefined;
  readonly now: Date;
  isFreshNonce(nonce: string): Promise<boolean>;
}

export interface Proof {
  /** RFC 7638 thumbprint of the key that signed. */
  readonly thumbprint: string;
  readonly jti: string;
}

/**
 * Checks a DPoP proof by RFC 9449 §4.3, all but the replay of its `jti`.
 *
 * The nonce is looked at before `iat`: a device with a wrong clock is told to fetch a nonce, not that it is broken.
 * @throws {invalid_dpop_proof} @throws {use_dpop_nonce}
 */
export async function verifyProof(proof: string, expected: ProofExpectation): Promise<Proof> {
  const { jwk, claims } = await open(proof);
  const { jti, htm, htu, iat, nonce, ath } = claims;
  if (typeof jti !== "string" || jti === "" || jti.length > MAX_JTI) throw invalid();
  if (htm !== expected.method || !namesOneOf(htu, expected.urls)) throw invalid();
  if (typeof nonce !== "string" || !(await expected.isFreshNonce(nonce)))
    throw new ApiProblem("use_dpop_nonce");
  if (typeof iat !== "number" || !(Math.abs(expected.now.getTime() / 1000 - iat) <= IAT_TOLERANCE_SEC))
    throw invalid();
  if (expected.accessToken !== undefined && ath !== (await sha256(expected.accessToken))) throw invalid();
  return { thumbprint: await calculateJwkThumbprint(jwk), jti };
}

async function open(proof: string): Promise<{ jwk: JWK; claims: Record<string, unknown> }> {
  try {
    const header = decodeProtectedHeader(proof);
    const given: JWK = header.jwk ?? {};
    if (header.typ !== "dpop+jwt" || header.alg !== "ES256") throw invalid();
    if (given.kty !== "EC" || given.crv !== "P-256" || PRIVATE_MEMBERS.some((name) => name in given))
      throw invalid();
    const jwk: JWK = { kty: "EC", crv: "P-256", x: given.x ?? "", y: given.y ?? "" };
    const { payload } = await compactVerify(proof, await importJWK(jwk, "ES256"), { algorithms: ["ES256"] });
    const claims: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
    if (typeof claims !== "object" || claims === null) throw invalid();
    return { jwk, claims: claims as Record<string, unknown> };
  } catch {
    // Whatever a stranger sends here is a bad proof, never a server problem.
    throw invalid();
  }
}

/** Query and fragment do not count (RFC 9449 §4.3, 9); spelling differences of one URL do not either. */
function namesOneOf(htu: unknown, urls: readonly string[]): boolean {
  const named = typeof htu === "string" ? canonical(htu) : undefined;
  return named !== undefined && urls.some((url) => canonical(url) === named);
}

function canonical(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.username || url.password ? undefined : url.origin + url.pathname;
}

function invalid(): ApiProblem {
  return new ApiProblem("invalid_dpop_proof");
}
