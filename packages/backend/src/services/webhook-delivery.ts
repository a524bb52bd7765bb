import { webhookHeaders } from "@welby/contract/events";
import { webhookSignature } from "../domain/webhook-signature.ts";
import type { Log } from "../log.ts";
import { describeError } from "../log.ts";
import type { Ports } from "../ports/index.ts";
import type { OutboxRecord } from "../ports/records.ts";
import { dueMessages, giveUp, markSent, postpone, takeMessage } from "./outbox-queue.ts";

/** The endpoint says that it has gone for good. */
const GONE = 410;

/**
 * Posts the events that are due to their endpoints, and says how many were taken. Any number of instances may call it.
 * Endpoints are served side by side, so that a slow one keeps only its own events waiting.
 */
export async function deliverWebhooks(ports: Ports, log: Log): Promise<number> {
  const due = await dueMessages(ports, ["webhook"]);
  const urls = [...new Set(due.map(({ recipient }) => recipient))];
  const rowsOf = (url: string) => due.filter(({ recipient }) => recipient === url);
  const counts = await Promise.all(urls.map((url) => deliverTo(ports, rowsOf(url), log)));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** One endpoint's events, one after another, until one fails. */
async function deliverTo(ports: Ports, rows: readonly OutboxRecord[], log: Log): Promise<number> {
  let delivered = 0;
  for (const row of rows) {
    if (!(await takeMessage(ports, row))) continue;
    const outcome = await deliver(ports, row, log);
    if (outcome === "later") {
      await restEndpoint(ports, row, await postpone(ports, row));
      break;
    }
    if (outcome === "never") await giveUp(ports, row.id);
    else {
      await markSent(ports, row.id);
      delivered++;
    }
  }
  return delivered;
}

async function deliver(ports: Ports, row: OutboxRecord, log: Log): Promise<"now" | "later" | "never"> {
  const fields = { template: row.template, channel: row.channel, attempts: row.attempts + 1 };
  try {
    const signature = await signatures(ports, row);
    // Nobody registers this address any more: there is no secret to sign with, and nobody to tell.
    if (signature === null) return "never";
    const { status } = await ports.webhooks.send({
      url: row.recipient,
      headers: { "content-type": "application/json", ...signature },
      body: row.body,
    });
    if (status >= 200 && status < 300) return "now";
    log("warn", "A webhook was refused", { ...fields, status });
    return status === GONE ? "never" : "later";
  } catch (error) {
    log("warn", "A message could not be handed over", { ...fields, ...describeError(error) });
    return "later";
  }
}

/** Signed with every secret that is registered for the address now, so that one can be replaced without losing an event. */
async function signatures(
  { store, clock }: Ports,
  { id, institutionId, recipient, body }: OutboxRecord,
): Promise<Record<string, string> | null> {
  const clients = await store.transaction((transaction) =>
    transaction.partnerClients.list({ institutionId: institutionId ?? "" }),
  );
  const endpoints = clients.flatMap(({ webhookEndpoints }) => webhookEndpoints);
  const secrets = endpoints.flatMap(({ url, secret }) => (url === recipient ? [secret] : []));
  if (secrets.length === 0) return null;
  const timestamp = String(Math.floor(clock.now().getTime() / 1000));
  const made = await Promise.all(secrets.map((secret) => webhookSignature(secret, { id, timestamp, body })));
  return {
    [webhookHeaders.id]: id,
    [webhookHeaders.timestamp]: timestamp,
    [webhookHeaders.signature]: made.join(" "),
  };
}

/** What else is due there waits as well: an endpoint that is down is not asked once for each of its events. */
async function restEndpoint({ store, clock }: Ports, row: OutboxRecord, until: Date | null): Promise<void> {
  if (until === null) return;
  const due = { before: new Date(clock.now().getTime() + 1) };
  const { recipient, channel } = row;
  await store.transaction((transaction) =>
    transaction.outbox.update(
      { recipient, channel, status: "queued", nextAttemptAt: due },
      { nextAttemptAt: until },
    ),
  );
}
