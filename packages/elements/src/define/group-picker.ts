import { WelbyGroupPicker } from "../elements/group-picker/group-picker.ts";
import { safeDefine } from "../internal/safe-define.ts";

safeDefine("group-picker", WelbyGroupPicker);
