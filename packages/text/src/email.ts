import { hasOddDots, isCarrierAddress } from "./carrier-address.ts";
import { normalizeWidth } from "./width.ts";
import type { Normalized } from "./width.ts";

/** Why an address cannot be used. */
export type EmailProblem =
  | "empty"
  | "too_long"
  | "forbidden_character"
  | "not_ascii"
  | "at_sign"
  | "local_part"
  | "misplaced_dot"
  | "domain";

/** The answer of {@link checkEmail}: use `email`, not what was typed. */
export type EmailCheck = { ok: true; email: string; changed: boolean } | { ok: false; problem: EmailProblem };

// Longer input cannot become an address of 254, so it is turned away before any conversion or pattern (ReDoS).
const MAX_INPUT = 1024;
const MAX_LENGTH = 254;
const MAX_LOCAL = 64;

// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0020\u007F<>]/;
// RFC 5322 atext and dots. Quoted local parts are left out: no mailbox of a hospital or a carrier needs them.
const LOCAL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Converts an address to its stored form: half width, trimmed, the domain (only) in lower case.
 *
 * @example
 * normalizeEmail("Ｔａｒｏ＠Ｅｘａｍｐｌｅ。ｊｐ"); // { value: "Taro@example.jp", changed: true }
 */
export function normalizeEmail(text: string): Normalized {
  if (text.length > MAX_INPUT) return { value: text, changed: false };
  const { value, changed } = normalizeWidth(text);
  const at = value.lastIndexOf("@") + 1;
  return at === 0 ? { value, changed } : { value: value.slice(0, at) + lower(value.slice(at)), changed };
}

/**
 * Normalises an address, then checks the normal form: ASCII, at most 254, one `@`, no control characters, spaces or `<>`.
 *
 * Dots in odd places (`a..b@docomo.ne.jp`) pass, because carriers once gave them out and their owners must be able to sign in;
 * with `newEntry` they pass only for those carriers. International domains are accepted in their `xn--` form.
 *
 * @example
 * checkEmail("ａ．．ｂ＠docomo.ne.jp"); // { ok: true, email: "a..b@docomo.ne.jp", changed: true }
 * checkEmail("a@@b.jp"); // { ok: false, problem: "at_sign" }
 */
export function checkEmail(text: string, { newEntry = false }: { newEntry?: boolean } = {}): EmailCheck {
  if (text.length > MAX_INPUT) return refuse("too_long");
  const { value: email, changed } = normalizeEmail(text);
  if (email === "") return refuse("empty");
  if (email.length > MAX_LENGTH) return refuse("too_long");
  if (FORBIDDEN.test(email)) return refuse("forbidden_character");
  if (!isAscii(email)) return refuse("not_ascii");
  const [local = "", domain = "", ...more] = email.split("@");
  if (more.length > 0 || !email.includes("@")) return refuse("at_sign");
  if (local.length > MAX_LOCAL || !LOCAL.test(local)) return refuse("local_part");
  if (!isDomain(domain)) return refuse("domain");
  if (newEntry && hasOddDots(email) && !isCarrierAddress(email)) return refuse("misplaced_dot");
  return { ok: true, email, changed };
}

/**
 * Gives the key under which an address is unique: the stored form in ASCII lower case; undefined if it is no usable address.
 *
 * Only A–Z are lowered, so that `mıke@` (dotless i) is never taken for `mike@`.
 *
 * @example
 * emailKey("Taro@Example.jp"); // "taro@example.jp"
 */
export function emailKey(text: string): string | undefined {
  const checked = checkEmail(text);
  return checked.ok ? lower(checked.email) : undefined;
}

function isDomain(domain: string): boolean {
  const labels = domain.split(".");
  return (
    labels.length > 1 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1) ?? "")
  );
}

function isAscii(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return /^[\u0000-\u007F]*$/.test(text);
}

function lower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function refuse(problem: EmailProblem): EmailCheck {
  return { ok: false, problem };
}
