import { formatJst } from "@welby/text";
import { ApiProblem } from "../domain/api-problem.ts";
import type { Transaction } from "../ports/store.ts";

interface Changed {
  readonly id: string;
  readonly version: number;
  /** Account id of whoever changed it last. */
  readonly changedBy: string | null;
  readonly changedAt: Date | null;
}

/** 412 that says who was quicker and when, so that the loser can see it. */
export async function versionConflict(
  transaction: Transaction,
  rows: readonly Changed[],
): Promise<ApiProblem> {
  const conflicts = [];
  for (const { id, version, changedBy, changedAt } of rows) {
    const staff = changedBy === null ? undefined : await transaction.staff.get({ accountId: changedBy });
    conflicts.push({
      id,
      version,
      changedBy: staff?.nameText ?? null,
      changedAt: changedAt && formatJst(changedAt, { ms: true }),
    });
  }
  return new ApiProblem("version_conflict", { conflicts });
}
