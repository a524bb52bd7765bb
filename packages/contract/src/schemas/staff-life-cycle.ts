import * as z from "zod/mini";
import { emailAddress } from "./email.ts";
import { nameInput, typedName } from "./name.ts";
import { reason, staffRole } from "./staff.ts";

/** How an invited member gets to a first password: by one that travels in the mail, or by a link that works once. */
export const invitationMode = z.enum(["initial_password", "link"]);
export type InvitationMode = z.output<typeof invitationMode>;

export const staffInput = z.strictObject({
  name: nameInput,
  email: emailAddress,
  /** `staff` unless an administrator is being added. */
  role: z._default(staffRole, "staff"),
  occupation: z.optional(typedName(50)),
  /** 利用開始の案内メール carries an initial password unless the safer link is chosen. */
  invitation: z._default(invitationMode, "initial_password"),
});

/** Only what is given changes; an occupation of `null` is taken away. The e-mail address is its owner's matter. */
export const staffChanges = z.strictObject({
  name: z.optional(nameInput),
  occupation: z.optional(z.nullable(typedName(50))),
});

/** 利用停止 and 再開. */
export const statusInput = z.strictObject({ reason });

/** Without a mode the invitation goes out as it did the last time. */
export const resendInput = z.strictObject({ invitation: z.optional(invitationMode) });

/** Taking away somebody's second factor has to be explained. */
export const factorResetInput = z.strictObject({ reason: typedName(200) });

export const endedSessions = z.object({ ended: z.int().check(z.minimum(0)) });
