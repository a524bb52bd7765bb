import type { WelbyClient } from "../types.ts";
import type { Caller } from "./call.ts";

const load = () => import("@welby/contract/operations/meta");

/** What the service says about itself; needs no session. */
export const createMeta = (caller: Caller): WelbyClient["meta"] => ({
  get: (options) => caller.call(load, "getMeta", {}, options),
  passwordPolicy: (options) => caller.call(load, "getPasswordPolicy", {}, options),
});
