import { locale } from "./language.js";

/** 西暦 and 和暦 side by side, in pieces that are not broken. A birth date has no time zone, so it is counted and shown in UTC. @param {string | null} date `YYYY-MM-DD` @returns {string[]} */
export function birthDateTexts(date) {
  if (!date) return [];
  const [year, month, day] = date.split("-").map(Number);
  const instant = new Date(0);
  instant.setUTCFullYear(year ?? 0, (month ?? 1) - 1, day ?? 1);
  if (locale === "en")
    return [new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" }).format(instant)];
  const era = new Intl.DateTimeFormat("ja-JP-u-ca-japanese", {
    era: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(instant);
  return [`${year}年(${era})`, `${month}月${day}日`];
}
