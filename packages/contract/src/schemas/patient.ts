import * as z from "zod/mini";
import { categoryId, groupId, patientId } from "./ids.ts";
import { personName } from "./name.ts";
import { openEnum, page, plainDate, version } from "./primitives.ts";

/** A patient as a list needs it: enough to tell two people of one name apart. */
export const patientRow = z.object({
  id: patientId,
  name: personName,
  birthDate: z.nullable(plainDate),
  sex: openEnum(["female", "male", "other", "unknown"]),
  /** 診察券番号, a string: leading zeros belong to it. */
  patientNumber: z.nullable(z.string()),
  linkStatus: openEnum(["requested", "linked", "revoked", "unlinked"]),
  groupIds: z.array(groupId),
  /** Somebody else in this institution has the same name or the same reading (同姓同名). */
  sameName: z.boolean(),
});

export const kanaRow = z.enum(["あ", "か", "さ", "た", "な", "は", "ま", "や", "ら", "わ", "他"]);

export const patientSearch = z.strictObject({
  /** Name, reading or 診察券番号 in any width. It travels in the body, so it never stands in a URL. */
  query: z.optional(z.string().check(z.maxLength(200))),
  groupId: z.optional(groupId),
  categoryId: z.optional(categoryId),
  sort: z._default(
    z.enum(["kana", "-kana", "patientNumber", "-patientNumber", "birthDate", "-birthDate"]),
    "kana",
  ),
  limit: z._default(z.int().check(z.minimum(1), z.maximum(200)), 50),
  cursor: z.optional(z.string().check(z.maxLength(512))),
  /** Jump to the first patient of a kana row; not together with `cursor`. */
  startAt: z.optional(kanaRow),
});

// Spread, and not `z.extend`, which every sign-in would load.
export const patientPage = z.object({
  ...page(patientRow).shape,
  /** How many of all matching patients begin with each kana row. */
  kanaIndex: z.array(
    z.object({
      row: openEnum(["あ", "か", "さ", "た", "な", "は", "ま", "や", "ら", "わ", "他"]),
      count: z.int(),
    }),
  ),
});

/** A patient as a page of one needs it. `version` is that of the groups, as in `patientGroups`. */
export const patientDetail = z.object({
  ...patientRow.shape,
  /** Where the patient signs in; null where there is none, as for somebody without an account. */
  telecom: z.object({ email: z.nullable(z.string()), phone: z.nullable(z.string()) }),
  version,
});

/** The groups of one patient; `version` moves with every change of the set. */
export const patientGroups = z.object({ patientId, groupIds: z.array(groupId), version });

export const patientGroupsInput = z.strictObject({ groupIds: z.array(groupId).check(z.maxLength(200)) });

export type PatientRow = z.output<typeof patientRow>;
export type PatientDetail = z.output<typeof patientDetail>;
export type PatientGroups = z.output<typeof patientGroups>;
