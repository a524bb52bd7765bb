import { checkEmail } from "@welby/text";
import * as z from "zod/mini";

const MAX_PASSWORD = 256;

/** A password as typed: at most 256 code points, never cut or rewritten. Whether it is good enough is the policy's matter. */
export const password = z.string().check(
  z.minLength(1),
  z.maxLength(MAX_PASSWORD * 2),
  z.refine((value) => value.length > MAX_PASSWORD * 2 || [...value].length <= MAX_PASSWORD),
);

/** An e-mail address or phone number in any width; the server folds it. An odd one is simply not found. */
export const loginId = z.string().check(z.minLength(1), z.maxLength(254));

/** An address that mail can be sent to, in any width; legacy carrier addresses with odd dots are accepted. */
export const emailAddress = z.string().check(
  z.maxLength(254),
  z.check((context) => {
    if (context.value.length > 254) return;
    const checked = checkEmail(context.value);
    if (!checked.ok) context.issues.push({ code: "custom", input: context.value, params: { reason: checked.problem } });
  }),
);

/** An opaque secret made by the server (refresh token, challenge, reset token). */
export const opaqueSecret = z.string().check(z.minLength(1), z.maxLength(512));

export const audience = z.enum(["staff", "patient"]);
export type Audience = z.output<typeof audience>;
