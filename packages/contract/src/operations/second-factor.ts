import * as z from "zod/mini";
import { defineOperation } from "../operation.ts";
import { opaqueSecret } from "../schemas/credentials.ts";
import { mfaCode } from "../schemas/factor.ts";
import { passkeyAssertion, passkeyQuestion } from "../schemas/passkey.ts";
import { signInResult } from "../schemas/session.ts";

// Apart from the sign-in: most of them end without a second factor.
const shared = { tag: "auth", method: "POST", authentication: "none" } as const;

export const verifyMfa = defineOperation({
  ...shared,
  id: "verifyMfa",
  path: "/v1/auth/mfa/verify",
  summary: "Prove the second factor of a sign-in",
  audit: "auth.mfa_verify",
  sensitive: ["challenge", "code", "credential"],
  body: z
    .strictObject({
      challenge: opaqueSecret,
      method: z.enum(["totp", "sms", "recovery_code", "passkey"]),
      /** For every method but `passkey`. */
      code: z.optional(mfaCode),
      /** For `passkey`, whose options come from `startMfaPasskey`. */
      credential: z.optional(passkeyAssertion),
    })
    .check(
      z.check(({ value, issues }) => {
        const name = value.method === "passkey" ? "credential" : "code";
        if (value[name] !== undefined) return;
        issues.push({ code: "custom", input: value, path: [name], params: { reason: "required" } });
      }),
    ),
  result: signInResult,
  success: 200,
  errors: ["mfa_invalid", "challenge_expired", "rate_limited", "overloaded"],
});

export const sendMfaCode = defineOperation({
  ...shared,
  id: "sendMfaCode",
  path: "/v1/auth/mfa/sms",
  summary: "Send the code for a second factor by SMS",
  audit: "auth.mfa_code_sent",
  sensitive: ["challenge"],
  body: z.strictObject({ challenge: opaqueSecret }),
  success: 202,
  errors: ["challenge_expired", "wrong_status", "rate_limited"],
});

export const startMfaPasskey = defineOperation({
  ...shared,
  id: "startMfaPasskey",
  path: "/v1/auth/mfa/passkey",
  summary: "What a passkey has to sign as a second factor",
  safe: true,
  sensitive: ["challenge"],
  body: z.strictObject({ challenge: opaqueSecret }),
  result: passkeyQuestion,
  success: 200,
  errors: ["challenge_expired", "wrong_status"],
});
