import * as z from "zod/mini";
import { defineOperation } from "../operation.ts";
import { opaqueSecret, password } from "../schemas/credentials.ts";

export const confirmInvitation = defineOperation({
  id: "confirmInvitation",
  method: "POST",
  path: "/v1/invitations/confirm",
  summary: "Set the first password with the token of an invitation; signs nobody in",
  tag: "auth",
  authentication: "none",
  audit: "auth.invitation_confirmed",
  sensitive: ["token", "newPassword"],
  body: z.strictObject({ token: opaqueSecret, newPassword: password }),
  success: 204,
  errors: ["token_invalid", "weak_password", "rate_limited", "overloaded"],
});
