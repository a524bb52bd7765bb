import {
  changeStaffRole,
  changeStaffRoles,
  getStaff,
  listStaff,
  previewStaffRoles,
} from "@welby/contract/operations/staff";
import type { StaffResource } from "../types.ts";
import type { Caller, Loaded } from "./call.ts";

type Roles = "list" | "get" | "changeRole" | "previewRoles" | "changeRoles";

/** アカウント一覧: its members and their roles. */
export const resource = ({ call, pages }: Caller): Loaded<Pick<StaffResource, Roles>> => ({
  list: (input, options) => pages(listStaff, input, options),
  get: (staffId, options) => call(getStaff, { staffId }, options),
  changeRole: (input, options) => call(changeStaffRole, input, options),
  previewRoles: (input, options) => call(previewStaffRoles, input, options),
  changeRoles: (input, options) => call(changeStaffRoles, input, options),
});
