import type { ReactiveController } from "lit";
import type { WelbyElement } from "../../internal/base-element.ts";
import { toFailure } from "../../internal/failure.ts";
import { Assignment } from "./assignment.ts";
import { loadChanging } from "./changing.ts";
import { changesOf } from "./membership.ts";
import type { GroupChange, Wishes } from "./membership.ts";

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
    // The same people in another order are no others: a list that is sorted anew must not lose what was wished.
    const set = (ids: readonly string[]) => [...ids].sort().join();
    if (set(patientIds) === set(this.assignment.patientIds)) return false;
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
    const saved = await this.#send(assignment, changes, client, explicit);
    this.#host.requestUpdate();
    if (saved && !assignment.failure && !explicit) await this.save(assignment);
  }

  /** Settles a conflict: the own wishes on top, or the newest state as it is. */
  resolve(mine: boolean): void {
    this.assignment.conflict = undefined;
    if (mine) void this.save();
    else this.assignment.revert();
    this.#host.requestUpdate();
  }

  async #send(
    assignment: Assignment,
    changes: readonly GroupChange[],
    client: NonNullable<WelbyElement["currentClient"]>,
    explicit: boolean,
  ): Promise<boolean> {
    try {
      const { saveChanges } = await loadChanging();
      return await saveChanges(assignment, changes, {
        ...this.#options,
        host: this.#host,
        client,
        explicit,
        isCurrent: () => assignment === this.assignment,
      });
    } catch (thrown) {
      assignment.phase = "idle";
      assignment.failure = toFailure(thrown);
      return false;
    }
  }
}
