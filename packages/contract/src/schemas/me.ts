import * as z from "zod/mini";
import { accountId, institutionId, patientId, staffId } from "./ids.ts";
import { personName } from "./name.ts";
import { openEnum, plainDate, version } from "./primitives.ts";

/** The signed-in person. `institution` is null for a patient. */
export const me = z.object({
  accountId,
  kind: openEnum(["staff", "patient"]),
  staffId: z.nullable(staffId),
  patientId: z.nullable(patientId),
  role: openEnum(["admin", "staff", "patient"]),
  name: personName,
  /** Of a patient; null for staff. */
  birthDate: z.nullable(plainDate),
  sex: z.nullable(openEnum(["female", "male", "other", "unknown"])),
  email: z.nullable(z.string()),
  institution: z.nullable(z.object({ id: institutionId, name: z.string() })),
  version,
});

export type Me = z.output<typeof me>;
