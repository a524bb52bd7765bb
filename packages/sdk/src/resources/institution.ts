import { getInstitution, updateInstitutionSettings } from "@welby/contract/operations/institution";
import type { InstitutionResource } from "../types.ts";
import type { Caller, Loaded } from "./call.ts";

/** The own institution and what it sets for itself. */
export const resource = ({ call }: Caller): Loaded<InstitutionResource> => ({
  get: (options) => call(getInstitution, {}, options),
  updateSettings: (input, options) => call(updateInstitutionSettings, input, options),
});
