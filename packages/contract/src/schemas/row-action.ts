import * as z from "zod/mini";
import { openEnum } from "./primitives.ts";

/** What can be done with a row now, of the actions of its kind; a refused one says why by an error code. */
export function rowActionOf<const A extends readonly [string, ...string[]]>(actions: A) {
  return z.object({
    action: openEnum(actions),
    allowed: z.boolean(),
    disabledReason: z.optional(z.string()),
  });
}
