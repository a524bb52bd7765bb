import { confirmRegistration, requestRegistration } from "@welby/contract/operations/registrations";
import type { RegistrationsResource } from "../types.ts";
import type { Caller, Loaded } from "./call.ts";

/** How a patient gets an account. */
export const resource = ({ call }: Caller): Loaded<RegistrationsResource> => ({
  request: (input, options) => call(requestRegistration, input, options),
  confirm: (input, options) => call(confirmRegistration, input, options),
});
