import { checkEmail } from "@welby/text";
import * as z from "zod/mini";

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
