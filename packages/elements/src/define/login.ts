import { WelbyLogin } from "../elements/login/login.ts";
import { safeDefine } from "../internal/safe-define.ts";

safeDefine("login", WelbyLogin);

// Brings the types of the tag and of its events to whoever registers it; no code.
export type { WelbyLogin };
