import { WelbyLogin } from "../elements/login/login.ts";
import { safeDefine } from "../internal/safe-define.ts";

safeDefine("login", WelbyLogin);
