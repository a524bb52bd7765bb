import * as z from "zod/mini";
import { sessionId } from "./ids.ts";
import { instant, openEnum } from "./primitives.ts";

/** What a sign-in, a refresh or a re-authentication hands out. */
export const sessionGrant = z.object({
  /** JWT (ES256), bound to the proof key; valid for `expiresInSec`. */
  accessToken: z.string(),
  tokenType: openEnum(["DPoP", "Bearer"]),
  /** Seconds, counted from the answer. */
  expiresInSec: z.int(),
  /** Opaque; every use replaces it. */
  refreshToken: z.string(),
  session: z.object({
    id: sessionId,
    authenticatedAt: instant,
    /** Seconds without activity until the session is locked. */
    idleTimeoutSec: z.int(),
    /** Past this instant only a new sign-in helps. */
    absoluteExpiresAt: instant,
  }),
});

/** The step that a sign-in reached. A status that this version does not know is kept with its `status` only. */
export const signInResult = z.union([
  z.object({
    status: z.literal("signed_in"),
    grant: sessionGrant,
    lastSignInAt: z.nullable(instant),
  }),
  z.object({
    status: z.literal("mfa_required"),
    challenge: z.string(),
    methods: z.array(openEnum(["totp", "recovery_code", "sms", "passkey"])),
    /** Seconds until the challenge dies. */
    expiresInSec: z.int(),
  }),
  z.object({
    status: z.literal("password_change_required"),
    /** Opens nothing but the password change and the sign-out. */
    grant: sessionGrant,
  }),
  z.object({
    status: z.literal("mfa_enrollment_required"),
    /** Opens nothing but the set-up of a second factor and the sign-out. */
    grant: sessionGrant,
  }),
  z.object({ status: z.string().brand<"unknown">() }),
]);

export type SessionGrant = z.output<typeof sessionGrant>;
export type SignInResult = z.output<typeof signInResult>;
