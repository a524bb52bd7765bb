import { displayJst } from "@welby/text";
import { appiReports } from "../domain/appi-reports.ts";
import { plainLine } from "../domain/plain-text.ts";
import type { Ports } from "../ports/index.ts";
import type { IncidentRecord, InstitutionRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { outboxMail } from "../templates/index.ts";
import { institutionContacts } from "./institution-contacts.ts";
import { insertNotice, toRecord } from "./publish-notice.ts";
import { serviceAudit } from "./service-audit.ts";
import { queueWebhooks } from "./webhooks.ts";

const NOTICE_MS = 24 * 3_600_000;
const MAX_TEXT = 1_000;

/** Kinds that concern personal data in a hospital, as a rule. */
const PERSONAL_DATA: readonly IncidentRecord["kind"][] = ["leak", "data_loss", "unauthorized_access"];

const KINDS: Readonly<Record<IncidentRecord["kind"], string>> = {
  data_loss: "データの消失 (data loss)",
  outage: "長時間のシステム停止 (outage)",
  unauthorized_access: "不正アクセス (unauthorised access)",
  leak: "情報の漏えい (leak)",
  other: "その他 (other)",
};

export interface IncidentInput extends Pick<
  IncidentRecord,
  "institutionId" | "kind" | "occurredAt" | "what" | "effect" | "measures" | "contact"
> {
  /** A UUID; opening the same one again does nothing. */
  readonly id?: string;
  /** Now unless told. */
  readonly detectedAt?: Date;
  readonly nextUpdateAt?: Date | null;
  /** Unless told: so for a leak, a loss and an unauthorised access. */
  readonly personalData?: boolean;
  /** Unless told: so for an unauthorised access. */
  readonly malicious?: boolean;
}

/**
 * Tells an institution of a security incident (clause 15): its 24 hours run from the occurrence, not from the detection.
 * Each contact gets a mail that is sent until it has gone out, every administrator a notice, its servers an event.
 * @throws UnusableText @throws RangeError for times that contradict each other or an institution that does not exist
 */
export async function openIncident(ports: Ports, input: IncidentInput): Promise<IncidentRecord> {
  const incident = toIncident(ports, input);
  return ports.store.transaction(async (transaction) => {
    const institution = await transaction.institutions.get({ id: incident.institutionId });
    if (!institution) throw new RangeError("There is no institution with this id");
    if (!(await transaction.incidents.insertIfAbsent(incident)))
      return (await transaction.incidents.get({ id: incident.id })) ?? incident;
    const recipients = await institutionContacts(transaction, institution);
    for (const recipient of recipients)
      await queueMail(ports, transaction, { incident, institution, recipient });
    await tellAdministrators(ports, transaction, incident);
    await queueWebhooks(ports, transaction, institution.id, {
      type: "incident.opened",
      data: { incidentId: incident.id },
    });
    await serviceAudit(ports, transaction, {
      institutionId: institution.id,
      action: "incident.opened",
      result: "ok",
      targetType: "incident",
      targetId: incident.id,
      details: { kind: incident.kind, recipients: recipients.length },
    });
    return incident;
  });
}

function toIncident({ clock, random }: Ports, input: IncidentInput): IncidentRecord {
  const now = clock.now();
  const { institutionId, kind, occurredAt, detectedAt = now, nextUpdateAt = null } = input;
  if (!(occurredAt <= detectedAt && detectedAt <= now))
    throw new RangeError("An incident occurs first, is detected then, and is told of after that");
  const text = (field: "what" | "effect" | "measures" | "contact") =>
    plainLine(field, input[field], MAX_TEXT);
  return {
    id: input.id ?? random.uuid(),
    institutionId,
    kind,
    status: "open",
    occurredAt,
    detectedAt,
    dueAt: new Date(occurredAt.getTime() + NOTICE_MS),
    notifiedAt: null,
    what: text("what"),
    effect: text("effect"),
    measures: text("measures"),
    contact: text("contact"),
    nextUpdateAt,
    personalData: input.personalData ?? PERSONAL_DATA.includes(kind),
    malicious: input.malicious ?? kind === "unauthorized_access",
    alarms: [],
  };
}

interface IncidentMail {
  readonly incident: IncidentRecord;
  readonly institution: InstitutionRecord;
  readonly recipient: string;
}

async function queueMail(ports: Ports, transaction: Transaction, mail: IncidentMail): Promise<void> {
  const { incident, institution, recipient } = mail;
  const { what, effect, measures, contact, nextUpdateAt } = incident;
  const messageId = ports.random.uuid();
  await transaction.outbox.insert(
    outboxMail({
      id: messageId,
      to: recipient,
      institutionId: institution.id,
      template: "incident_opened",
      values: {
        institution: institution.name,
        kind: KINDS[incident.kind],
        occurredAt: displayJst(incident.occurredAt),
        detectedAt: displayJst(incident.detectedAt),
        ...{ what, effect, measures, contact },
        reports: reportsText(incident),
        nextUpdateAt: nextUpdateAt ? `${displayJst(nextUpdateAt)} JST` : "未定 (not yet known)",
      },
      now: ports.clock.now(),
    }),
  );
  await transaction.incidentDeliveries.insert({
    id: ports.random.uuid(),
    incidentId: incident.id,
    institutionId: institution.id,
    channel: "email",
    recipient,
    messageId,
    attempts: 0,
    sentAt: null,
  });
}

/** What the institution has to do itself, in words for both halves of the mail. */
function reportsText(incident: IncidentRecord): string {
  const names = { preliminary: "速報 (preliminary)", final: "確報 (final)" };
  const dates = appiReports(incident).map(({ kind, dueOn }) => `${names[kind]} ${dueOn}`);
  return dates.length === 0 ? "対象外 (not applicable)" : dates.join(", ");
}

/** Whatever becomes of the mail, administrators see it when they next look. */
async function tellAdministrators(
  ports: Ports,
  transaction: Transaction,
  { id, institutionId, what, effect, measures, contact }: IncidentRecord,
): Promise<void> {
  const notice = toRecord(ports, {
    // The same id: one notice for one incident.
    id,
    institutionId,
    audience: "admin",
    kind: "incident",
    severity: "critical",
    title: "セキュリティインシデントのご連絡",
    body: [what, effect, measures, contact].join("\n"),
    mustAcknowledge: true,
  });
  await insertNotice(ports, transaction, notice);
}
