import * as z from "zod/mini";

/** Bytes as base64url without padding, read by whoever decodes them; the lengths are those of WebAuthn, with room. */
const bytes = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const credentialId = bytes(1366);

const descriptor = z.object({
  id: z.string(),
  type: z.literal("public-key"),
  transports: z.array(z.string()),
});

/** WebAuthn's own list, which does not grow. */
const requirement = z.enum(["required", "preferred", "discouraged"]);

/** For `PublicKeyCredential.parseCreationOptionsFromJSON()`. */
export const passkeyCreation = z.object({
  challenge: z.string(),
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: z.literal("public-key"), alg: z.int() })),
  timeout: z.int(),
  excludeCredentials: z.array(descriptor),
  authenticatorSelection: z.object({
    residentKey: requirement,
    requireResidentKey: z.boolean(),
    userVerification: requirement,
  }),
  attestation: z.string(),
});

/** For `PublicKeyCredential.parseRequestOptionsFromJSON()`. */
export const passkeyRequest = z.object({
  challenge: z.string(),
  rpId: z.string(),
  timeout: z.int(),
  /** Empty where whoever signs in is not known yet. */
  allowCredentials: z.array(descriptor),
  userVerification: requirement,
});

// Made by the browser (`credential.toJSON()`), which adds to it over the years: what is not named here is left aside.
const made = { id: credentialId, rawId: credentialId, type: z.string().check(z.maxLength(32)) };

/** A new passkey. */
export const passkeyRegistration = z.object({
  ...made,
  response: z.object({
    clientDataJSON: bytes(2048),
    attestationObject: bytes(4000),
    transports: z.optional(z.array(z.string().check(z.maxLength(32))).check(z.maxLength(10))),
  }),
});

/** A signature by a passkey. */
export const passkeyAssertion = z.object({
  ...made,
  response: z.object({
    clientDataJSON: bytes(2048),
    authenticatorData: bytes(2048),
    signature: bytes(1024),
    userHandle: z.optional(z.nullable(bytes(128))),
  }),
});

export const passkeySetup = z.object({ options: passkeyCreation });
export const passkeyQuestion = z.object({ options: passkeyRequest });
/** The challenge goes back with the signature; it is good for one try. */
export const passkeySignInStart = z.object({ challenge: z.string(), options: passkeyRequest });

export type PasskeyCreation = z.output<typeof passkeyCreation>;
export type PasskeyRequest = z.output<typeof passkeyRequest>;
export type PasskeyRegistration = z.output<typeof passkeyRegistration>;
export type PasskeyAssertion = z.output<typeof passkeyAssertion>;
export type PasskeySignInStart = z.output<typeof passkeySignInStart>;
