import type { LocalizeController } from "../../controllers/localize.ts";
import type { Me, RoleChangesPreview, StaffMember } from "../../internal/api-types.ts";
import type { Failure } from "../../internal/failure.ts";
import type { Draft, Role, RowConflict } from "./role-draft.ts";
import type { staffRoleEditorMessages } from "./staff-role-editor.messages.ts";

export type Texts = LocalizeController<typeof staffRoleEditorMessages>;

/** What one load gives. */
export interface Accounts {
  readonly members: readonly StaffMember[];
  readonly me: Me;
}

/** What the views show, and what they ask the element to do. */
export interface RoleEditorModel {
  readonly texts: Texts;
  readonly draft: Draft;
  readonly conflicts: ReadonlyMap<string, RowConflict>;
  readonly accounts: Accounts;
  choose(member: StaffMember, role: Role): void;
  refuse(member: StaffMember): void;
  resolve(member: StaffMember, mine: boolean): void;
}

/** The question before saving, as it stands. */
export interface Review {
  readonly preview: RoleChangesPreview;
  readonly reason: string;
  readonly confirmSelf: boolean;
  readonly problem: "reasonTooLong" | "reasonForbidden" | "confirmSelfMissing" | undefined;
  readonly failure: Failure | undefined;
  readonly saving: boolean;
}
