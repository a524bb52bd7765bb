import * as z from "zod/mini";
import { defineOperation } from "../operation.ts";
import { factor, factors, mfaCode, mobileNumber, recoveryCodes, totpSetup } from "../schemas/factor.ts";
import { factorId } from "../schemas/ids.ts";
import { typedName } from "../schemas/name.ts";
import { passkeyRegistration, passkeySetup } from "../schemas/passkey.ts";

// Whoever has a factor must have shown one in this session; otherwise a password alone could replace it.
const shared = { tag: "factors", authentication: "access" } as const;
const enrolling = { ...shared, method: "POST", stepUp: true, duringEnrollment: true, success: 200 } as const;

export const listFactors = defineOperation({
  ...shared,
  id: "listFactors",
  method: "GET",
  path: "/v1/me/factors",
  summary: "The second factors of the signed-in person",
  duringEnrollment: true,
  safe: true,
  result: factors,
  success: 200,
});

export const startTotp = defineOperation({
  ...enrolling,
  id: "startTotp",
  path: "/v1/me/factors/totp",
  summary: "Get a secret for an authenticator app; it counts once a code of it was confirmed",
  audit: "account.factor_started",
  result: totpSetup,
  errors: ["limit_reached"],
});

export const confirmTotp = defineOperation({
  ...enrolling,
  id: "confirmTotp",
  path: "/v1/me/factors/totp/confirm",
  summary: "Show that the authenticator app works; a first factor opens a session that waited for it",
  audit: "account.factor_added",
  sensitive: ["code"],
  body: z.strictObject({ code: mfaCode }),
  result: factor,
  errors: ["mfa_invalid", "challenge_expired", "rate_limited"],
});

export const startSms = defineOperation({
  ...enrolling,
  id: "startSms",
  path: "/v1/me/factors/sms",
  summary: "Send a code to a mobile number; the number counts once the code was confirmed",
  audit: "account.factor_started",
  sensitive: ["phone"],
  body: z.strictObject({ phone: mobileNumber }),
  success: 202,
  errors: ["limit_reached", "rate_limited"],
});

export const confirmSms = defineOperation({
  ...enrolling,
  id: "confirmSms",
  path: "/v1/me/factors/sms/confirm",
  summary: "Show that the code arrived; the number replaces the former one",
  audit: "account.factor_added",
  sensitive: ["code"],
  body: z.strictObject({ code: mfaCode }),
  result: factor,
  errors: ["mfa_invalid", "challenge_expired", "rate_limited"],
});

export const startPasskey = defineOperation({
  ...enrolling,
  id: "startPasskey",
  path: "/v1/me/factors/passkeys/options",
  summary: "What a device needs to make a passkey",
  audit: "account.factor_started",
  result: passkeySetup,
  errors: ["limit_reached", "wrong_status"],
});

export const addPasskey = defineOperation({
  ...enrolling,
  id: "addPasskey",
  path: "/v1/me/factors/passkeys",
  summary: "Keep a passkey that a device made; the person has to have been verified by it",
  audit: "account.factor_added",
  sensitive: ["credential"],
  body: z.strictObject({ label: typedName(50), credential: passkeyRegistration }),
  result: factor,
  errors: ["passkey_invalid", "challenge_expired", "limit_reached"],
});

export const removeFactor = defineOperation({
  ...shared,
  id: "removeFactor",
  method: "DELETE",
  path: "/v1/me/factors/{factorId}",
  summary: "Remove a second factor; the last one stays where the institution demands one",
  stepUp: true,
  idempotency: "optional",
  audit: "account.factor_removed",
  params: z.strictObject({ factorId }),
  success: 204,
  errors: ["last_factor"],
});

export const createRecoveryCodes = defineOperation({
  ...enrolling,
  id: "createRecoveryCodes",
  path: "/v1/me/factors/recovery-codes",
  summary: "Get ten recovery codes; the former ones are dead",
  audit: "account.recovery_codes_created",
  result: recoveryCodes,
  errors: ["overloaded"],
});
