import type { InstitutionRecord, SessionRecord } from "../ports/records.ts";

const PATIENT_IDLE_SEC = 30 * 60;
const HOUR_MS = 3_600_000;

/** `last seen` is written at most this often. */
export const SEEN_EVERY_MS = 15_000;
/** A re-authentication counts for this long (step-up). */
export const STEP_UP_MS = 5 * 60_000;

/** Seconds without a call until a session is locked. */
export function idleTimeoutSec(kind: "staff" | "patient", institution: InstitutionRecord): number {
  return kind === "staff" ? institution.idleTimeoutMin * 60 : PATIENT_IDLE_SEC;
}

/** Milliseconds after which only a new sign-in helps: half a day for staff, thirty days for patients. */
export function absoluteLifetimeMs(kind: "staff" | "patient"): number {
  return (kind === "staff" ? 12 : 30 * 24) * HOUR_MS;
}

export type SessionCondition = "live" | "locked" | "expired";

/** How a session stands; an ended one is as good as expired. */
export function sessionCondition(session: SessionRecord, idleSec: number, now: Date): SessionCondition {
  if (session.endedAt !== null || now >= session.absoluteExpiresAt) return "expired";
  return now.getTime() - session.lastSeenAt.getTime() > idleSec * 1000 ? "locked" : "live";
}
