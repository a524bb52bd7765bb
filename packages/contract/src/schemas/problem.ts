import * as z from "zod/mini";
import { instant } from "./primitives.ts";

/** What is wrong with one field: where, and which rule. Never the value. */
export const fieldError = z.object({ path: z.string(), code: z.string() });

/** Who was quicker, so that the loser of a conflict can see it. */
export const conflict = z.object({
  id: z.string(),
  version: z.int(),
  changedBy: z.nullable(z.string()),
  changedAt: z.nullable(instant),
});

/** RFC 9457. People read the catalogue's text for `code`; `title` is for logs and never translated. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  requestId: z.string(),
  errors: z.optional(z.array(fieldError)),
  conflicts: z.optional(z.array(conflict)),
  /** Why a password is refused, as rules of the policy. */
  rules: z.optional(z.array(z.string())),
});

export type Problem = z.output<typeof problem>;
export type FieldError = z.output<typeof fieldError>;
export type Conflict = z.output<typeof conflict>;
