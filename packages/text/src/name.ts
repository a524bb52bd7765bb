import { toFullWidthKatakana } from "./kana.ts";

/** A person's name as received; a name that cannot be split stands in `family` alone. Every part may be missing. */
export interface PersonName {
  family?: string | null | undefined;
  given?: string | null | undefined;
  middle?: string | null | undefined;
  familyKana?: string | null | undefined;
  givenKana?: string | null | undefined;
}

/**
 * Joins a name for display, family first in Japanese and given first in other languages; the parts are shown byte for byte.
 *
 * @example
 * personName({ family: "佐藤", given: "和子" }, "ja"); // "佐藤 和子"
 * personName({ family: "Nguyen", given: "Linh", middle: "Thi" }, "en"); // "Linh Thi Nguyen"
 */
export function personName(name: PersonName, locale = "ja"): string {
  const { family, given, middle } = name;
  return locale.startsWith("ja") ? join(family, given, middle) : join(given, middle, family);
}

/**
 * Joins the reading (フリガナ), family first; empty when none is known.
 *
 * @example
 * personKana({ family: "佐藤", given: "和子", familyKana: "サトウ", givenKana: "カズコ" }); // "サトウ カズコ"
 */
export function personKana(name: PersonName): string {
  return join(name.familyKana, name.givenKana);
}

/**
 * Joins name and reading on one line, so that namesakes can be told apart.
 *
 * @example
 * personNameWithKana({ family: "佐藤", given: "和子", familyKana: "サトウ", givenKana: "カズコ" }); // "佐藤 和子（サトウ カズコ）"
 */
export function personNameWithKana(name: PersonName, locale = "ja"): string {
  const kana = personKana(name);
  const shown = personName(name, locale);
  if (kana === "") return shown;
  return locale.startsWith("ja") ? `${shown}（${kana}）` : `${shown} (${kana})`;
}

/**
 * Compares two names for sorting in 五十音 order of their readings; names without a reading come last.
 *
 * @example
 * people.sort((a, b) => comparePersonNames(a.name, b.name));
 */
export function comparePersonNames(a: PersonName, b: PersonName): number {
  const missing = Number(personKana(a) === "") - Number(personKana(b) === "");
  return (
    missing ||
    compareKana(a.familyKana, b.familyKana) ||
    compareKana(a.givenKana, b.givenKana) ||
    collate(personName(a), personName(b))
  );
}

/**
 * Tells whether text holds 外字 (private-use characters), which other systems cannot show: keep them, but say so.
 *
 * @example
 * hasGaiji("\uE000田"); // true
 */
export function hasGaiji(text: string): boolean {
  return /\p{Private_Use}/u.test(text);
}

let collator: Intl.Collator | undefined;

function collate(a: string, b: string): number {
  collator ??= new Intl.Collator("ja");
  return collator.compare(a, b);
}

// Folded first: otherwise ｻﾄｳ, さとう and サトウ would not count as one family.
function compareKana(a: string | null | undefined, b: string | null | undefined): number {
  return collate(toFullWidthKatakana(a ?? ""), toFullWidthKatakana(b ?? ""));
}

function join(...parts: (string | null | undefined)[]): string {
  return parts.filter(Boolean).join(" ");
}
