import { graphemeCount } from "./graphemes.ts";

/** Why a name cannot be stored. */
export type NameProblem = "empty" | "too_long" | "forbidden_character";

/** The answer of {@link checkName}. */
export type NameCheck = { ok: true } | { ok: false; problem: NameProblem };

// C0, DEL and C1; line and paragraph separators; bidi marks, embeddings, overrides and isolates (they let a name rewrite the line around it);
// halves of surrogate pairs, which UTF-8 cannot carry.
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\p{Surrogate}]/u;

// Characters that show nothing: zero-width spaces and joiners, soft hyphen, fillers, variation selectors.
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu;

// The longest ordinary grapheme (a family emoji, a tag flag) has 14 UTF-16 units; stacked marks would have no end.
const UNITS_PER_GRAPHEME = 32;

/**
 * Gives the key under which a name must be unique: NFKC, ignorable characters dropped, case folded, spaces trimmed and collapsed.
 *
 * Store and show the name as typed; this form is for comparing only.
 *
 * @example
 * compareKey(" 外来　Ａ ") === compareKey("外来 a"); // true
 */
export function compareKey(name: string): string {
  return (
    name
      .normalize("NFKC")
      .replace(IGNORABLE, "")
      // Up and down again is JavaScript's nearest to full case folding: ß meets SS, ς meets σ.
      .toUpperCase()
      .toLowerCase()
      .normalize("NFKC")
      .replace(/\s+/g, " ")
      .trim()
  );
}

/**
 * Checks a name that a person typed (group, category, display name); `max` counts graphemes, 50 unless told.
 *
 * @example
 * checkName("外来A"); // { ok: true }
 * checkName("a\r\nBcc: b@example.jp"); // { ok: false, problem: "forbidden_character" }
 */
export function checkName(name: string, { max = 50 }: { max?: number } = {}): NameCheck {
  if (name.length > max * UNITS_PER_GRAPHEME) return refuse("too_long");
  if (name.trim() === "") return refuse("empty");
  if (FORBIDDEN.test(name)) return refuse("forbidden_character");
  if (name.replace(IGNORABLE, "").trim() === "") return refuse("forbidden_character");
  return graphemeCount(name) > max ? refuse("too_long") : { ok: true };
}

function refuse(problem: NameProblem): NameCheck {
  return { ok: false, problem };
}
