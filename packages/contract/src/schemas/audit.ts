import * as z from "zod/mini";
import { accountId, auditEventId } from "./ids.ts";
import { instant, openEnum, page } from "./primitives.ts";

/** An instant as somebody sends it: no longer than one can be, and of a year that every clock and database knows. */
const sentInstant = z.iso.datetime({ offset: true }).check(
  z.maxLength(40),
  z.check((context) => {
    if (/^(19|[2-8]\d)\d\d-/.test(context.value)) return;
    context.issues.push({ code: "custom", input: undefined, params: { reason: "out_of_range" } });
  }),
);

/** A name or id that the service itself gave: printable ASCII, nothing that a log could not hold. */
const machineName = z.string().check(
  z.minLength(1),
  z.maxLength(64),
  z.check((context) => {
    // Twice the limit in UTF-16 units is over it in code points: `maxLength` has said so.
    if (context.value.length > 64 * 2 || /^[\x21-\x7e]*$/.test(context.value)) return;
    context.issues.push({ code: "custom", input: undefined, params: { reason: "forbidden_character" } });
  }),
);

/** Which events of the log are meant; without a filter all of them. There is no order to choose: the newest come first. */
const filters = {
  /** The first instant that counts. */
  from: z.optional(sentInstant),
  /** The first instant that counts no more; now unless told. Between the two lie 366 days at most. */
  to: z.optional(sentInstant),
  actorId: z.optional(accountId),
  action: z.optional(machineName),
  targetType: z.optional(machineName),
  targetId: z.optional(machineName),
  result: z.optional(z.enum(["ok", "refused", "failed"])),
};

export const auditSearch = z.strictObject({
  ...filters,
  limit: z._default(z.int().check(z.minimum(1), z.maximum(200)), 50),
  cursor: z.optional(z.string().check(z.maxLength(512))),
});

/** The same filters; without `from` it is the last 366 days. */
export const auditExport = z.strictObject(filters);

/** One line of 操作ログ. */
export const auditEvent = z.object({
  id: auditEventId,
  /** Rises with each event of the service; gaps mean nothing. */
  seq: z.int(),
  /** In Japan time, to the millisecond. */
  at: instant,
  /** Null for the service itself and for somebody who did not sign in. */
  actor: z.nullable(
    z.object({
      id: z.nullable(accountId),
      /** As it was then: a person who has left is still named. */
      nameAtTheTime: z.nullable(z.string()),
      role: z.nullable(z.string()),
    }),
  ),
  /** e.g. `staff.role_changed`; may grow. */
  action: z.string(),
  target: z.nullable(z.object({ type: z.string(), id: z.nullable(z.string()) })),
  result: openEnum(["ok", "refused", "failed"]),
  reason: z.nullable(z.string()),
  /** What else is known, by action; ids and numbers for machines. */
  details: z.looseObject({}),
  ip: z.nullable(z.string()),
  userAgentHash: z.nullable(z.string()),
  requestId: z.string(),
  /** The seal of the event before in the institution's chain; null for the first one, and while this one is not sealed. */
  previousHash: z.nullable(z.string()),
  /** HMAC-SHA-256 over the event and the seal before; null for the second until it is sealed. */
  hash: z.nullable(z.string()),
});

export const auditPage = page(auditEvent);

export type AuditEvent = z.output<typeof auditEvent>;
