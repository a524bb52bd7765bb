import data from "./promises.json" with { type: "json" };
import { promises as schema, type Promises } from "./schemas/promises.ts";

/** The white paper, clause by clause: what it promises, who keeps it, and by which tests that shows. */
export const promises: Promises = schema.parse(data);
