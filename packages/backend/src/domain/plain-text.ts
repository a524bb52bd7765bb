import { checkName } from "@welby/text";

const MAX_LINES = 100;
const MAX_LINE = 1_000;

/** Thrown for a text of the operator's that nobody should have to read. Holds no text. */
export class UnusableText extends Error {
  constructor(field: string) {
    super(`${field} is missing, too long, or holds a character that is not shown`);
    this.name = "UnusableText";
  }
}

/** One line of text, without control characters and without what turns text around. @throws UnusableText */
export function plainLine(field: string, text: string, max: number): string {
  if (!checkName(text, { max }).ok) throw new UnusableText(field);
  return text;
}

/** Lines of such text; the ends of lines become LF. @throws UnusableText */
export function plainText(field: string, text: string): string {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  if (lines.length > MAX_LINES || text.trim() === "") throw new UnusableText(field);
  for (const line of lines) if (line.trim() !== "") plainLine(field, line, MAX_LINE);
  return lines.join("\n");
}
