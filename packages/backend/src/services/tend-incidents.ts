import type { Log } from "../log.ts";
import type { Ports } from "../ports/index.ts";
import type { IncidentDeliveryRecord, IncidentRecord, OutboxRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { serviceAudit } from "./service-audit.ts";

const HOUR_MS = 3_600_000;
/** Hours after the occurrence at which somebody has to see to it that a contact has still not been told. */
const ALARM_HOURS = [1, 6, 12, 20] as const;

/**
 * Looks after incidents that not everybody was told of: keeps the proof of what was sent, sends again what was given up, raises
 * the alarms, and writes down what is late. Any number of instances may call it.
 */
export async function tendIncidents(ports: Ports, log: Log): Promise<void> {
  const waiting = await ports.store.transaction((transaction) =>
    transaction.incidents.list({ notifiedAt: null }, { orderBy: ["dueAt"] }),
  );
  for (const { id } of waiting) {
    const alarms = await ports.store.transaction((transaction) => tend(ports, transaction, id));
    // After the commit, so that nothing is told that was rolled back.
    for (const hours of alarms)
      log("error", "An incident was not told to all contacts yet", { incident: id, hours });
  }
}

/** @returns the hours of the alarms that were raised now */
async function tend(ports: Ports, transaction: Transaction, id: string): Promise<readonly number[]> {
  await transaction.lock(`incident:${id}`);
  const incident = await transaction.incidents.get({ id, notifiedAt: null });
  if (!incident) return [];
  const deliveries = await transaction.incidentDeliveries.list({ incidentId: id });
  const sentAt: (Date | null)[] = [];
  for (const delivery of deliveries) sentAt.push(await tendDelivery(ports, transaction, delivery));

  const now = ports.clock.now();
  const told = sentAt.filter((at) => at !== null);
  // Without any contact nobody can be told, and that is no reason to be silent.
  const everybody = told.length === sentAt.length && told.length > 0;
  const notifiedAt = everybody ? new Date(Math.max(...told.map((at) => at.getTime()))) : null;
  const late = (notifiedAt ?? now) > incident.dueAt;
  const status = late ? "late" : notifiedAt ? "notified" : "open";
  const alarms = notifiedAt ? [] : alarmsDue(incident, now);
  if (status === incident.status && !notifiedAt && alarms.length === 0) return [];

  await transaction.incidents.update({ id }, { status, notifiedAt, alarms: [...incident.alarms, ...alarms] });
  const left = sentAt.length - told.length;
  const { institutionId } = incident;
  const about = { institutionId, targetType: "incident", targetId: id };
  for (const hours of alarms) {
    const details = { hours, waiting: left };
    await serviceAudit(ports, transaction, { ...about, action: "incident.alarm", result: "failed", details });
  }
  if (status === "late" && incident.status !== "late") {
    const details = { waiting: left };
    await serviceAudit(ports, transaction, { ...about, action: "incident.late", result: "failed", details });
  }
  if (notifiedAt) {
    const details = { recipients: sentAt.length, late };
    await serviceAudit(ports, transaction, { ...about, action: "incident.notified", result: "ok", details });
  }
  return alarms;
}

function alarmsDue({ occurredAt, alarms }: IncidentRecord, now: Date): number[] {
  const hours = (now.getTime() - occurredAt.getTime()) / HOUR_MS;
  return ALARM_HOURS.filter((hour) => hours >= hour && !alarms.includes(hour));
}

/** Copies the proof from the outbox, whose rows do not stay, and queues anew what it gave up. */
async function tendDelivery(
  ports: Ports,
  transaction: Transaction,
  delivery: IncidentDeliveryRecord,
): Promise<Date | null> {
  if (delivery.sentAt) return delivery.sentAt;
  const message = await transaction.outbox.get({ id: delivery.messageId });
  if (message?.status === "sent" && message.sentAt) {
    const { sentAt } = message;
    const attempts = delivery.attempts + message.attempts;
    await transaction.incidentDeliveries.update({ id: delivery.id }, { sentAt, attempts });
    return sentAt;
  }
  if (message?.status === "failed") await sendAgain(ports, transaction, delivery, message);
  return null;
}

async function sendAgain(
  { clock, random }: Ports,
  transaction: Transaction,
  { id, attempts }: IncidentDeliveryRecord,
  { seq: _seq, ...message }: OutboxRecord,
): Promise<void> {
  const now = clock.now();
  const messageId = random.uuid();
  const again = { status: "queued", attempts: 0, createdAt: now, nextAttemptAt: now, sentAt: null } as const;
  await transaction.outbox.insert({ ...message, ...again, id: messageId });
  await transaction.incidentDeliveries.update({ id }, { messageId, attempts: attempts + message.attempts });
}
