import * as z from "zod/mini";
import { defineOperation } from "../operation.ts";
import { audience, opaqueSecret, password } from "../schemas/credentials.ts";
import { emailAddress } from "../schemas/email.ts";

// Apart from the sign-in, which needs no check of an address.
const json = { tag: "auth", method: "POST" } as const;

export const requestPasswordReset = defineOperation({
  ...json,
  id: "requestPasswordReset",
  path: "/v1/auth/password-resets",
  summary: "Ask for a reset mail; the answer is the same whether the account exists or not",
  authentication: "none",
  audit: "auth.password_reset_requested",
  sensitive: ["email"],
  body: z.strictObject({ audience, email: emailAddress }),
  success: 202,
});

export const confirmPasswordReset = defineOperation({
  ...json,
  id: "confirmPasswordReset",
  path: "/v1/auth/password-resets/confirm",
  summary: "Set a new password with the token of a reset mail; ends all sessions and signs nobody in",
  authentication: "none",
  audit: "auth.password_reset",
  sensitive: ["token", "newPassword"],
  body: z.strictObject({ token: opaqueSecret, newPassword: password }),
  success: 204,
  errors: ["token_invalid", "weak_password", "password_reused", "rate_limited", "overloaded"],
});
