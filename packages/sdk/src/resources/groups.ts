import type { GroupsResource } from "../types.ts";
import { list, type Caller } from "./call.ts";

const load = () => import("@welby/contract/operations/groups");

/** Patient groups and who is in them. */
export const createGroups = (caller: Caller): GroupsResource => ({
  list: (input, options) => list(caller, load, "listGroups", input, options),
  create: (input, options) => caller.call(load, "createGroup", input, options),
  changeMembers: (input, options) => caller.call(load, "changeGroupMembers", input, options),
});
