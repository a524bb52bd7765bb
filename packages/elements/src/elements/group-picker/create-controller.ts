import type { ReactiveController } from "lit";
import { AttemptKey } from "../../internal/attempt-key.ts";
import type { PatientGroup } from "../../internal/api-types.ts";
import type { WelbyElement } from "../../internal/base-element.ts";
import { WelbyActionEvent } from "../../internal/events.ts";
import type { Failure } from "../../internal/failure.ts";
import { runAction } from "../../internal/run-action.ts";
import type { GroupCreateDetail } from "./group-picker.types.ts";

/** A group being created: pending until there is a failure. Shown inside its option. */
export interface Creation {
  readonly name: string;
  readonly failure: Failure | undefined;
}

export interface CreateOptions {
  onPending(name: string): void;
  onCreated(group: PatientGroup): void;
  /** The server has a group of this name that the list does not; answers whether it was found. */
  onDuplicate(name: string): Promise<boolean>;
  onFailure(name: string, failure: Failure): void;
}

/** Creates one group at a time; pressing twice, or again after a lost answer, makes one group. */
export class CreateController implements ReactiveController {
  creation: Creation | undefined;
  readonly #host: WelbyElement;
  readonly #options: CreateOptions;
  readonly #key = new AttemptKey();
  #run = 0;

  constructor(host: WelbyElement, options: CreateOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {}

  /** Forgets a failed creation; the answer to one under way is only told to the page. */
  reset(): void {
    this.#run += 1;
    this.creation = undefined;
  }

  async create(name: string): Promise<void> {
    if (this.creation && !this.creation.failure) return;
    const run = (this.#run += 1);
    this.creation = { name, failure: undefined };
    this.#host.requestUpdate();
    this.#options.onPending(name);
    const outcome = await runAction(this.#host, "group-create", { name }, async () => {
      const client = await this.#host.requireClient();
      return client.groups.create({ name, categoryId: null }, this.#key.for(name));
    });
    this.#key.settle(outcome.status === "failed" ? outcome.failure : undefined);
    if (outcome.status === "done") {
      this.#host.dispatchEvent(
        new WelbyActionEvent<GroupCreateDetail>("group-create", { group: outcome.result }),
      );
    }
    if (run !== this.#run) return;
    this.creation = undefined;
    if (outcome.status === "done") this.#options.onCreated(outcome.result);
    else if (outcome.status === "failed") await this.#failed(name, outcome.failure);
    this.#host.requestUpdate();
  }

  async #failed(name: string, failure: Failure): Promise<void> {
    if (failure.code === "duplicate_name" && (await this.#options.onDuplicate(name))) return;
    this.creation = { name, failure };
    this.#options.onFailure(name, failure);
  }
}
