/** Hands one short message to whoever delivers it; `to` is E.164. */
export interface Sms {
  send(message: { id: string; to: string; text: string }): Promise<void>;
}
