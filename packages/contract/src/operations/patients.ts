import * as z from "zod/mini";
import { defineOperation } from "../operation.ts";
import { patientId } from "../schemas/ids.ts";
import {
  patientDetail,
  patientGroups,
  patientGroupsInput,
  patientPage,
  patientSearch,
} from "../schemas/patient.ts";

const shared = { tag: "patients", authentication: "access" } as const;

export const searchPatients = defineOperation({
  ...shared,
  id: "searchPatients",
  method: "POST",
  path: "/v1/patients/search",
  summary: "Find linked patients by name, reading or 診察券番号",
  safe: true,
  paginated: true,
  audit: "patient.list_viewed",
  sensitive: ["query"],
  body: patientSearch,
  result: patientPage,
  success: 200,
});

export const getPatient = defineOperation({
  ...shared,
  id: "getPatient",
  method: "GET",
  path: "/v1/patients/{patientId}",
  summary: "One linked patient",
  safe: true,
  etag: true,
  audit: "patient.viewed",
  params: z.strictObject({ patientId }),
  result: patientDetail,
  success: 200,
});

export const getPatientGroups = defineOperation({
  ...shared,
  id: "getPatientGroups",
  method: "GET",
  path: "/v1/patients/{patientId}/groups",
  summary: "The groups of one patient",
  safe: true,
  etag: true,
  audit: "patient.groups_viewed",
  params: z.strictObject({ patientId }),
  result: patientGroups,
  success: 200,
});

export const putPatientGroups = defineOperation({
  ...shared,
  id: "putPatientGroups",
  method: "PUT",
  path: "/v1/patients/{patientId}/groups",
  summary: "Replace the groups of one patient",
  idempotency: "optional",
  ifMatch: true,
  etag: true,
  audit: "patient.groups_changed",
  params: z.strictObject({ patientId }),
  body: patientGroupsInput,
  result: patientGroups,
  success: 200,
  errors: ["not_linked", "version_conflict"],
});
