import { webhookEventTypes } from "@welby/contract/events";
import type { Random, Store, WebhookEndpoint } from "@welby/backend/ports";

const CLIENT_ID = "demo-server";

/**
 * Has the demo's server client told of every event at an address, and gives the secret that its deliveries are signed with:
 * the same at the next start.
 */
export async function setDemoEndpoint(store: Store, random: Random, url: string): Promise<WebhookEndpoint> {
  const fresh = `whsec_${Buffer.from(random.bytes(32)).toString("base64")}`;
  return store.transaction(async (transaction) => {
    const client = await transaction.partnerClients.get({ clientId: CLIENT_ID });
    const known = client?.webhookEndpoints.find((endpoint) => endpoint.url === url);
    const endpoint = { url, secret: known?.secret ?? fresh, events: [...webhookEventTypes] };
    await transaction.partnerClients.update({ clientId: CLIENT_ID }, { webhookEndpoints: [endpoint] });
    return endpoint;
  });
}
