import { WelbyPasswordReset } from "../elements/password-reset/password-reset.ts";
import { safeDefine } from "../internal/safe-define.ts";

safeDefine("password-reset", WelbyPasswordReset);

// Brings the types of the tag and of its events to whoever registers it; no code.
export type { WelbyPasswordReset };
