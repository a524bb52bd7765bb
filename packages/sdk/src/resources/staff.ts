import type { StaffResource } from "../types.ts";
import { list, type Caller } from "./call.ts";

const load = () => import("@welby/contract/operations/staff");

/** アカウント一覧 and the roles of its members. */
export const createStaff = (caller: Caller): StaffResource => ({
  list: (input, options) => list(caller, load, "listStaff", input, options),
  get: (staffId, options) => caller.call(load, "getStaff", { staffId }, options),
  add: (input, options) => caller.call(load, "addStaff", input, options),
  changeRole: (input, options) => caller.call(load, "changeStaffRole", input, options),
  previewRoles: (input, options) => caller.call(load, "previewStaffRoles", input, options),
  changeRoles: (input, options) => caller.call(load, "changeStaffRoles", input, options),
});
