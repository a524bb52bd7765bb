import * as z from "zod/mini";
import { staffId } from "./ids.ts";
import { personName, typedName } from "./name.ts";
import { instant, openEnum, page, version } from "./primitives.ts";

export const staffRole = z.enum(["admin", "staff"]);
export type StaffRole = z.output<typeof staffRole>;

/** What can be done with a row now; a refused action says why by an error code. */
export const rowAction = z.object({
  action: openEnum([
    "change_role",
    "update",
    "suspend",
    "resume",
    "remove",
    "resend_invitation",
    "reset_factors",
    "start_password_reset",
    "end_sessions",
  ]),
  allowed: z.boolean(),
  disabledReason: z.optional(z.string()),
});

export const staffMember = z.object({
  id: staffId,
  name: personName,
  email: z.string(),
  role: openEnum(["admin", "staff"]),
  /** 職種; grants nothing. */
  occupation: z.nullable(z.string()),
  status: openEnum(["invited", "active", "suspended", "removed"]),
  lastSignInAt: z.nullable(instant),
  version,
  actions: z.array(rowAction),
});

export const staffPage = page(staffMember);

/** A sentence for the audit log, kept as typed. */
export const reason = z.optional(typedName(200));

export const roleInput = z.strictObject({
  role: staffRole,
  reason,
  /** Must be true when an administrator gives up the own right. */
  confirmSelf: z.optional(z.boolean()),
});

const roleChange = z.strictObject({ staffId, role: staffRole, version });

export const roleChangesInput = z.strictObject({
  changes: z.array(roleChange).check(z.minLength(1), z.maxLength(200)),
  reason,
  confirmSelf: z.optional(z.boolean()),
});

/** What would happen; nothing is changed by asking. */
export const roleChangesPreview = z.object({
  /** False when applying would be refused as a whole. */
  allowed: z.boolean(),
  changes: z.array(
    z.object({
      staffId,
      name: personName,
      from: openEnum(["admin", "staff"]),
      to: openEnum(["admin", "staff"]),
      /** The change concerns the person who asks; it then needs `confirmSelf`. */
      self: z.boolean(),
      /** An error code when this row stands in the way: `version_conflict`, `not_found`, … */
      problem: z.nullable(z.string()),
    }),
  ),
  /** Codes that concern the whole, such as `last_admin`. */
  problems: z.array(z.string()),
  activeAdminsBefore: z.int(),
  activeAdminsAfter: z.int(),
});

export const roleChangesResult = z.object({ items: z.array(staffMember) });

export type StaffMember = z.output<typeof staffMember>;
export type RowAction = z.output<typeof rowAction>;
export type RoleChangesPreview = z.output<typeof roleChangesPreview>;
