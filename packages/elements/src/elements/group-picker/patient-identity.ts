import type { Locale } from "@welby/contract/errors";
import { formatBirthDate, personKana } from "@welby/text";
import type { PatientRow } from "../../internal/api-types.ts";

/** What tells a patient from everybody else: never the name alone (同姓同名). */
export interface PatientIdentity {
  readonly name: string;
  readonly kana: string;
  /** With both calendars; empty when unknown. */
  readonly birthDate: string;
  readonly number: string;
}

/** The identity as read aloud and shown on every pick and confirmation. */
export function identityOf(row: PatientRow, locale: Locale): PatientIdentity {
  const { name, birthDate, patientNumber } = row;
  return {
    // As recorded, in every language: a turned-round name is not the one on the wristband.
    name: name.text,
    kana: name.kana ?? personKana(name),
    birthDate: birthDate ? formatBirthDate(birthDate, locale) : "",
    number: patientNumber ?? "",
  };
}
