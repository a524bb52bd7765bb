import type { ThrottleRecord } from "../ports/records.ts";

type Counter = Pick<ThrottleRecord, "failures" | "windowStartedAt" | "blockedUntil">;

/** What a counter becomes by one more failure. */
export type ThrottleRule = (counter: Counter | undefined, now: Date) => Counter;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** A stop that time alone does not end. */
const NEVER = new Date("9999-12-31T00:00:00Z");
const MAX_RETRY_AFTER_SEC = 3600;

/** Passwords of one account: four free, then 30 s doubling to an hour, and a stop after 100 in a row (NIST SP 800-63B-4 §3.2.2). */
export const accountRule: ThrottleRule = (counter, now) => {
  const failures = (counter?.failures ?? 0) + 1;
  const delayMs = Math.min(30 * SECOND * 2 ** (failures - 5), HOUR);
  return {
    failures,
    windowStartedAt: counter?.windowStartedAt ?? now,
    blockedUntil: failures >= 100 ? NEVER : failures >= 5 ? new Date(now.getTime() + delayMs) : null,
  };
};

/** Codes of one account: a stop after ten in a row, counted apart from passwords (a shared counter can be reset by the other factor). */
export const totpRule: ThrottleRule = (counter, now) => {
  const failures = (counter?.failures ?? 0) + 1;
  return {
    failures,
    windowStartedAt: counter?.windowStartedAt ?? now,
    blockedUntil: failures >= 10 ? NEVER : null,
  };
};

/** At most `limit` within a window that begins with the first one. */
export function windowRule(limit: number, windowMs: number): ThrottleRule {
  return (counter, now) => {
    const live = counter !== undefined && now.getTime() - counter.windowStartedAt.getTime() < windowMs;
    const failures = (live ? counter.failures : 0) + 1;
    const windowStartedAt = live ? counter.windowStartedAt : now;
    return {
      failures,
      windowStartedAt,
      blockedUntil: failures >= limit ? new Date(windowStartedAt.getTime() + windowMs) : null,
    };
  };
}

/** Failures from one address, whatever they were about. */
export const ipRule = windowRule(30, 5 * MINUTE);
/** Mails of one kind asked for from one address. */
export const requestIpRule = windowRule(20, HOUR);
/** Rows in the audit log about mails that were refused to one address. */
export const requestRefusalRule = windowRule(1, HOUR);
/** Mails to a mailbox that has no account behind it. */
export const mailboxRule = windowRule(3, HOUR);
/** New addresses that one account asks for. */
export const emailChangeRule = windowRule(5, HOUR);
/** Invitations that were sent anew to one member. */
export const invitationMailRule = windowRule(5, HOUR);

/** Sets of recovery codes that one account asks for. */
export const recoveryCodesRule = windowRule(5, HOUR);

/** Codes by SMS cost money: one a minute and five an hour for a number, some an hour for an address, a cap a day for an institution (MF-3). */
export const smsPauseRule = windowRule(1, MINUTE);
export const smsNumberRule = windowRule(5, HOUR);
/** Of those five: whoever sets up somebody else's number leaves its owner some to sign in with. */
export const smsSetUpRule = windowRule(3, HOUR);
export const smsIpRule = windowRule(10, HOUR);
export const smsAccountRule = windowRule(10, HOUR);
export const smsInstitutionRule = windowRule(500, 24 * HOUR);

/** Whole seconds until a blocked counter may try again; null when it may now. */
export function retryAfterSec(counter: Counter | undefined, now: Date): number | null {
  const leftMs = (counter?.blockedUntil?.getTime() ?? 0) - now.getTime();
  return leftMs > 0 ? Math.min(Math.ceil(leftMs / SECOND), MAX_RETRY_AFTER_SEC) : null;
}
