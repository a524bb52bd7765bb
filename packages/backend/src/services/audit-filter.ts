import type { AuditRecord, Where } from "../ports/index.ts";
import { ApiProblem } from "../domain/api-problem.ts";
import type { ClinicCall } from "./service.ts";

const MAX_RANGE_MS = 366 * 24 * 3_600_000;

interface AuditFilter {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly actorId?: string | undefined;
  readonly action?: string | undefined;
  readonly targetType?: string | undefined;
  readonly targetId?: string | undefined;
  readonly result?: AuditRecord["result"] | undefined;
}

/** A period from its first instant up to, but without, its last. */
export interface Period {
  readonly from: Date | null;
  readonly to: Date | null;
}

/** The period that is asked for. @throws {range_too_wide} @throws {validation_failed} when it ends before it begins */
export function periodOf({ clock }: ClinicCall["ports"], { from, to }: AuditFilter): Period {
  const period = {
    from: from === undefined ? null : new Date(from),
    to: to === undefined ? null : new Date(to),
  };
  if (period.from === null) return period;
  const lengthMs = (period.to ?? clock.now()).getTime() - period.from.getTime();
  if (period.to !== null && lengthMs < 0)
    throw new ApiProblem("validation_failed", { errors: [{ path: "from", code: "contradiction" }] });
  if (lengthMs > MAX_RANGE_MS) throw new ApiProblem("range_too_wide");
  return period;
}

/** As {@link periodOf}, with the last 366 days where no beginning is named. */
export function boundedPeriodOf(
  ports: ClinicCall["ports"],
  filter: AuditFilter,
): Period & { readonly from: Date } {
  const { from, to } = periodOf(ports, filter);
  return { from: from ?? new Date((to ?? ports.clock.now()).getTime() - MAX_RANGE_MS), to };
}

/** The filter as a condition on the rows of the caller's own institution. */
export function auditWhere(
  { actor }: ClinicCall,
  { actorId, action, targetType, targetId, result }: AuditFilter,
  period: Period,
): Where<AuditRecord> {
  return {
    institutionId: actor.institutionId,
    ...(actorId !== undefined && { actorId }),
    ...(action !== undefined && { action }),
    ...(targetType !== undefined && { targetType }),
    ...(targetId !== undefined && { targetId }),
    ...(result !== undefined && { result }),
    ...withinPeriod(period),
  };
}

function withinPeriod({ from, to }: Period): Where<AuditRecord> {
  // Bounds are excluded by the store, and instants are whole milliseconds.
  const after = from && new Date(from.getTime() - 1);
  if (after && to) return { at: { after, before: to } };
  if (after) return { at: { after } };
  return to ? { at: { before: to } } : {};
}

/** The filter as the log keeps it. */
export function filterDetails({ from, to, ...rest }: AuditFilter): Record<string, unknown> {
  const given = Object.entries({ from, to, ...rest }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}
