import type { WelbyClient } from "@welby/sdk";
import type { WelbyElement } from "../../internal/base-element.ts";
import { WelbyActionEvent, WelbyErrorEvent } from "../../internal/events.ts";
import type { Failure } from "../../internal/failure.ts";
import { runAction } from "../../internal/run-action.ts";
import type { Assignment } from "./assignment.ts";
import type { GroupsChangeDetail } from "./group-picker.types.ts";
import { changesOf, remaining } from "./membership.ts";
import type { GroupChange } from "./membership.ts";
import { saveAssignment } from "./save.ts";

export interface SavingContext {
  readonly host: WelbyElement;
  readonly client: WelbyClient;
  /** Whether changes wait for a button. */
  readonly explicit: boolean;
  /** Whether the assignment is still the one on the screen. */
  isCurrent(): boolean;
  reload(): Promise<void>;
  onSaved(saved: readonly GroupChange[], failed: number): void;
}

/** Saves changes as the page expects it, and leaves in the assignment how it went. Answers whether something was saved. */
export async function saveChanges(
  assignment: Assignment,
  changes: readonly GroupChange[],
  context: SavingContext,
): Promise<boolean> {
  const { host, client } = context;
  const outcome = await runAction(host, "groups-change", detailOf(assignment, changes), () =>
    saveAssignment(client, assignment, changes),
  );
  assignment.phase = "idle";
  assignment.revision += 1;
  if (outcome.status === "failed") await failed(assignment, outcome.failure, context);
  else if (outcome.status === "done") {
    saved(assignment, outcome.result.saved, outcome.result.failed, context);
    return true;
  } else if (!context.explicit) takeBack(assignment, changes);
  return false;
}

function saved(
  assignment: Assignment,
  done: readonly GroupChange[],
  refused: Assignment["failed"],
  { host, onSaved }: SavingContext,
): void {
  assignment.wishes = remaining(assignment.ground, assignment.wishes, () => true);
  assignment.failed = refused;
  assignment.failure = refused[0]?.failure;
  if (refused[0]) host.dispatchEvent(new WelbyErrorEvent("groups-change", refused[0].failure));
  else assignment.phase = "saved";
  onSaved(done, refused.length > 0 ? changesOf(assignment.ground, assignment.wishes).length : 0);
  host.dispatchEvent(new WelbyActionEvent<GroupsChangeDetail>("groups-change", detailOf(assignment, done)));
}

async function failed(
  assignment: Assignment,
  failure: Failure,
  { isCurrent, reload }: SavingContext,
): Promise<void> {
  const [only] = assignment.patientIds;
  if (failure.code === "version_conflict" && only !== undefined && assignment.patientIds.length === 1) {
    const before = assignment.ground.get(only) ?? new Set<string>();
    const { changedBy = null, changedAt = null } = failure.conflicts[0] ?? {};
    // Set first: a press meanwhile must not save past it.
    assignment.conflict = { changedBy, changedAt, before };
    if (isCurrent()) await reload();
    return;
  }
  assignment.failure = failure;
  // A group may be gone: the list below the message should be the true one.
  if (failure.code === "not_found" && isCurrent()) await reload();
}

function takeBack(assignment: Assignment, changes: readonly GroupChange[]): void {
  const refused = new Set(changes.map(({ groupId }) => groupId));
  assignment.wishes = new Map([...assignment.wishes].filter(([id]) => !refused.has(id)));
}

function detailOf(assignment: Assignment, changes: readonly GroupChange[]): GroupsChangeDetail {
  const ids = (which: "add" | "remove") =>
    changes.filter((change) => change[which].length > 0).map(({ groupId }) => groupId);
  return { patientIds: assignment.patientIds, added: ids("add"), removed: ids("remove"), changes };
}
