import type { WelbyClient } from "../types.ts";
import type { Caller } from "./call.ts";

const load = () => import("@welby/contract/operations/me");

/** The signed-in person. */
export const createMe = (caller: Caller): WelbyClient["me"] => ({
  get: (options) => caller.call(load, "getMe", {}, options),
});
