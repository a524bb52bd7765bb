import type { PasskeyAssertion, PasskeyRegistration } from "@welby/contract/schemas";
import { base64url } from "jose";

/** Where passkeys belong: the id that they were made for, and the pages that may use them. */
export interface RelyingParty {
  readonly rpId: string;
  readonly origins: readonly string[];
}

export interface Passkey {
  readonly credentialId: string;
  /** COSE, base64url. */
  readonly publicKey: string;
  readonly signCount: number;
  /** It may leave its device (BE), and has done so (BS). */
  readonly backupEligible: boolean;
  readonly backedUp: boolean;
}

/** COSE names of ES256, Ed25519 and RS256. */
export const ALGORITHMS = [-7, -8, -257];

// Verification is large and most sign-ins go without, so it is fetched with the first passkey.
const load = () => import("@simplewebauthn/server");

/**
 * Verifies a new passkey: made for this challenge, this id and one of these pages, with the person verified.
 * Undefined for whatever is wrong with it.
 */
export async function verifyNewPasskey(
  { rpId, origins }: RelyingParty,
  challenge: string,
  credential: PasskeyRegistration,
): Promise<Passkey | undefined> {
  const { verifyRegistrationResponse } = await load();
  if (credential.type !== "public-key" || isFramed(credential.response.clientDataJSON)) return undefined;
  if (await isCertified(credential)) return undefined;
  const verified = await attempt(() =>
    verifyRegistrationResponse({
      response: {
        ...credential,
        type: "public-key",
        response: { ...credential.response, transports: [] },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: [...origins],
      expectedRPID: rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  );
  const info = verified?.registrationInfo;
  if (!info) return undefined;
  return {
    credentialId: info.credential.id,
    publicKey: base64url.encode(info.credential.publicKey),
    signCount: info.credential.counter,
    backupEligible: info.credentialDeviceType === "multiDevice",
    backedUp: info.credentialBackedUp,
  };
}

/**
 * Verifies a signature by a known passkey, and says what its counter and its backup state are now; undefined for
 * whatever is wrong with it. The counter is not judged here: a step back is worth more than a refusal.
 */
export async function verifyAssertion(
  { rpId, origins }: RelyingParty,
  challenge: string,
  { id, publicKey }: { readonly id: string; readonly publicKey: string },
  credential: PasskeyAssertion,
): Promise<{ readonly signCount: number; readonly backedUp: boolean } | undefined> {
  const { verifyAuthenticationResponse } = await load();
  const { userHandle, ...response } = credential.response;
  if (credential.type !== "public-key" || isFramed(response.clientDataJSON)) return undefined;
  const verified = await attempt(() =>
    verifyAuthenticationResponse({
      response: {
        ...credential,
        type: "public-key",
        response: { ...response, ...(userHandle != null && { userHandle }) },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: [...origins],
      expectedRPID: rpId,
      requireUserVerification: true,
      credential: { id, publicKey: base64url.decode(publicKey) as Uint8Array<ArrayBuffer>, counter: 0 },
    }),
  );
  if (!verified?.verified) return undefined;
  const { newCounter, credentialBackedUp } = verified.authenticationInfo;
  return { signCount: newCounter, backedUp: credentialBackedUp };
}

/** The challenge that a credential claims to answer; only for finding it, the signature proves it. */
export function claimedChallenge(clientDataJSON: string): string {
  const { challenge } = clientData(clientDataJSON);
  return typeof challenge === "string" ? challenge : "";
}

/** Made inside a frame of another site: somebody else's page was around the portal's. */
function isFramed(clientDataJSON: string): boolean {
  const { crossOrigin, topOrigin } = clientData(clientDataJSON);
  return (crossOrigin !== undefined && crossOrigin !== false) || topOrigin !== undefined;
}

function clientData(clientDataJSON: string): Readonly<Record<string, unknown>> {
  try {
    const data: unknown = JSON.parse(new TextDecoder().decode(base64url.decode(clientDataJSON)));
    return typeof data === "object" && data !== null ? { ...data } : {};
  } catch {
    return {};
  }
}

/** No certificate was asked for, and checking one would fetch an address that stands in it: the sender would choose whom we call. */
async function isCertified({ response }: PasskeyRegistration): Promise<boolean> {
  const { decodeAttestationObject, isoBase64URL } = await import("@simplewebauthn/server/helpers");
  const statement = await attempt(async () =>
    decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject)),
  );
  if (!statement) return true;
  const format = statement.get("fmt");
  return format !== "none" && (format !== "packed" || statement.get("attStmt").get("x5c") !== undefined);
}

/** Whatever a stranger sent is at worst no passkey. */
async function attempt<T>(verify: () => Promise<T>): Promise<T | undefined> {
  try {
    return await verify();
  } catch {
    return undefined;
  }
}
