import type { WelbyClient } from "@welby/sdk";
import type { AttemptKey } from "../../internal/attempt-key.ts";
import { toFailure } from "../../internal/failure.ts";
import type { Assignment, FailedChange } from "./assignment.ts";
import { applied } from "./membership.ts";
import type { GroupChange } from "./membership.ts";

/** What took effect and what did not. */
export interface SaveOutcome {
  readonly saved: readonly GroupChange[];
  readonly failed: readonly FailedChange[];
}

/**
 * Saves an assignment: one patient's set as a whole under its version, many patients by one atomic request a group.
 * @throws when nothing took effect
 */
export async function saveAssignment(
  client: WelbyClient,
  assignment: Assignment,
  changes: readonly GroupChange[],
): Promise<SaveOutcome> {
  const [only] = assignment.patientIds;
  if (only === undefined || assignment.patientIds.length > 1) return saveMany(client, assignment, changes);
  const groupIds = [...(applied(assignment.ground, changes).get(only) ?? [])];
  const input = { patientId: only, groupIds, version: assignment.version };
  const answer = await guarded(assignment.key, input, (options) => client.patients.putGroups(input, options));
  assignment.ground = new Map([[only, new Set<string>(answer.groupIds)]]);
  assignment.version = answer.version;
  return { saved: changes, failed: [] };
}

async function saveMany(
  client: WelbyClient,
  assignment: Assignment,
  changes: readonly GroupChange[],
): Promise<SaveOutcome> {
  const saved: GroupChange[] = [];
  const failed: FailedChange[] = [];
  let firstError: Error | undefined;
  for (const change of changes) {
    try {
      const input = { groupId: change.groupId, add: [...change.add], remove: [...change.remove] };
      await guarded(assignment.key, input, (options) => client.groups.changeMembers(input, options));
      assignment.ground = applied(assignment.ground, [change]);
      saved.push(change);
    } catch (thrown) {
      firstError ??= thrown instanceof Error ? thrown : new Error("The change was not saved.");
      const failure = toFailure(thrown);
      failed.push({ groupId: change.groupId, failure });
      // What one group refuses another may take; without a connection none will.
      if (failure.retryable) break;
    }
  }
  if (saved.length === 0 && firstError) throw firstError;
  return { saved, failed };
}

async function guarded<Input, Result>(
  key: AttemptKey,
  input: Input,
  call: (options: { idempotencyKey?: string }) => Promise<Result>,
): Promise<Result> {
  try {
    const result = await call(key.for(input));
    key.settle();
    return result;
  } catch (thrown) {
    key.settle(toFailure(thrown));
    throw thrown;
  }
}
