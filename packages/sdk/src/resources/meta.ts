import { getMeta, getPasswordPolicy, getPromises } from "@welby/contract/operations/meta";
import type { WelbyClient } from "../types.ts";
import type { Caller, Loaded } from "./call.ts";

/** What the service says about itself; needs no session. */
export const resource = ({ call }: Caller): Loaded<WelbyClient["meta"]> => ({
  get: (options) => call(getMeta, {}, options),
  promises: (options) => call(getPromises, {}, options),
  passwordPolicy: (options) => call(getPasswordPolicy, {}, options),
});
