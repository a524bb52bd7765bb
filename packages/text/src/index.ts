// Width of letters and digits
export { foldDashes, normalizeWidth, toHalfWidth } from "./width.ts";
export type { Normalized } from "./width.ts";

// Lengths as people and password rules count them
export { codePointLength, graphemeCount, truncateGraphemes } from "./graphemes.ts";

// Names that must be unique
export { checkName, compareKey } from "./compare-key.ts";
export type { NameCheck, NameProblem } from "./compare-key.ts";

// E-mail
export { checkEmail, emailKey, normalizeEmail } from "./email.ts";
export type { EmailCheck, EmailProblem } from "./email.ts";
export { isCarrierAddress, isLegacyCarrierAddress } from "./carrier-address.ts";
