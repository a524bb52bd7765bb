// Run by jst.test.ts under several values of TZ, which a process reads once at its start.
import { displayJst, formatBirthDate, formatJst, jstDate, parseBirthDate } from "@welby/text";

const moment = "2026-11-22T15:30:00Z";
const typed = parseBirthDate("S39.10.10");
// A day on which many zones changed their clocks: a date that went through `Date` would lose it.
const summerTime = parseBirthDate("1951/5/6");

console.log(
  JSON.stringify({
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    moment: displayJst(moment, { seconds: true }),
    rfc3339: formatJst(moment),
    today: jstDate(moment),
    typed: typed.ok && typed.value,
    shown: typed.ok && formatBirthDate(typed.value),
    summerTime: summerTime.ok && summerTime.value,
  }),
);
