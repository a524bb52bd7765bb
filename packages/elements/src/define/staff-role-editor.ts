import { WelbyStaffRoleEditor } from "../elements/staff-role-editor/staff-role-editor.ts";
import { safeDefine } from "../internal/safe-define.ts";

safeDefine("staff-role-editor", WelbyStaffRoleEditor);
