import type { WebhookBody, WebhookEvent } from "@welby/contract/events";
import { formatJst } from "@welby/text";
import type { Clock } from "../ports/clock.ts";
import type { Random } from "../ports/random.ts";
import type { Transaction } from "../ports/store.ts";

/**
 * Notes down an event for every endpoint of the institution that asked for its type, in the transaction of the change it tells of:
 * no change without its event, and no event without its change.
 * @example await queueWebhooks(call.ports, transaction, institutionId, { type: "staff.removed", data: { staffId } });
 */
export async function queueWebhooks(
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  transaction: Transaction,
  institutionId: string,
  event: WebhookEvent,
): Promise<void> {
  const clients = await transaction.partnerClients.list({ institutionId });
  const endpoints = clients.flatMap(({ webhookEndpoints }) => webhookEndpoints);
  const asked = endpoints.filter(({ events }) => events.includes(event.type));
  const now = clock.now();
  const body: WebhookBody = { ...event, timestamp: formatJst(now, { ms: true }) };
  // One delivery an address, however many entries name it.
  for (const url of new Set(asked.map((endpoint) => endpoint.url))) {
    await transaction.outbox.insert({
      id: random.uuid(),
      institutionId,
      channel: "webhook",
      recipient: url,
      template: event.type,
      subject: event.type,
      body: JSON.stringify(body),
      status: "queued",
      attempts: 0,
      createdAt: now,
      nextAttemptAt: now,
      sentAt: null,
    });
  }
}
