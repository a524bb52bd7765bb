import { sendMfaCode, startMfaPasskey, verifyMfa } from "@welby/contract/operations/second-factor";
import type { CallOptions, MfaAnswer } from "../types.ts";
import type { Caller } from "./call.ts";

/** What a sign-in does after the password where it needs a second factor. */
export const resource = ({ call, step }: Caller) => ({
  sendCode: (challenge: string, options?: CallOptions) => call(sendMfaCode, { challenge }, options),
  passkeyOptions: async (challenge: string, options?: CallOptions) =>
    (await call(startMfaPasskey, { challenge }, options)).options,
  verify: async (challenge: string, answer: MfaAnswer, options?: CallOptions) =>
    step(await call(verifyMfa, { ...answer, challenge }, options)),
});
