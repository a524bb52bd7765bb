/** Hands one mail to whoever delivers it. One recipient; subject and body are text. */
export interface Mailer {
  send(mail: { id: string; to: string; subject: string; text: string }): Promise<void>;
}
