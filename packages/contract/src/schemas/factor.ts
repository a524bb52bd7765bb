import { parsePhone } from "@welby/text";
import * as z from "zod/mini";
import { factorId } from "./ids.ts";
import { instant, openEnum } from "./primitives.ts";

/** A code as typed: six digits of an app or a message, or a recovery code; any width, with or without hyphens. */
export const mfaCode = z.string().check(z.minLength(6), z.maxLength(64));

/** A Japanese mobile number in any width: the only kind that is sure to receive a message, and no premium line. */
export const mobileNumber = z.string().check(
  z.maxLength(64),
  z.check((context) => {
    const parsed = parsePhone(context.value);
    if (parsed.ok && parsed.smsCapable) return;
    const reason = parsed.ok ? "not_mobile" : parsed.problem;
    context.issues.push({ code: "custom", input: context.value, params: { reason } });
  }),
);

/** A second factor of the signed-in person. */
export const factor = z.object({
  id: factorId,
  kind: openEnum(["totp", "sms", "passkey"]),
  /** What its owner called it; the end of the number for SMS; empty for an authenticator app. */
  label: z.string(),
  createdAt: instant,
  lastUsedAt: z.nullable(instant),
});

/** The oldest comes first. */
export const factors = z.object({ items: z.array(factor), recoveryCodesLeft: z.int() });

/** For an authenticator app. Shown once; worth nothing until a code of it was confirmed. */
export const totpSetup = z.object({
  /** Base32, for typing. */
  secret: z.string(),
  /** `otpauth://`, for a QR code. */
  uri: z.string(),
});

/** Ten codes, each good for one sign-in. Shown once; the former ones are dead. */
export const recoveryCodes = z.object({ codes: z.array(z.string()) });

export type Factor = z.output<typeof factor>;
export type Factors = z.output<typeof factors>;
export type TotpSetup = z.output<typeof totpSetup>;
export type RecoveryCodes = z.output<typeof recoveryCodes>;
