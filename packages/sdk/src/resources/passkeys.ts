import { signInWithPasskey, startPasskeySignIn } from "@welby/contract/operations/passkeys";
import type { AuthResource } from "../types.ts";
import type { Caller, Loaded } from "./call.ts";

/** The sign-in by a passkey. */
export const resource = ({
  call,
  step,
}: Caller): Loaded<Pick<AuthResource, "startPasskeySignIn" | "signInWithPasskey">> => ({
  startPasskeySignIn: (audience, options) => call(startPasskeySignIn, { audience }, options),
  signInWithPasskey: async (input, options) => step(await call(signInWithPasskey, input, options)),
});
