import type { Records, TableName } from "./records.ts";

/** What both stores must enforce for a table, no more and no less (no foreign keys: rows may come in any order). SQL names are the snake_case of these. */
export interface TableRules<Row> {
  readonly key: keyof Row & string;
  /** Unique over these columns; `openOnly` names a column that must be null for the rule to count. Rows with a null in `columns` are free. */
  readonly uniques?: readonly {
    readonly name: string;
    readonly columns: readonly (keyof Row & string)[];
    readonly openOnly?: keyof Row & string;
  }[];
  /** Filled by the store, rising with each insert. */
  readonly sequence?: keyof Row & string;
  /** Rows can be added but never changed or deleted (but for `purgeSealedAudit`). */
  readonly appendOnly?: true;
  /** Stored as JSON. */
  readonly json?: readonly (keyof Row & string)[];
}

export const tables = {
  institutions: { key: "id", json: ["patientNumber", "incidentContacts", "retention"] },
  partnerClients: { key: "clientId", json: ["allowedOrigins", "urls", "webhookEndpoints"] },
  accounts: { key: "id" },
  factors: {
    key: "id",
    json: ["transports"],
    uniques: [{ name: "factors_credential_id", columns: ["credentialId"] }],
  },
  recoveryCodes: {
    key: "id",
    uniques: [{ name: "recovery_codes_selector", columns: ["accountId", "selector"] }],
  },
  loginIds: { key: "id", uniques: [{ name: "login_ids_realm_key", columns: ["realm", "key"] }] },
  staff: { key: "id", uniques: [{ name: "staff_account_id", columns: ["accountId"] }] },
  patients: { key: "id" },
  consents: { key: "id", appendOnly: true },
  patientLinks: {
    key: "id",
    uniques: [
      { name: "patient_links_pair", columns: ["institutionId", "patientId"] },
      { name: "patient_links_number", columns: ["institutionId", "patientNumberKey"] },
    ],
  },
  groups: {
    key: "id",
    uniques: [{ name: "groups_name", columns: ["institutionId", "nameKey"], openOnly: "deletedAt" }],
  },
  categories: {
    key: "id",
    uniques: [{ name: "categories_name", columns: ["institutionId", "nameKey"], openOnly: "deletedAt" }],
  },
  memberships: {
    key: "id",
    uniques: [{ name: "memberships_open", columns: ["groupId", "patientId"], openOnly: "removedAt" }],
  },
  sessions: { key: "id", json: ["amr"] },
  refreshTokens: { key: "id", uniques: [{ name: "refresh_tokens_hash", columns: ["hash"] }] },
  oneTimeSecrets: {
    key: "id",
    json: ["data"],
    uniques: [{ name: "one_time_secrets_hash", columns: ["hash"] }],
  },
  throttles: { key: "key" },
  knownDevices: {
    key: "id",
    uniques: [{ name: "known_devices_pair", columns: ["accountId", "keyThumbprint"] }],
  },
  proofReplays: { key: "id" },
  idempotency: { key: "id", json: ["headers", "body"] },
  audit: { key: "id", sequence: "seq", appendOnly: true, json: ["details"] },
  auditSeals: {
    key: "id",
    uniques: [{ name: "audit_seals_position", columns: ["chain", "position"] }],
  },
  auditChains: { key: "chain" },
  notices: { key: "id" },
  incidents: { key: "id", json: ["alarms"] },
  incidentDeliveries: {
    key: "id",
    uniques: [{ name: "incident_deliveries_recipient", columns: ["incidentId", "channel", "recipient"] }],
  },
  noticeReads: {
    key: "id",
    uniques: [{ name: "notice_reads_pair", columns: ["noticeId", "accountId"] }],
  },
  outbox: { key: "id", sequence: "seq" },
  keys: { key: "id", json: ["jwk"] },
  leases: { key: "name" },
} as const satisfies { readonly [T in TableName]: TableRules<Records[T]> };
