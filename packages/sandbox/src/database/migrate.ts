import { Migrator } from "kysely/migration";
import type { Database } from "../stores/sql/index.ts";
import * as institutions from "./migrations/0001-institutions.ts";
import * as accounts from "./migrations/0002-accounts.ts";
import * as patients from "./migrations/0003-patients.ts";
import * as sessions from "./migrations/0004-sessions.ts";
import * as audit from "./migrations/0005-audit.ts";
import * as service from "./migrations/0006-service.ts";
import * as staffInvitations from "./migrations/0010-staff-invitations.ts";
import * as factors from "./migrations/0011-factors.ts";
import * as ownAccounts from "./migrations/0012-own-accounts.ts";
import * as institutionSettings from "./migrations/0013-institution-settings.ts";
import * as auditChain from "./migrations/0014-audit-chain.ts";
import * as incidents from "./migrations/0014-incidents.ts";
import * as notices from "./migrations/0014-notices.ts";
import * as webhooks from "./migrations/0015-webhooks.ts";
import * as patientSearch from "./migrations/0016-patient-search.ts";
import * as rowSecurity from "./migrations/0017-row-security.ts";

/** Every migration by name. Their order is that of the names; one that was released is never changed. */
const migrations = {
  "0001-institutions": institutions,
  "0002-accounts": accounts,
  "0003-patients": patients,
  "0004-sessions": sessions,
  "0005-audit": audit,
  "0006-service": service,
  "0010-staff-invitations": staffInvitations,
  "0011-factors": factors,
  "0012-own-accounts": ownAccounts,
  "0013-institution-settings": institutionSettings,
  "0014-audit-chain": auditChain,
  "0014-incidents": incidents,
  "0014-notices": notices,
  "0015-webhooks": webhooks,
  "0016-patient-search": patientSearch,
  "0017-row-security": rowSecurity,
};

/**
 * Brings the schema up to date. Several instances may call it at once: one does the work, the others wait.
 * @throws when a migration fails; nothing of it is kept
 */
export async function migrate(database: Database): Promise<void> {
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error)
    throw error instanceof Error
      ? error
      : new Error("The database schema could not be brought up to date", { cause: error });
}
