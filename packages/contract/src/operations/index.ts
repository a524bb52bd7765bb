import type { OperationRow } from "../operation.ts";
import type { OperationId } from "../permissions.ts";
import * as account from "./account.ts";
import * as audit from "./audit.ts";
import * as auth from "./auth.ts";
import * as categories from "./categories.ts";
import * as factors from "./factors.ts";
import * as groups from "./groups.ts";
import * as institution from "./institution.ts";
import * as invitations from "./invitations.ts";
import * as me from "./me.ts";
import * as meta from "./meta.ts";
import * as passkeys from "./passkeys.ts";
import * as incidents from "./incidents.ts";
import * as notices from "./notices.ts";
import * as passwordResets from "./password-resets.ts";
import * as patients from "./patients.ts";
import * as secondFactor from "./second-factor.ts";
import * as registrations from "./registrations.ts";
import * as staff from "./staff.ts";
import * as staffLifeCycle from "./staff-life-cycle.ts";

/** The contract table: every operation, by id. A permission without an operation does not compile. */
export const operations = {
  ...auth,
  ...secondFactor,
  ...passkeys,
  ...passwordResets,
  ...me,
  ...account,
  ...registrations,
  ...factors,
  ...staff,
  ...staffLifeCycle,
  ...invitations,
  ...groups,
  ...categories,
  ...patients,
  ...institution,
  ...audit,
  ...notices,
  ...incidents,
  ...meta,
} as const satisfies { readonly [K in OperationId]: OperationRow & { readonly id: K } };

export type Operations = typeof operations;
