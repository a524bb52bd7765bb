import type { Store } from "@welby/backend/ports";
import { demoSignIns, institutions } from "@welby/backend/seed";
import { UnusableOptions } from "./options.ts";

/**
 * Refuses a database that holds the demo: its passwords and its TOTP secret stand in the README.
 * @throws UnusableOptions
 */
export async function refuseDemoData(store: Store): Promise<void> {
  const found = await store.transaction(async (transaction) => {
    const demoInstitutions = await transaction.institutions.count({
      id: { in: Object.values(institutions).map(({ id }) => id) },
    });
    const demoAccounts = await transaction.loginIds.count({
      value: { in: demoSignIns.map(({ loginId }) => loginId) },
    });
    const demoClients = await transaction.partnerClients.count({
      clientId: { in: demoSignIns.map(({ clientId }) => clientId) },
    });
    return demoInstitutions + demoAccounts + demoClients;
  });
  if (found > 0) {
    throw new UnusableOptions(
      "Production mode refuses this database: it holds the demo's accounts. Start with an empty one.",
    );
  }
}
