/** The classes of the elements and what their events carry. Importing them registers nothing: see `define/`. */

// Elements
export { WelbyProvider } from "./elements/provider/provider.ts";
export type { Theme } from "./elements/provider/provider.ts";

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
