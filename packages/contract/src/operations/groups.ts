import * as z from "zod/mini";
import { defineOperation } from "../operation.ts";
import {
  groupChanges,
  groupInput,
  groupPage,
  membersInput,
  membersResult,
  patientGroup,
} from "../schemas/group.ts";
import { groupId } from "../schemas/ids.ts";
import { pageQuery } from "../schemas/primitives.ts";

const shared = { tag: "groups", authentication: "access" } as const;

export const listGroups = defineOperation({
  ...shared,
  id: "listGroups",
  method: "GET",
  path: "/v1/groups",
  summary: "The groups of the institution in their order",
  safe: true,
  paginated: true,
  query: z.strictObject(pageQuery),
  result: groupPage,
  success: 200,
});

export const createGroup = defineOperation({
  ...shared,
  id: "createGroup",
  method: "POST",
  path: "/v1/groups",
  summary: "Create a group",
  idempotency: "required",
  etag: true,
  audit: "group.created",
  body: groupInput,
  result: patientGroup,
  success: 201,
  errors: ["duplicate_name", "limit_reached"],
});

export const getGroup = defineOperation({
  ...shared,
  id: "getGroup",
  method: "GET",
  path: "/v1/groups/{groupId}",
  summary: "One group",
  safe: true,
  etag: true,
  params: z.strictObject({ groupId }),
  result: patientGroup,
  success: 200,
});

export const updateGroup = defineOperation({
  ...shared,
  id: "updateGroup",
  method: "PATCH",
  path: "/v1/groups/{groupId}",
  summary: "Rename a group, move it to another category or to another place",
  idempotency: "optional",
  ifMatch: true,
  etag: true,
  audit: "group.updated",
  params: z.strictObject({ groupId }),
  body: groupChanges,
  result: patientGroup,
  success: 200,
  errors: ["duplicate_name", "version_conflict"],
});

export const deleteGroup = defineOperation({
  ...shared,
  id: "deleteGroup",
  method: "DELETE",
  path: "/v1/groups/{groupId}",
  summary: "Delete a group; its patients stay, who was in it stays as history",
  stepUp: true,
  idempotency: "optional",
  ifMatch: true,
  audit: "group.deleted",
  params: z.strictObject({ groupId }),
  success: 204,
  errors: ["version_conflict"],
});

export const changeGroupMembers = defineOperation({
  ...shared,
  id: "changeGroupMembers",
  method: "POST",
  path: "/v1/groups/{groupId}/members/batch",
  summary: "Assign and unassign up to 200 patients, all or nothing",
  idempotency: "optional",
  audit: "group.members_changed",
  params: z.strictObject({ groupId }),
  body: membersInput,
  result: membersResult,
  success: 200,
  errors: ["not_linked"],
});
