import * as z from "zod/mini";
import { defineOperation } from "../operation.ts";
import { groupInput, groupPage, membersInput, membersResult, patientGroup } from "../schemas/group.ts";
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
