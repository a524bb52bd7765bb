import type { OperationRow } from "../operation.ts";
import type { OperationId } from "../permissions.ts";
import * as auth from "./auth.ts";
import * as categories from "./categories.ts";
import * as groups from "./groups.ts";
import * as me from "./me.ts";
import * as meta from "./meta.ts";
import * as passwordResets from "./password-resets.ts";
import * as patients from "./patients.ts";
import * as staff from "./staff.ts";

/** The contract table: every operation, by id. A permission without an operation does not compile. */
export const operations = {
  ...auth,
  ...passwordResets,
  ...me,
  ...staff,
  ...groups,
  ...categories,
  ...patients,
  ...meta,
} as const satisfies { readonly [K in OperationId]: OperationRow & { readonly id: K } };

export type Operations = typeof operations;
