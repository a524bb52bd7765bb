import type { PatientsResource } from "../types.ts";
import { list, type Caller } from "./call.ts";

const load = () => import("@welby/contract/operations/patients");

/** Linked patients and their groups. */
export const createPatients = (caller: Caller): PatientsResource => ({
  search: (input, options) => list(caller, load, "searchPatients", input, options),
  getGroups: (patientId, options) => caller.call(load, "getPatientGroups", { patientId }, options),
  putGroups: (input, options) => caller.call(load, "putPatientGroups", input, options),
});
