import * as z from "zod/mini";
import { defineOperation } from "../operation.ts";
import { incidentPage } from "../schemas/incident.ts";
import { pageQuery } from "../schemas/primitives.ts";

export const listIncidents = defineOperation({
  id: "listIncidents",
  method: "GET",
  path: "/v1/incidents",
  summary: "The incidents of the institution with their deliveries, newest first",
  tag: "incidents",
  authentication: "access",
  safe: true,
  paginated: true,
  query: z.strictObject(pageQuery),
  result: incidentPage,
  success: 200,
});
