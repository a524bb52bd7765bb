import {
  changeGroupMembers,
  createGroup,
  deleteGroup,
  getGroup,
  listGroups,
  updateGroup,
} from "@welby/contract/operations/groups";
import type { GroupsResource } from "../types.ts";
import type { Caller, Loaded } from "./call.ts";

/** Patient groups and who is in them. */
export const resource = ({ call, pages }: Caller): Loaded<GroupsResource> => ({
  list: (input, options) => pages(listGroups, input, options),
  get: (groupId, options) => call(getGroup, { groupId }, options),
  create: (input, options) => call(createGroup, input, options),
  update: (input, options) => call(updateGroup, input, options),
  delete: (input, options) => call(deleteGroup, input, options),
  changeMembers: (input, options) => call(changeGroupMembers, input, options),
});
