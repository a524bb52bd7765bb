/** The classes of the elements and what their events carry. Importing them registers nothing: see `define/`. */

// Elements
export { WelbyGroupPicker } from "./elements/group-picker/group-picker.ts";
export type {
  GroupChange,
  GroupCreateDetail,
  GroupCreateRequest,
  GroupsChangeDetail,
} from "./elements/group-picker/group-picker.types.ts";
export { WelbyLogin } from "./elements/login/login.ts";
export type { LoginActionDetail, LoginView, SignedInDetail } from "./elements/login/login.types.ts";
export { WelbyPasswordReset } from "./elements/password-reset/password-reset.ts";
export type {
  PasswordResetDetail,
  PasswordResetView,
} from "./elements/password-reset/password-reset.types.ts";
export { WelbyProvider } from "./elements/provider/provider.ts";
export type { Theme } from "./elements/provider/provider.ts";
export { WelbyStaffRoleEditor } from "./elements/staff-role-editor/staff-role-editor.ts";
export type {
  LeaveDetail,
  RoleChangeDetail,
  RoleChangesDetail,
  RoleEditorView,
} from "./elements/staff-role-editor/staff-role-editor.types.ts";

// Events
export {
  WelbyActionEvent,
  WelbyBeforeEvent,
  WelbyErrorEvent,
  WelbySessionEvent,
  WelbyViewChangeEvent,
} from "./internal/events.ts";
export type { WelbyErrorDetail, WelbySessionDetail, WelbyViewChangeDetail } from "./internal/events.ts";

// Texts
export type { MessageOverrides } from "./internal/messages.ts";

// Registration under another prefix or in another registry
export { safeDefine } from "./internal/safe-define.ts";
export type { DefineOptions } from "./internal/safe-define.ts";
