import * as z from "zod/mini";

/**
 * A password as typed: at most 256 code points (zod counts text by them), never cut or rewritten.
 * Whether it is good enough is the policy's matter.
 */
export const password = z.string().check(z.minLength(1), z.maxLength(256));

/** An e-mail address or phone number in any width; the server folds it. An odd one is simply not found. */
export const loginId = z.string().check(z.minLength(1), z.maxLength(254));

/** An opaque secret made by the server (refresh token, challenge, reset token). */
export const opaqueSecret = z.string().check(z.minLength(1), z.maxLength(512));

export const audience = z.enum(["staff", "patient"]);
export type Audience = z.output<typeof audience>;
