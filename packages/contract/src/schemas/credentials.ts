import { checkEmail } from "@welby/text";
import * as z from "zod/mini";

/**
 * A password as typed: at most 256 code points (zod counts text by them), never cut or rewritten.
 * Whether it is good enough is the policy's matter.
 */
export const password = z.string().check(z.minLength(1), z.maxLength(256));

/** An e-mail address or phone number in any width; the server folds it. An odd one is simply not found. */
export const loginId = z.string().check(z.minLength(1), z.maxLength(254));

/** An address that mail can be sent to, in any width; legacy carrier addresses with odd dots are accepted. */
export const emailAddress = z.string().check(
  z.maxLength(254),
  z.check((context) => {
    // Twice the limit in UTF-16 units is over it in code points, whatever the text: `maxLength` has said so.
    if (context.value.length > 254 * 2) return;
    const checked = checkEmail(context.value);
    if (!checked.ok)
      context.issues.push({ code: "custom", input: context.value, params: { reason: checked.problem } });
  }),
);

/** An opaque secret made by the server (refresh token, challenge, reset token). */
export const opaqueSecret = z.string().check(z.minLength(1), z.maxLength(512));

export const audience = z.enum(["staff", "patient"]);
export type Audience = z.output<typeof audience>;
