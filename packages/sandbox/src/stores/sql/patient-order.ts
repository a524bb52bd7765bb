import type { PatientLinkRecord, PatientQuery } from "@welby/backend/ports";

export const SORT_COLUMN = {
  kana: "kanaSort",
  patientNumber: "patientNumberKey",
  birthDate: "birthDate",
} as const satisfies Record<PatientQuery["sort"], keyof PatientLinkRecord>;

/** A position may come from a cursor that somebody made up; PostgreSQL knows no NUL. */
export function comparable(text: string): string {
  return text.replaceAll("\u0000", "\u0001");
}
