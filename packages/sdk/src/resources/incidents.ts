import { listIncidents } from "@welby/contract/operations/incidents";
import type { IncidentsResource } from "../types.ts";
import type { Caller, Loaded } from "./call.ts";

/** Security incidents of the own institution. */
export const resource = ({ pages }: Caller): Loaded<IncidentsResource> => ({
  list: (input, options) => pages(listIncidents, input, options),
});
