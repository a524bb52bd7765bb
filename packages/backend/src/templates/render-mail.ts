import { checkEmail } from "@welby/text";
import type { OutboxRecord } from "../ports/records.ts";
import { mailFooter, mailTexts, type MailTemplate, type MailValues } from "./mail-texts.ts";

export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
}

/** Thrown when a value or an address could change what a mail is or whom it reaches. Holds no value. */
export class UnsafeMail extends Error {
  constructor(field: string) {
    super(`The mail cannot be made: ${field} is not safe`);
    this.name = "UnsafeMail";
  }
}

// Everything that ends a line somewhere (CR, LF, VT, FF, NEL, LS, PS) and all other control characters.
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/;
const LINE = "----------------------------------------";

/**
 * Writes a mail, Japanese first and English below; the account holds no language.
 * @throws UnsafeMail when a value holds a control character or an address of a page is not http(s)
 */
export function renderMail<T extends MailTemplate>(template: T, values: MailValues[T]): RenderedMail {
  for (const [field, value] of Object.entries<string>(values)) {
    if (typeof value !== "string") throw new UnsafeMail(field);
    // Only a field that is a text of several lines by its name may hold the ends of lines.
    if (CONTROL.test(field === "body" ? value.replaceAll("\n", "") : value)) throw new UnsafeMail(field);
    if (/url$/i.test(field) && !isWebAddress(value)) throw new UnsafeMail(field);
  }
  const { subject, body } = mailTexts[template];
  const parts = [body.ja(values), mailFooter.ja, LINE, body.en(values), mailFooter.en];
  return { subject: `${subject.ja} / ${subject.en}`, text: `${parts.join("\n\n")}\n` };
}

/**
 * The outbox row of a mail to one person; put it into the transaction of the change it tells of.
 * @param mail.to the stored address, never the submitted one
 * @throws UnsafeMail
 */
export function outboxMail<T extends MailTemplate>(mail: {
  readonly id: string;
  readonly to: string;
  readonly institutionId: string | null;
  readonly template: T;
  readonly values: MailValues[T];
  readonly now: Date;
}): Omit<OutboxRecord, "seq"> {
  const { id, to, institutionId, template, values, now } = mail;
  const checked = checkEmail(to);
  // One recipient in its stored form: a list, a display name or a folded look-alike is refused.
  if (!checked.ok || checked.email !== to) throw new UnsafeMail("to");
  const { subject, text } = renderMail(template, values);
  return {
    id,
    institutionId,
    channel: "email",
    recipient: to,
    template,
    subject,
    body: text,
    status: "queued",
    attempts: 0,
    createdAt: now,
    nextAttemptAt: now,
    sentAt: null,
  };
}

function isWebAddress(value: string): boolean {
  return /^https?:\/\/[^\s<>"]+$/.test(value) && URL.canParse(value);
}
