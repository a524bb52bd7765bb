import * as z from "zod/mini";
import { defineOperation } from "../operation.ts";
import { emailAddress } from "../schemas/email.ts";
import { registrationInput } from "../schemas/registration.ts";

const shared = { tag: "registrations", method: "POST", authentication: "none" } as const;

export const requestRegistration = defineOperation({
  ...shared,
  id: "requestRegistration",
  path: "/v1/registrations",
  summary: "Ask for a registration mail; the answer is the same whether the address has an account or not",
  audit: "patient.registration_requested",
  sensitive: ["email"],
  body: z.strictObject({ email: emailAddress }),
  success: 202,
});

export const confirmRegistration = defineOperation({
  ...shared,
  id: "confirmRegistration",
  path: "/v1/registrations/confirm",
  summary: "Open a patient's account with the token of a registration mail; signs nobody in",
  audit: "patient.registered",
  sensitive: ["token", "name", "birthDate", "sex", "password"],
  body: registrationInput,
  success: 204,
  errors: ["token_invalid", "weak_password", "rate_limited", "overloaded"],
});
