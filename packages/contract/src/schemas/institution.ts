import * as z from "zod/mini";
import { emailAddress } from "./email.ts";
import { institutionId } from "./ids.ts";
import { openEnum, plainDate, version } from "./primitives.ts";

const presets = ["default", "mhlw-a", "mhlw-c"] as const;

/** The institution of whoever asks: what its contract says, and what it sets for itself. */
export const institution = z.object({
  id: institutionId,
  name: z.string(),
  nameKana: z.string(),
  /** 医療機関コード. */
  medicalInstitutionCode: z.nullable(z.string()),
  settings: z.object({
    /** How 診察券番号 are written here. */
    patientNumber: z.object({
      pad: z.boolean(),
      length: z.nullable(z.int()),
      charset: openEnum(["digits", "alphanumeric"]),
    }),
    /** Minutes without a call until a staff session is locked. */
    idleTimeoutMin: z.int(),
    passwordPreset: openEnum(presets),
    mfaRequired: z.boolean(),
  }),
  /** Where an incident is told to; none means every administrator. */
  incidentContacts: z.array(z.string()),
  /** How long data are kept: those of patients who withdrew in days, the audit log in years. */
  retention: z.object({ patientDays: z.int(), auditYears: z.int() }),
  /** Accounts in the contract, and how many of them are taken; a limit of null is none. */
  seats: z.object({ limit: z.nullable(z.int()), used: z.int() }),
  /** The last day of the contract; null where none was agreed. */
  contractEndsOn: z.nullable(plainDate),
  version,
});

/** What is left out stays as it is. */
export const institutionSettingsInput = z.strictObject({
  idleTimeoutMin: z.optional(z.int().check(z.minimum(5), z.maximum(60))),
  /** `mhlw-c` (short passwords) only together with `mfaRequired`. */
  passwordPreset: z.optional(z.enum(presets)),
  mfaRequired: z.optional(z.boolean()),
  /** Replaces the list. */
  incidentContacts: z.optional(z.array(emailAddress).check(z.maxLength(10))),
});

export type Institution = z.output<typeof institution>;
