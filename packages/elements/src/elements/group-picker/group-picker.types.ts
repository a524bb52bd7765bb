import type { PatientGroup } from "../../internal/api-types.ts";
import type { WelbyActionEvent, WelbyBeforeEvent } from "../../internal/events.ts";
import type { GroupChange } from "./membership.ts";

/** The most patients that one atomic request takes. */
export const MAX_PATIENTS = 200;

/** How long the number of results waits for the next key press before it is said, in ms. */
export const RESULTS_DELAY_MS = 500;

/** The highlighted option that creates a group; no id is empty. */
export const CREATE = "";

/** What `welby-before-groups-change` and `welby-groups-change` tell. Ids only: names of people never stand in an event. */
export interface GroupsChangeDetail {
  /** Empty where the picker only fills a form. */
  readonly patientIds: readonly string[];
  /** Ids of the groups that were switched on. */
  readonly added: readonly string[];
  /** Ids of the groups that were switched off. */
  readonly removed: readonly string[];
  /** The patients each change concerns; empty where the picker only fills a form. */
  readonly changes: readonly GroupChange[];
}

/** What `welby-before-group-create` tells. */
export interface GroupCreateRequest {
  readonly name: string;
}

/** What `welby-group-create` tells. */
export interface GroupCreateDetail {
  readonly group: PatientGroup;
}

declare global {
  interface HTMLElementEventMap {
    "welby-before-groups-change": WelbyBeforeEvent<GroupsChangeDetail>;
    "welby-groups-change": WelbyActionEvent<GroupsChangeDetail>;
    "welby-before-group-create": WelbyBeforeEvent<GroupCreateRequest>;
    "welby-group-create": WelbyActionEvent<GroupCreateDetail>;
  }
}

export type { GroupChange };
