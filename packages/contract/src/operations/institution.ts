import { defineOperation } from "../operation.ts";
import { institution, institutionSettingsInput } from "../schemas/institution.ts";

const shared = { tag: "institution", authentication: "access" } as const;

export const getInstitution = defineOperation({
  ...shared,
  id: "getInstitution",
  method: "GET",
  path: "/v1/institution",
  summary: "The own institution: contract, settings, retention",
  safe: true,
  etag: true,
  result: institution,
  success: 200,
});

export const updateInstitutionSettings = defineOperation({
  ...shared,
  id: "updateInstitutionSettings",
  method: "PATCH",
  path: "/v1/institution/settings",
  summary: "Change what an institution sets for itself",
  // It can take the second factor away from everybody.
  stepUp: true,
  idempotency: "optional",
  ifMatch: true,
  etag: true,
  audit: "institution.settings_changed",
  sensitive: ["incidentContacts"],
  body: institutionSettingsInput,
  result: institution,
  success: 200,
  errors: ["version_conflict"],
});
