/** Posts one delivery to a partner's server. */
export interface Webhooks {
  /**
   * Answers the status of the other side, whatever it is; a redirect is not followed.
   * @throws when nobody answered in time, or the address is one that must not be called
   */
  send(delivery: WebhookDelivery): Promise<{ readonly status: number }>;
}

export interface WebhookDelivery {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
