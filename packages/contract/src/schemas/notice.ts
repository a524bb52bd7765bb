import * as z from "zod/mini";
import { noticeId } from "./ids.ts";
import { instant, openEnum, page } from "./primitives.ts";

/** お知らせ. Title and body are plain text (lines end with LF) and are shown as such, whatever stands in them. */
export const notice = z.object({
  id: noticeId,
  kind: openEnum(["maintenance", "emergency", "change", "incident"]),
  severity: openEnum(["info", "warning", "critical"]),
  title: z.string(),
  body: z.string(),
  publishedAt: instant,
  /** Past it the notice is not listed any more; null for one that stays. */
  validUntil: z.nullable(instant),
  mustAcknowledge: z.boolean(),
  /** When the signed-in person acknowledged it. */
  readAt: z.nullable(instant),
});

export const noticePage = page(notice);

export type Notice = z.output<typeof notice>;
