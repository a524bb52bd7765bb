import { WelbyProvider } from "../elements/provider/provider.ts";
import { safeDefine } from "../internal/safe-define.ts";

safeDefine("provider", WelbyProvider);
