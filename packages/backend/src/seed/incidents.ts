import type { IncidentDeliveryRecord, IncidentRecord } from "../ports/records.ts";
import { seedId } from "./ids.ts";
import { institutions } from "./institutions.ts";

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** One incident of the past, told in time to the administrators of みなと. @param now the moment of seeding */
export function demoIncidents(now: Date): {
  incidents: IncidentRecord[];
  deliveries: IncidentDeliveryRecord[];
} {
  const occurredAt = new Date(now.getTime() - 40 * DAY_MS);
  const after = (hours: number) => new Date(occurredAt.getTime() + hours * HOUR_MS);
  const id = seedId("incident:outage");
  const institutionId = institutions.minato.id;
  return {
    incidents: [
      {
        id,
        institutionId,
        kind: "outage",
        status: "notified",
        occurredAt,
        detectedAt: after(1),
        dueAt: after(24),
        notifiedAt: after(3),
        what: "サーバーの障害により、約2時間、サービスをご利用いただけませんでした。",
        effect: "その間、患者さんは測定値を記録できませんでした。データの消失や漏えいはありません。",
        measures: "障害が発生した機器を交換し、サービスを復旧しました。",
        contact: "support@example.jp",
        nextUpdateAt: null,
        personalData: false,
        malicious: false,
        alarms: [1],
      },
    ],
    deliveries: ["suzuki@minato.example.jp", "tanaka@minato.example.jp"].map((recipient) => ({
      id: seedId(`delivery:outage:${recipient}`),
      incidentId: id,
      institutionId,
      channel: "email",
      recipient,
      messageId: seedId(`message:outage:${recipient}`),
      attempts: 1,
      sentAt: after(3),
    })),
  };
}
