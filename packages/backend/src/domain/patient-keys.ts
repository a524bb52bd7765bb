import { kanaRow, parsePatientNumber, searchKey, toFullWidthKatakana, toHiragana } from "@welby/text";
import type { PatientNumberRule } from "@welby/text";
import type { PatientLinkRecord, PatientRecord } from "../ports/records.ts";

const SMALL = "ぁぃぅぇぉっゃゅょゎゕゖ";
const LARGE = "あいうえおつやゆよわかけ";
const VOWEL_COLUMNS = [
  "あかさたなはまやらわ",
  "いきしちにひみりゐ",
  "うくすつぬふむゆる",
  "えけせてねへめれゑ",
  "おこそとのほもよろを",
];

/**
 * The 五十音 order of a reading as text: first without voicing marks, small letters and long vowels, then as it is.
 * Null when the reading does not begin with kana.
 * @example kanaSortKey("ガクト")! < kanaSortKey("カコ")! // かくと before かこ
 */
export function kanaSortKey(kana: string | null): string | null {
  if (kana === null || kanaRow(kana) === "他") return null;
  const reading = toHiragana(toFullWidthKatakana(kana)).trim().replace(/\s+/g, " ");
  let plain = "";
  for (const letter of reading.normalize("NFD").replace(/[\u3099\u309A]/g, "")) {
    const small = SMALL.indexOf(letter);
    plain += letter === "ー" ? vowelOf(plain.at(-1) ?? "") : small >= 0 ? LARGE.charAt(small) : letter;
  }
  // The line feed sorts before the space between the names, so サトウ comes before サトウ カズコ and サトウダ.
  return `${plain}\n${reading}`;
}

function vowelOf(letter: string): string {
  const column = VOWEL_COLUMNS.findIndex((letters) => letters.includes(letter));
  return column < 0 || letter === "" ? "ー" : "あいうえお".charAt(column);
}

/** The columns of a link that searching and sorting need, from the patient and the number on the card. */
export function patientKeys(
  patient: Pick<PatientRecord, "nameText" | "nameKana" | "birthDate">,
  patientNumber: string | null,
  rule: PatientNumberRule,
): Pick<
  PatientLinkRecord,
  "searchKey" | "kanaSort" | "kanaRow" | "birthDate" | "patientNumber" | "patientNumberKey"
> {
  const parsed = patientNumber === null ? undefined : parsePatientNumber(patientNumber, rule);
  return {
    // A folded query holds no line feed, so it never matches across name and reading.
    searchKey: `${searchKey(patient.nameText)}\n${searchKey(patient.nameKana ?? "")}`,
    kanaSort: kanaSortKey(patient.nameKana),
    kanaRow: patient.nameKana === null ? "他" : kanaRow(patient.nameKana),
    birthDate: patient.birthDate,
    patientNumber,
    patientNumberKey: parsed?.ok ? parsed.value : null,
  };
}
