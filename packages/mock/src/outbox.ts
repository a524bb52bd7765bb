/** A mail, or a message by SMS, that the mock sent to nobody. */
export interface SentMail {
  readonly id: string;
  /** An e-mail address; a number such as `+819000000031` for SMS. */
  readonly to: string;
  /** Empty for SMS. */
  readonly subject: string;
  readonly text: string;
}

/** What the service wrote to people: welcome mails with the initial password, reset links, notices. */
export interface Outbox {
  /** All mails, oldest first; to one address if given. */
  mails(to?: string): Promise<SentMail[]>;
  /** The newest mail to an address. @throws Error when there is none */
  latest(to: string): Promise<SentMail>;
  /** The token in the newest reset link to an address, as the reset page reads it from its own address. */
  resetToken(to: string): Promise<string>;
  /** The token in the newest invitation by a link to an address. */
  invitationToken(to: string): Promise<string>;
  /** The password in the newest welcome mail to an address. */
  initialPassword(to: string): Promise<string>;
  /** The code in the newest SMS to a number. */
  smsCode(to: string): Promise<string>;
}

/** In the fragment of a link, alone or behind other parts. */
const LINK_TOKEN = /#(?:.*&)?token=([\w.~-]+)/;

/** @param collect hands over what is due and answers everything sent so far */
export function createOutbox(collect: () => Promise<readonly SentMail[]>): Outbox {
  const mails = async (to?: string) => (await collect()).filter((mail) => to === undefined || mail.to === to);

  async function newest(to: string, what: string, pattern: RegExp): Promise<string> {
    const found = (await mails(to)).flatMap(({ text }) => pattern.exec(text)?.[1] ?? []).at(-1);
    if (found === undefined) throw new Error(`No mail to ${to} holds ${what}`);
    return found;
  }
  return {
    mails,
    async latest(to) {
      const mail = (await mails(to)).at(-1);
      if (!mail) throw new Error(`No mail was sent to ${to}`);
      return mail;
    },
    resetToken: (to) => newest(to, "a reset link", LINK_TOKEN),
    invitationToken: (to) => newest(to, "an invitation's link", LINK_TOKEN),
    smsCode: (to) => newest(to, "a code", /Your code: (\d{6})/),
    initialPassword: (to) => newest(to, "an initial password", /(?:初期パスワード|Initial password): (\S+)/),
  };
}
