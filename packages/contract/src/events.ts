/**
 * What a hospital's own server is told by webhook, after the Standard Webhooks scheme (https://www.standardwebhooks.com).
 * Ids only: who wants to know more asks the API, with its own rights.
 */
import type { Role } from "./permissions.ts";

/** The data of each event, by its type. */
export interface WebhookEvents {
  "staff.role_changed": {
    readonly staffId: string;
    readonly from: Exclude<Role, "patient">;
    readonly to: Exclude<Role, "patient">;
  };
  "staff.removed": { readonly staffId: string };
  "patient.withdrew": { readonly patientId: string };
  "incident.opened": { readonly incidentId: string };
}

export type WebhookEventType = keyof WebhookEvents;

/** One event with its type. @example { type: "staff.removed", data: { staffId } } */
export type WebhookEvent = {
  [Type in WebhookEventType]: { readonly type: Type; readonly data: WebhookEvents[Type] };
}[WebhookEventType];

/** The body of a delivery. `timestamp` is the moment of the change, in Japan time. */
export type WebhookBody = WebhookEvent & { readonly timestamp: string };

/** Every type, for whoever subscribes to all of them. */
export const webhookEventTypes = [
  "staff.role_changed",
  "staff.removed",
  "patient.withdrew",
  "incident.opened",
] as const satisfies readonly WebhookEventType[];

/** The headers of a delivery. `webhook-signature` holds one signature, or several while a secret is being replaced. */
export const webhookHeaders = {
  id: "webhook-id",
  timestamp: "webhook-timestamp",
  signature: "webhook-signature",
} as const;
