export { outboxMail, renderMail, UnsafeMail } from "./render-mail.ts";
export type { RenderedMail } from "./render-mail.ts";
export { outboxSms } from "./render-sms.ts";
export { mailTexts } from "./mail-texts.ts";
export type { MailTemplate, MailValues } from "./mail-texts.ts";
