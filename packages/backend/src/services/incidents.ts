import type { Incident, IncidentId } from "@welby/contract/schemas";
import { formatJst } from "@welby/text";
import { appiReports } from "../domain/appi-reports.ts";
import type { IncidentDeliveryRecord, IncidentRecord, OutboxRecord } from "../ports/records.ts";
import { pageOf } from "./list-page.ts";
import type { Service } from "./service.ts";

const jst = (at: Date) => formatJst(at, { ms: true });

/** The incidents of the institution, the newest first, with who was told when. */
export const listIncidents: Service<"listIncidents"> = async (call, input) => {
  const { institutionId } = call.actor;
  const { rows, deliveries, messages } = await call.transaction(async (transaction) => {
    const rows = await transaction.incidents.list(
      { institutionId },
      { orderBy: ["occurredAt"], descending: true },
    );
    const deliveries = await transaction.incidentDeliveries.list(
      { institutionId },
      { orderBy: ["recipient"] },
    );
    const waiting = deliveries.filter(({ sentAt }) => sentAt === null).map(({ messageId }) => messageId);
    return { rows, deliveries, messages: await transaction.outbox.list({ id: { in: waiting } }) };
  });
  const { rows: page, ...rest } = await pageOf(call, input, { rows });
  const byId = new Map(messages.map((message) => [message.id, message]));
  return {
    ...rest,
    items: page.map((row) =>
      toIncident(
        row,
        deliveries.filter(({ incidentId }) => incidentId === row.id),
        byId,
      ),
    ),
  };
};

function toIncident(
  row: IncidentRecord,
  deliveries: readonly IncidentDeliveryRecord[],
  messages: ReadonlyMap<string, OutboxRecord>,
): Incident {
  return {
    id: row.id as IncidentId,
    kind: row.kind,
    occurredAt: jst(row.occurredAt),
    detectedAt: jst(row.detectedAt),
    dueAt: jst(row.dueAt),
    status: row.status,
    notifiedAt: row.notifiedAt && jst(row.notifiedAt),
    what: row.what,
    effect: row.effect,
    measures: row.measures,
    contact: row.contact,
    nextUpdateAt: row.nextUpdateAt && jst(row.nextUpdateAt),
    reports: appiReports(row),
    deliveries: deliveries.map(({ channel, recipient, messageId, attempts, sentAt }) => {
      // What the outbox knows already, before it is copied.
      const message = messages.get(messageId);
      const sent = sentAt ?? message?.sentAt ?? null;
      return {
        channel,
        recipient,
        status: sent ? "sent" : "queued",
        attempts: attempts + (message?.attempts ?? 0),
        sentAt: sent && jst(sent),
      };
    }),
  };
}
