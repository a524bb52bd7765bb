import { jstDate } from "@welby/text";
import type { IncidentRecord } from "../ports/records.ts";

const DAY_MS = 24 * 3_600_000;
/** 速報: within about three to five days of knowing; the first of them is the goal (APPI art. 26, guideline). */
const PRELIMINARY_DAYS = 3;
/** 確報: within 30 days of knowing, 60 where somebody may have acted with a wrongful purpose. */
const FINAL_DAYS = 30;
const FINAL_DAYS_MALICIOUS = 60;

export interface AppiReport {
  readonly kind: "preliminary" | "final";
  /** The last day in Japan; the day of knowing itself is not counted. */
  readonly dueOn: string;
}

/** By when an institution has to report an incident to 個人情報保護委員会; nothing where no personal data are concerned. */
export function appiReports({
  detectedAt,
  personalData,
  malicious,
}: Pick<IncidentRecord, "detectedAt" | "personalData" | "malicious">): AppiReport[] {
  if (!personalData) return [];
  const after = (days: number) => jstDate(detectedAt.getTime() + days * DAY_MS);
  return [
    { kind: "preliminary", dueOn: after(PRELIMINARY_DAYS) },
    { kind: "final", dueOn: after(malicious ? FINAL_DAYS_MALICIOUS : FINAL_DAYS) },
  ];
}
