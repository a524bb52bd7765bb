import { WelbyGroupPicker } from "../elements/group-picker/group-picker.ts";
import { safeDefine } from "../internal/safe-define.ts";

safeDefine("group-picker", WelbyGroupPicker);

// Brings the types of the tag and of its events to whoever registers it; no code.
export type { WelbyGroupPicker };
