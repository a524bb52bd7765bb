import type { ReactiveController } from "lit";
import type { WelbyElement } from "../../internal/base-element.ts";
import { WelbyActionEvent, WelbyErrorEvent } from "../../internal/events.ts";
import type { Failure } from "../../internal/failure.ts";
import { runAction } from "../../internal/run-action.ts";
import { Assignment } from "./assignment.ts";
import type { GroupsChangeDetail } from "./group-picker.types.ts";
import { changesOf, remaining } from "./membership.ts";
import type { GroupChange, Wishes } from "./membership.ts";
import { saveAssignment } from "./save.ts";

export interface SaveOptions {
  /** Whether changes wait for a button. */
  explicit(): boolean;
  reload(): Promise<void>;
  onSaved(saved: readonly GroupChange[], failed: number): void;
}

/** Holds the chosen patients' assignment and saves it, one save at a time. */
export class SaveController implements ReactiveController {
  assignment = new Assignment([]);
  readonly #host: WelbyElement;
  readonly #options: SaveOptions;

  constructor(host: WelbyElement, options: SaveOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {}

  /** Turns to other patients; answers whether they are others. */
  choose(patientIds: readonly string[]): boolean {
    if (patientIds.join() === this.assignment.patientIds.join()) return false;
    this.assignment = new Assignment(patientIds);
    return true;
  }

  /** Forgets what was wished and loaded, for another person at the screen. */
  forget(): void {
    this.assignment = new Assignment(this.assignment.patientIds);
  }

  /** Takes a wish; where there is no button, it is saved at once. */
  wish(wishes: Wishes): void {
    const { assignment } = this;
    assignment.wishes = wishes;
    if (assignment.phase === "saved") assignment.phase = "idle";
    this.#host.requestUpdate();
    if (!this.#options.explicit() && !assignment.conflict) void this.save();
  }

  /** Saves what differs. Pressed twice it saves once; what is wished meanwhile follows. */
  async save(assignment = this.assignment): Promise<void> {
    const changes = changesOf(assignment.ground, assignment.wishes);
    const client = this.#host.currentClient;
    if (assignment.phase === "saving" || changes.length === 0 || !client) return;
    const explicit = this.#options.explicit();
    assignment.settle();
    assignment.phase = "saving";
    this.#host.requestUpdate();
    const outcome = await runAction(this.#host, "groups-change", detailOf(assignment, changes), () =>
      saveAssignment(client, assignment, changes),
    );
    assignment.phase = "idle";
    assignment.revision += 1;
    if (outcome.status === "failed") await this.#failed(assignment, outcome.failure);
    else if (outcome.status === "done") this.#saved(assignment, outcome.result.saved, outcome.result.failed);
    else if (!explicit) takeBack(assignment, changes);
    this.#host.requestUpdate();
    if (outcome.status === "done" && !assignment.failure && !explicit) await this.save(assignment);
  }

  /** Settles a conflict: the own wishes on top, or the newest state as it is. */
  resolve(mine: boolean): void {
    this.assignment.conflict = undefined;
    if (mine) void this.save();
    else this.assignment.revert();
    this.#host.requestUpdate();
  }

  #saved(assignment: Assignment, saved: readonly GroupChange[], failed: Assignment["failed"]): void {
    assignment.wishes = remaining(assignment.ground, assignment.wishes, () => true);
    assignment.failed = failed;
    assignment.failure = failed[0]?.failure;
    if (failed[0]) this.#host.dispatchEvent(new WelbyErrorEvent("groups-change", failed[0].failure));
    else assignment.phase = "saved";
    this.#options.onSaved(saved, changesOf(assignment.ground, assignment.wishes).length);
    this.#host.dispatchEvent(
      new WelbyActionEvent<GroupsChangeDetail>("groups-change", detailOf(assignment, saved)),
    );
  }

  async #failed(assignment: Assignment, failure: Failure): Promise<void> {
    const [only] = assignment.patientIds;
    const current = () => assignment === this.assignment;
    if (failure.code === "version_conflict" && only !== undefined && assignment.patientIds.length === 1) {
      const before = assignment.ground.get(only) ?? new Set<string>();
      const { changedBy = null, changedAt = null } = failure.conflicts[0] ?? {};
      // Set first: a press meanwhile must not save past it.
      assignment.conflict = { changedBy, changedAt, before };
      if (current()) await this.#options.reload();
      return;
    }
    assignment.failure = failure;
    // A group may be gone: the list below the message should be the true one.
    if (failure.code === "not_found" && current()) await this.#options.reload();
  }
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
