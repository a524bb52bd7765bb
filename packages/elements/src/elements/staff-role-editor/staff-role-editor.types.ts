import type { WelbyActionEvent, WelbyBeforeEvent } from "../../internal/events.ts";
import type { Role } from "./role-draft.ts";

/** How long the number of results waits for the next key press before it is said, in ms. */
export const RESULTS_DELAY_MS = 500;

/** The longest reason, in graphemes. */
export const MAX_REASON = 200;

/** What the element shows: the table, the difference before saving, or the password once more. */
export type RoleEditorView = "list" | "preview" | "step-up";

/** One change of a role. Ids only: names of people never stand in an event. */
export interface RoleChangeDetail {
  readonly staffId: string;
  readonly from: string;
  readonly to: Role;
}

/** What `welby-before-role-change` and `welby-role-change` tell. */
export interface RoleChangesDetail {
  readonly changes: readonly RoleChangeDetail[];
}

/** What `welby-before-leave` tells: how many changes would be lost. */
export interface LeaveDetail {
  readonly changes: number;
}

declare global {
  interface HTMLElementEventMap {
    "welby-before-role-change": WelbyBeforeEvent<RoleChangesDetail>;
    "welby-role-change": WelbyActionEvent<RoleChangesDetail>;
    "welby-before-leave": WelbyBeforeEvent<LeaveDetail>;
  }
}
