import { normalizeWidth } from "./width.ts";

// Mobile carriers whose mail filters refuse unknown senders unless the owner allows the domain (指定受信).
const CARRIERS = [
  "docomo.ne.jp",
  "ezweb.ne.jp",
  "au.com",
  "uqmobile.jp",
  "softbank.ne.jp",
  "softbank.jp",
  "i.softbank.jp",
  "vodafone.ne.jp",
  "disney.ne.jp",
  "ymobile.ne.jp",
  "y-mobile.ne.jp",
  "yahoo.ne.jp",
  "emobile.ne.jp",
  "willcom.com",
  "pdx.ne.jp",
  "rakumail.jp",
];
const MAX_INPUT = 1024;

/**
 * Tells whether an address belongs to a Japanese mobile carrier, so that the 指定受信 help is worth showing.
 *
 * @example
 * isCarrierAddress("taro@docomo.ne.jp"); // true
 */
export function isCarrierAddress(text: string): boolean {
  if (text.length > MAX_INPUT) return false;
  const { value } = normalizeWidth(text);
  // A dot before: old addresses had regional hosts (t.vodafone.ne.jp, di.pdx.ne.jp).
  const host = `.${value.slice(value.lastIndexOf("@") + 1).toLowerCase()}`;
  return value.includes("@") && CARRIERS.some((carrier) => host.endsWith(`.${carrier}`));
}

/**
 * Tells whether an address is of the old carrier kind with dots doubled, leading or trailing (「届かない場合があります」).
 *
 * @example
 * isLegacyCarrierAddress("taro.@ezweb.ne.jp"); // true
 */
export function isLegacyCarrierAddress(text: string): boolean {
  return isCarrierAddress(text) && hasOddDots(normalizeWidth(text).value);
}

/**
 * Tells whether the part before `@` breaks the dot rule of RFC 5321; takes the normal form.
 *
 * @example
 * hasOddDots("a..b@docomo.ne.jp"); // true
 */
export function hasOddDots(email: string): boolean {
  const local = email.slice(0, email.lastIndexOf("@"));
  return local.startsWith(".") || local.endsWith(".") || local.includes("..");
}
