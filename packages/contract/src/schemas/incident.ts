import * as z from "zod/mini";
import { incidentId } from "./ids.ts";
import { instant, openEnum, page, plainDate } from "./primitives.ts";

/** Whether one contact was told: `sent` means handed over to whoever delivers the mail. */
export const incidentDelivery = z.object({
  channel: openEnum(["email"]),
  recipient: z.string(),
  status: openEnum(["queued", "sent"]),
  attempts: z.int(),
  sentAt: z.nullable(instant),
});

/** A security incident and how the institution was told of it (clause 15). All texts are plain text. */
export const incident = z.object({
  id: incidentId,
  kind: openEnum(["data_loss", "outage", "unauthorized_access", "leak", "other"]),
  occurredAt: instant,
  detectedAt: instant,
  /** 24 hours after it occurred; everybody is to be told by then. */
  dueAt: instant,
  /** `open` until everybody was told; `late` once `dueAt` passed before that, for good. */
  status: openEnum(["open", "notified", "late"]),
  /** When the last of the contacts was told. */
  notifiedAt: z.nullable(instant),
  what: z.string(),
  effect: z.string(),
  measures: z.string(),
  contact: z.string(),
  nextUpdateAt: z.nullable(instant),
  /** By when the institution itself has to report to 個人情報保護委員会; empty where no personal data are concerned. */
  reports: z.array(z.object({ kind: openEnum(["preliminary", "final"]), dueOn: plainDate })),
  deliveries: z.array(incidentDelivery),
});

export const incidentPage = page(incident);

export type Incident = z.output<typeof incident>;
export type IncidentDelivery = z.output<typeof incidentDelivery>;
