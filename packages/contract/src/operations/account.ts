import * as z from "zod/mini";
import { defineOperation } from "../operation.ts";
import { ownSessions, passwordChange, profileInput, withdrawalInput } from "../schemas/account.ts";
import { opaqueSecret } from "../schemas/credentials.ts";
import { emailAddress } from "../schemas/email.ts";
import { sessionId } from "../schemas/ids.ts";
import { me } from "../schemas/me.ts";

// Apart from `getMe`, which a page asks for right after the sign-in.
const shared = { tag: "me", authentication: "access" } as const;

export const updateMe = defineOperation({
  ...shared,
  id: "updateMe",
  method: "PATCH",
  path: "/v1/me",
  summary: "Change the own name, and a patient's birth date and sex",
  ifMatch: true,
  etag: true,
  audit: "account.profile_changed",
  sensitive: ["name", "birthDate", "sex"],
  body: profileInput,
  result: me,
  success: 200,
});

export const changePassword = defineOperation({
  ...shared,
  id: "changePassword",
  method: "PUT",
  path: "/v1/me/password",
  summary: "パスワード変更: replace the own password, by whoever knows the current one",
  audit: "account.password_changed",
  sensitive: ["currentPassword", "newPassword"],
  body: passwordChange,
  success: 204,
  errors: ["current_password_wrong", "weak_password", "password_reused", "rate_limited", "overloaded"],
});

export const requestEmailChange = defineOperation({
  ...shared,
  id: "requestEmailChange",
  method: "POST",
  path: "/v1/me/email-changes",
  summary: "Ask for another e-mail address; the answer is the same whether it is taken or not",
  stepUp: true,
  audit: "account.email_change_requested",
  sensitive: ["email"],
  body: z.strictObject({ email: emailAddress }),
  success: 202,
});

export const confirmEmailChange = defineOperation({
  ...shared,
  id: "confirmEmailChange",
  method: "POST",
  path: "/v1/me/email-changes/confirm",
  summary: "Take the new e-mail address over, with the token that was mailed to it",
  authentication: "none",
  audit: "account.email_changed",
  sensitive: ["token"],
  body: z.strictObject({ token: opaqueSecret }),
  success: 204,
  errors: ["token_invalid", "rate_limited"],
});

export const withdraw = defineOperation({
  ...shared,
  id: "withdraw",
  method: "POST",
  path: "/v1/me/withdrawal",
  summary: "退会: close the own account at once, after typing the word 退会 or WITHDRAW",
  stepUp: true,
  audit: "patient.withdrew",
  body: withdrawalInput,
  success: 204,
});

export const listSessions = defineOperation({
  ...shared,
  id: "listSessions",
  method: "GET",
  path: "/v1/me/sessions",
  summary: "Where the person is signed in",
  safe: true,
  result: ownSessions,
  success: 200,
});

export const endSession = defineOperation({
  ...shared,
  id: "endSession",
  method: "DELETE",
  path: "/v1/me/sessions/{sessionId}",
  summary: "End one of the own sessions; its tokens are dead with the next request",
  audit: "account.session_ended",
  params: z.strictObject({ sessionId }),
  success: 204,
});
