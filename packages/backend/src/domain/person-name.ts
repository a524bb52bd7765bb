import type { NameInput, PersonName } from "@welby/contract/schemas";
import { isKana, toFullWidthKatakana } from "@welby/text";
import type { StaffRecord } from "../ports/records.ts";

/** The name columns that staff and patients share. */
export type NameColumns = Pick<
  StaffRecord,
  "nameText" | "nameKana" | "family" | "given" | "familyKana" | "givenKana"
>;

/** A stored name as the API answers it; parts that are not known are left out. */
export function toPersonName(row: NameColumns): PersonName {
  return {
    text: row.nameText,
    ...(row.nameKana !== null && { kana: row.nameKana }),
    ...(row.family !== null && { family: row.family }),
    ...(row.given !== null && { given: row.given }),
    ...(row.familyKana !== null && { familyKana: row.familyKana }),
    ...(row.givenKana !== null && { givenKana: row.givenKana }),
  };
}

/** A typed name as columns: the written name byte for byte, a reading in full-width katakana when it is kana (J-7, J-12). */
export function toNameColumns(name: NameInput): NameColumns {
  const familyKana = reading(name.familyKana);
  const givenKana = reading(name.givenKana);
  return {
    nameText: `${name.family} ${name.given}`,
    nameKana: [familyKana, givenKana].filter((part) => part !== null).join(" ") || null,
    family: name.family,
    given: name.given,
    familyKana,
    givenKana,
  };
}

function reading(typed: string | undefined): string | null {
  if (typed === undefined) return null;
  return isKana(typed) ? toFullWidthKatakana(typed).trim() : typed;
}
