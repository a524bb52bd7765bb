// Width of letters and digits
export { foldDashes, normalizeWidth, toHalfWidth } from "./width.ts";
export type { Normalized } from "./width.ts";

// Kana
export { isKana, toFullWidthKatakana, toHiragana } from "./kana.ts";

// Search
export { kanaRow, matcher, matches, searchKey } from "./search-fold.ts";
export type { KanaRow } from "./search-fold.ts";

// Lengths as people and password rules count them
export { codePointLength, graphemeCount, truncateGraphemes } from "./graphemes.ts";

// Names that must be unique
export { checkName, compareKey } from "./compare-key.ts";
export type { NameCheck, NameProblem } from "./compare-key.ts";

// Names of people
export { comparePersonNames, hasGaiji, personKana, personName, personNameWithKana } from "./name.ts";
export type { PersonName } from "./name.ts";

// Calendar days, eras and birth dates
export { formatPlainDate, isPlainDate, parsePlainDate } from "./plain-date.ts";
export type { PlainDate } from "./plain-date.ts";
export { formatBirthDate, parseBirthDate, parseBirthDateFields } from "./birth-date.ts";
export type { BirthDateParse, BirthDateProblem } from "./birth-date.ts";
export { eraOf } from "./era.ts";
export type { Era } from "./era.ts";

// Moments in Japan time
export { displayJst, formatJst, jstDate } from "./jst.ts";
export type { Instant } from "./jst.ts";

// Phone numbers
export { formatPhone, parsePhone } from "./phone.ts";
export type { PhoneKind, PhoneParse, PhoneProblem } from "./phone.ts";

// E-mail
export { checkEmail, emailKey, normalizeEmail } from "./email.ts";
export type { EmailCheck, EmailProblem } from "./email.ts";
export { isCarrierAddress, isLegacyCarrierAddress } from "./carrier-address.ts";

// Patient numbers (診察券番号)
export { parsePatientNumber } from "./patient-number.ts";
export type { PatientNumberParse, PatientNumberProblem, PatientNumberRule } from "./patient-number.ts";
