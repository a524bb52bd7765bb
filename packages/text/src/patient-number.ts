import { normalizeWidth } from "./width.ts";

/** How an institution writes its patient numbers (診察券番号). */
export interface PatientNumberRule {
  /** Fill with zeros in front up to `length`. */
  pad: boolean;
  /** Digits or letters at most; null for the 20 that receipt computers allow. */
  length: number | null;
  charset: "digits" | "alphanumeric";
}

/** Why a patient number cannot be used. */
export type PatientNumberProblem = "empty" | "too_long" | "forbidden_character";

/** The answer of {@link parsePatientNumber}; `value` is the form to store and compare. */
export type PatientNumberParse =
  { ok: true; value: string; changed: boolean } | { ok: false; problem: PatientNumberProblem };

const MAX_LENGTH = 20;
const MAX_INPUT = 256;

/**
 * Reads a patient number in any width: a string whose leading zeros count, without spaces or dashes, letters in upper case.
 *
 * @example
 * parsePatientNumber("１２３４５", { pad: true, length: 8, charset: "digits" }); // { ok: true, value: "00012345", changed: true }
 */
export function parsePatientNumber(text: string, rule: PatientNumberRule): PatientNumberParse {
  if (text.length > MAX_INPUT) return refuse("too_long");
  const { value: typed, changed } = normalizeWidth(text);
  // Dashes on a card are only there for the eye: 12-345 and 12345 are one patient.
  const bare = typed.replace(/[\s-]/g, "").toUpperCase();
  if (bare === "") return refuse("empty");
  if (!(rule.charset === "digits" ? /^\d+$/ : /^[A-Z\d]+$/).test(bare)) return refuse("forbidden_character");
  const length = Math.min(rule.length ?? MAX_LENGTH, MAX_LENGTH);
  if (bare.length > length) return refuse("too_long");
  const value = rule.pad && rule.length !== null ? bare.padStart(length, "0") : bare;
  return { ok: true, value, changed };
}

function refuse(problem: PatientNumberProblem): PatientNumberParse {
  return { ok: false, problem };
}
