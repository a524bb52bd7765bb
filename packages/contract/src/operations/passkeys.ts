import * as z from "zod/mini";
import { defineOperation } from "../operation.ts";
import { audience, opaqueSecret } from "../schemas/credentials.ts";
import { passkeyAssertion, passkeySignInStart } from "../schemas/passkey.ts";
import { signInResult } from "../schemas/session.ts";

const shared = { tag: "auth", method: "POST", authentication: "none", success: 200 } as const;

export const startPasskeySignIn = defineOperation({
  ...shared,
  id: "startPasskeySignIn",
  path: "/v1/auth/passkeys/options",
  summary: "Begin a sign-in by a passkey, without a login id",
  safe: true,
  body: z.strictObject({ audience }),
  result: passkeySignInStart,
  errors: ["wrong_status"],
});

export const signInWithPasskey = defineOperation({
  ...shared,
  id: "signInWithPasskey",
  path: "/v1/auth/passkeys/sign-in",
  summary: "Sign in with a passkey: the device and the person's gesture on it are two factors",
  audit: "auth.sign_in",
  sensitive: ["challenge", "credential"],
  body: z.strictObject({ challenge: opaqueSecret, credential: passkeyAssertion }),
  result: signInResult,
  errors: ["challenge_expired", "passkey_invalid", "rate_limited"],
});
