import type { Clock, Hasher, Store } from "@welby/backend/ports";
import type { Faults } from "../faults/faults.ts";

export interface ScenarioParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly hasher: Hasher;
}

/** A situation that a screen has to cope with: other data than the demo's, failing calls, or both. */
export interface Scenario {
  readonly description: { readonly ja: string; readonly en: string };
  /** Changes rows of the demo. May run on a mock that was used already. */
  prepare?(parts: ScenarioParts): Promise<void>;
  faults?(faults: Faults): void;
}
