import type { Ports } from "../ports/index.ts";
import { takeLease } from "./leases.ts";
import { serviceAudit } from "./service-audit.ts";

/** Past this the times of two instances contradict each other (clause 12). */
const TOLERATED_MS = 1_000;
/** One report is enough for a while, however many instances see the same. */
const REPORT_EVERY_MS = 60 * 60_000;

export interface ClockSkew {
  /** How far this process is ahead of the database, which all instances share. */
  readonly skewMs: number;
  /** Beyond what is tolerated, also when the answer's way took as long as it did. */
  readonly tooFar: boolean;
}

/** Compares the service's clock with the database's; null where there is nothing to compare. @throws StoreUnavailable */
export async function clockSkew({ store, clock }: Pick<Ports, "store" | "clock">): Promise<ClockSkew | null> {
  const asked = clock.now().getTime();
  const databaseTime = await store.now();
  if (databaseTime === null) return null;
  const answered = clock.now().getTime();
  const skewMs = Math.round((asked + answered) / 2 - databaseTime.getTime());
  const doubtMs = Math.abs(answered - asked) / 2;
  return { skewMs, tooFar: Math.abs(skewMs) - doubtMs > TOLERATED_MS };
}

/** Writes into the audit log when this instance's clock is wrong. Every instance has to look for itself. */
export async function checkClock(ports: Ports, holder: string): Promise<void> {
  const skew = await clockSkew(ports);
  if (!skew?.tooFar) return;
  await ports.store.transaction(async (transaction) => {
    const lease = { name: "report:clock-skew", holder, forMs: REPORT_EVERY_MS };
    if (!(await takeLease(ports, transaction, lease))) return;
    await serviceAudit(ports, transaction, {
      action: "clock.skewed",
      result: "failed",
      reason: "clock_skew",
      details: { skewMs: skew.skewMs },
    });
  });
}
