import { WelbyPasswordReset } from "../elements/password-reset/password-reset.ts";
import { safeDefine } from "../internal/safe-define.ts";

safeDefine("password-reset", WelbyPasswordReset);
