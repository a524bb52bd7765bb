import * as z from "zod/mini";
import { password } from "./credentials.ts";
import { sessionId } from "./ids.ts";
import { nameInput } from "./name.ts";
import { instant, plainDate } from "./primitives.ts";

export const birthDate = plainDate.check(
  z.maxLength(10),
  z.check((context) => {
    // There was no year 0, and a database refuses it.
    if (!context.value.startsWith("0000")) return;
    context.issues.push({ code: "custom", input: undefined, params: { reason: "no_such_day" } });
  }),
);
export const sex = z.enum(["female", "male", "other", "unknown"]);

/** What people say about themselves; a birth date and a sex belong to patients only. At least one of them has to be there. */
export const profileInput = z
  .strictObject({
    name: z.optional(nameInput),
    birthDate: z.optional(birthDate),
    sex: z.optional(sex),
  })
  .check(
    z.check((context) => {
      if (Object.keys(context.value).length === 0)
        context.issues.push({
          code: "custom",
          input: undefined,
          params: { reason: "required" },
          path: ["name"],
        });
    }),
  );

const WITHDRAWAL_WORDS = ["退会", "WITHDRAW"];

/** The word itself, typed in any width: no click and no paste of something else closes an account. */
export const withdrawalInput = z.strictObject({
  confirmation: z.string().check(
    z.maxLength(20),
    z.check((context) => {
      if (WITHDRAWAL_WORDS.includes(context.value.normalize("NFKC").trim())) return;
      context.issues.push({ code: "custom", input: undefined, params: { reason: "mismatch" } });
    }),
  ),
});

export const passwordChange = z.strictObject({
  currentPassword: password,
  newPassword: password,
  /** This session always goes on. */
  endOtherSessions: z._default(z.boolean(), true),
});

/** A place where somebody is signed in. */
export const ownSession = z.object({
  id: sessionId,
  /** Browser and system, made of known words only. */
  deviceLabel: z.string(),
  createdAt: instant,
  lastSeenAt: instant,
  /** The session that asks. */
  current: z.boolean(),
});

/** The session that asks comes first, the others by their last activity. */
export const ownSessions = z.object({ items: z.array(ownSession) });

export type OwnSession = z.output<typeof ownSession>;
