import { getMe } from "@welby/contract/operations/me";
import type { MeResource } from "../types.ts";
import type { Caller, Loaded } from "./call.ts";

/** The signed-in person; what they change is in `account.ts`. */
export const resource = ({ call }: Caller): Loaded<Pick<MeResource, "get">> => ({
  get: (options) => call(getMe, {}, options),
});
