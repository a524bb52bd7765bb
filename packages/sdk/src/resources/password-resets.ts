import { confirmPasswordReset, requestPasswordReset } from "@welby/contract/operations/password-resets";
import type { AuthResource } from "../types.ts";
import type { Caller, Loaded } from "./call.ts";

/** A forgotten password; needs no session. */
export const resource = ({
  call,
}: Caller): Loaded<Pick<AuthResource, "requestPasswordReset" | "confirmPasswordReset">> => ({
  requestPasswordReset: (input, options) => call(requestPasswordReset, input, options),
  confirmPasswordReset: (input, options) => call(confirmPasswordReset, input, options),
});
