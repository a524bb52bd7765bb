import { WelbyStaffRoleEditor } from "../elements/staff-role-editor/staff-role-editor.ts";
import { safeDefine } from "../internal/safe-define.ts";

safeDefine("staff-role-editor", WelbyStaffRoleEditor);

// Brings the types of the tag and of its events to whoever registers it; no code.
export type { WelbyStaffRoleEditor };
