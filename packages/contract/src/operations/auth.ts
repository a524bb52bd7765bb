import * as z from "zod/mini";
import { defineOperation } from "../operation.ts";
import { audience, loginId, opaqueSecret, password } from "../schemas/credentials.ts";
import { sessionGrant, signInResult } from "../schemas/session.ts";

const tag = "auth";
const json = { tag, method: "POST", success: 200 } as const;

export const signIn = defineOperation({
  ...json,
  id: "signIn",
  path: "/v1/auth/sign-in",
  summary: "Sign in with a login id and a password",
  authentication: "none",
  audit: "auth.sign_in",
  sensitive: ["loginId", "password"],
  body: z.strictObject({ audience, loginId, password }),
  result: signInResult,
  errors: ["invalid_credentials", "rate_limited", "overloaded"],
});

export const setInitialPassword = defineOperation({
  ...json,
  id: "setInitialPassword",
  path: "/v1/auth/initial-password",
  summary: "Replace the initial password; ends the restricted session and starts a full one",
  authentication: "access",
  audit: "auth.initial_password_changed",
  sensitive: ["newPassword"],
  body: z.strictObject({ newPassword: password }),
  result: signInResult,
  errors: ["weak_password", "password_reused", "token_invalid"],
});

export const refreshToken = defineOperation({
  ...json,
  id: "refreshToken",
  path: "/v1/auth/token",
  summary: "Exchange the refresh token for a new pair",
  authentication: "refresh",
  sensitive: ["refreshToken"],
  body: z.strictObject({ refreshToken: opaqueSecret }),
  result: sessionGrant,
  errors: ["refresh_reused", "session_expired", "session_locked"],
});

export const reauthenticate = defineOperation({
  ...json,
  id: "reauthenticate",
  path: "/v1/auth/reauthenticate",
  summary: "Type the password again: unlocks a locked session and satisfies a step-up",
  authentication: "refresh",
  audit: "auth.reauthenticate",
  sensitive: ["refreshToken", "password"],
  body: z.strictObject({ refreshToken: opaqueSecret, password }),
  result: sessionGrant,
  errors: ["invalid_credentials", "refresh_reused", "session_expired", "rate_limited", "overloaded"],
});

export const signOut = defineOperation({
  ...json,
  id: "signOut",
  path: "/v1/auth/sign-out",
  summary: "End this session or all sessions of the person",
  authentication: "refresh",
  audit: "auth.sign_out",
  sensitive: ["refreshToken"],
  body: z.strictObject({
    refreshToken: opaqueSecret,
    scope: z._default(z.enum(["session", "all"]), "session"),
  }),
  success: 204,
});
