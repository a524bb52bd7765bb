import { normalizeWidth } from "./width.ts";

/** What a Japanese number is; only `mobile` can receive SMS for certain. */
export type PhoneKind = "mobile" | "ip" | "landline" | "toll_free" | "shared_cost";

/** Why a number cannot be used. */
export type PhoneProblem = "empty" | "forbidden_character" | "not_japanese" | "wrong_length" | "unknown_kind";

/** The answer of {@link parsePhone}: `e164` is stored and sent, `display` is shown. */
export type PhoneParse =
  | { ok: true; e164: string; kind: PhoneKind; smsCapable: boolean; display: string; changed: boolean }
  | { ok: false; problem: PhoneProblem };

const MAX_INPUT = 64;

// National digits by kind, most particular first. 060 joined the mobile numbers in July 2026; 0600 and 0800 are not mobile.
const KINDS: readonly (readonly [PhoneKind, RegExp])[] = [
  ["toll_free", /^(0120)(\d{3})(\d{3})$|^(0800)(\d{3})(\d{4})$/],
  ["shared_cost", /^(0570)(\d{3})(\d{3})$/],
  // 0000 is never given out, which is why examples and demo data use it.
  ["mobile", /^(0[6-9]0)([1-9]\d{3}|0000)(\d{4})$/],
  ["ip", /^(050)([1-9]\d{3})(\d{4})$/],
  // Area codes other than Tokyo's and Osaka's have 3 to 5 digits; rather no hyphens than wrong ones. No area code has a
  // zero third, which keeps a mobile number with a digit missing out of here.
  ["landline", /^(03|06)([1-9]\d{3})(\d{4})$|^(0(?!990)[1-9][1-9]\d{7})$/],
];

/**
 * Reads a Japanese phone number in any width, with any dashes, brackets or `+81`, and tells its kind.
 *
 * @example
 * parsePhone("０９０ー１２３４ー５６７８"); // { ok: true, e164: "+819012345678", kind: "mobile", smsCapable: true, … }
 * parsePhone("03-1234-5678"); // kind: "landline", smsCapable: false
 */
export function parsePhone(text: string): PhoneParse {
  if (text.length > MAX_INPUT) return refuse("wrong_length");
  const { value, changed } = normalizeWidth(text);
  if (value === "") return refuse("empty");
  if (!/^\+?[\d\s().-]+$/.test(value)) return refuse("forbidden_character");
  const national = value
    .replace(/[\s().-]/g, "")
    // +81 (0)90 … : the trunk zero is often left in.
    .replace(/^\+810?/, "0");
  if (national.startsWith("+")) return refuse("not_japanese");
  for (const [kind, pattern] of KINDS) {
    const match = pattern.exec(national);
    if (!match) continue;
    const display = match.slice(1).filter(Boolean).join("-");
    return {
      ok: true,
      e164: `+81${national.slice(1)}`,
      kind,
      smsCapable: kind === "mobile",
      display,
      changed,
    };
  }
  return refuse(national.length === (/^0\d0/.test(national) ? 11 : 10) ? "unknown_kind" : "wrong_length");
}

/**
 * Writes a stored number the way it is read in Japan; what is no Japanese number stays as it is.
 *
 * @example
 * formatPhone("+819012345678"); // "090-1234-5678"
 */
export function formatPhone(e164: string): string {
  const parsed = parsePhone(e164);
  return parsed.ok ? parsed.display : e164;
}

function refuse(problem: PhoneProblem): PhoneParse {
  return { ok: false, problem };
}
