import { WelbyProvider } from "../elements/provider/provider.ts";
import { safeDefine } from "../internal/safe-define.ts";

safeDefine("provider", WelbyProvider);

// Brings the types of the tag and of its events to whoever registers it; no code.
export type { WelbyProvider };
