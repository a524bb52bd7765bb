import {
  getPatient,
  getPatientGroups,
  putPatientGroups,
  searchPatients,
} from "@welby/contract/operations/patients";
import type { PatientsResource } from "../types.ts";
import type { Caller, Loaded } from "./call.ts";

/** Linked patients and their groups. */
export const resource = ({ call, pages }: Caller): Loaded<PatientsResource> => ({
  search: (input, options) => pages(searchPatients, input, options),
  get: (patientId, options) => call(getPatient, { patientId }, options),
  getGroups: (patientId, options) => call(getPatientGroups, { patientId }, options),
  putGroups: (input, options) => call(putPatientGroups, input, options),
});
