import * as z from "zod/mini";
import { defineOperation } from "../operation.ts";
import { staffId } from "../schemas/ids.ts";
import { pageQuery } from "../schemas/primitives.ts";
import {
  roleChangesInput,
  roleChangesPreview,
  roleChangesResult,
  roleInput,
  staffMember,
  staffPage,
} from "../schemas/staff.ts";

const shared = { tag: "staff", authentication: "access" } as const;

export const listStaff = defineOperation({
  ...shared,
  id: "listStaff",
  method: "GET",
  path: "/v1/staff",
  summary: "アカウント一覧: the members of the institution, by kana",
  safe: true,
  paginated: true,
  query: z.strictObject(pageQuery),
  result: staffPage,
  success: 200,
});

export const getStaff = defineOperation({
  ...shared,
  id: "getStaff",
  method: "GET",
  path: "/v1/staff/{staffId}",
  summary: "One member",
  safe: true,
  etag: true,
  params: z.strictObject({ staffId }),
  result: staffMember,
  success: 200,
});

export const changeStaffRole = defineOperation({
  ...shared,
  id: "changeStaffRole",
  method: "PUT",
  path: "/v1/staff/{staffId}/role",
  summary: "権限を変更する: change one member's role",
  stepUp: true,
  idempotency: "optional",
  ifMatch: true,
  etag: true,
  audit: "staff.role_changed",
  params: z.strictObject({ staffId }),
  body: roleInput,
  result: staffMember,
  success: 200,
  errors: ["last_admin", "self_change_refused", "version_conflict"],
});

export const previewStaffRoles = defineOperation({
  ...shared,
  id: "previewStaffRoles",
  method: "POST",
  path: "/v1/staff/role-changes/preview",
  summary: "Show what a set of role changes would do; changes nothing",
  safe: true,
  body: roleChangesInput,
  result: roleChangesPreview,
  success: 200,
});

export const changeStaffRoles = defineOperation({
  ...shared,
  id: "changeStaffRoles",
  method: "POST",
  path: "/v1/staff/role-changes",
  summary: "Change many roles, all or nothing",
  stepUp: true,
  idempotency: "optional",
  audit: "staff.role_changed",
  body: roleChangesInput,
  result: roleChangesResult,
  success: 200,
  errors: ["last_admin", "self_change_refused", "version_conflict"],
});
