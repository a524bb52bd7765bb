import type { TableName } from "@welby/backend/ports";

/** The role under which everything of the service runs: sees all rows, changes no schema, and cannot touch what was logged. */
export const SERVICE_ROLE = "welby_service";
/** The role of one tenant's work: sees and takes the rows of the institution that `TENANT_SETTING` names, and no others. */
export const TENANT_ROLE = "welby_tenant";
export const TENANT_SETTING = "welby.institution";

/**
 * What makes a row a tenant's own:
 * - `column`: the column holds the institution's id
 * - `account`: `account_id` belongs to one of its staff; `session`: `session_id` does
 * - `condition`: SQL of its own, apart for what is read and what is written (nothing, when it has none)
 * - `shared`: rows of nobody, under keys that cannot be guessed
 * - `none`: the service's own; no tenant's work has anything to do with it
 */
export type Tenancy =
  | { readonly column: string }
  | { readonly by: "account" | "session" }
  | { readonly read: string; readonly write?: string }
  | "shared"
  | "none";

const TENANT = `current_setting('${TENANT_SETTING}')`;
const ownStaff = (account: string) =>
  `exists (select from accounts a where a.id = ${account} and a.institution_id = ${TENANT})`;

/** The rule of every table; one without a rule does not compile. */
export const tenancy: { readonly [T in TableName]: Tenancy } = {
  institutions: { column: "id" },
  partnerClients: { column: "institution_id" },
  accounts: { column: "institution_id" },
  factors: { by: "account" },
  recoveryCodes: { by: "account" },
  // Where a patient can be reached is shown to whom the patient is linked to; only staff of its own gets new addresses.
  loginIds: {
    read: `realm = 'staff:' || ${TENANT} or exists (select from patients p where p.account_id = login_ids.account_id)`,
    write: `realm = 'staff:' || ${TENANT}`,
  },
  staff: { column: "institution_id" },
  // The policy of the links holds inside this one too, so that it finds the links of this institution only.
  patients: {
    read: `exists (select from patient_links l where l.institution_id = ${TENANT} and l.patient_id = patients.id)`,
  },
  consents: { column: "institution_id" },
  patientLinks: { column: "institution_id" },
  groups: { column: "institution_id" },
  categories: { column: "institution_id" },
  memberships: { column: "institution_id" },
  sessions: { by: "account" },
  refreshTokens: { by: "session" },
  oneTimeSecrets: { by: "account" },
  throttles: "shared",
  knownDevices: { by: "account" },
  proofReplays: "shared",
  idempotency: "shared",
  audit: { column: "institution_id" },
  auditSeals: { read: `chain = ${TENANT}` },
  auditChains: "none",
  notices: { read: `institution_id is null or institution_id = ${TENANT}` },
  noticeReads: { by: "account" },
  incidents: { read: `institution_id = ${TENANT}` },
  incidentDeliveries: { read: `institution_id = ${TENANT}` },
  outbox: { column: "institution_id" },
  keys: "none",
  leases: "none",
};

/** The conditions of a rule in SQL; undefined for a table without any. */
export function conditions(rule: Tenancy): { read: string; write: string | undefined } | undefined {
  if (rule === "shared" || rule === "none") return undefined;
  if ("column" in rule) return same(`${rule.column} = ${TENANT}`);
  if ("read" in rule) return { read: rule.read, write: rule.write };
  if (rule.by === "account") return same(ownStaff("account_id"));
  return same(`exists (select from sessions s where s.id = session_id and ${ownStaff("s.account_id")})`);
}

const same = (condition: string) => ({ read: condition, write: condition });
