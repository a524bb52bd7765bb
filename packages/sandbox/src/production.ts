import type { Store } from "@welby/backend/ports";
import { demoSignIns, demoTotp, institutions } from "@welby/backend/seed";
import { isPlainBeyondLoopback } from "./production-options.ts";
import { UnusableOptions } from "./unusable-options.ts";

/**
 * Refuses a database that is not fit for patients' data: one that holds the demo, whose passwords and TOTP secret stand in the
 * README, or a partner client whose pages or endpoints are reached by plain http.
 * @throws UnusableOptions
 */
export async function refuseUnfitData(store: Store): Promise<void> {
  if ((await demoRows(store)) > 0) {
    throw new UnusableOptions(
      "Production mode refuses this database: it holds the demo's accounts. Start with an empty one.",
    );
  }
  const clients = await store.transaction((transaction) => transaction.partnerClients.list({}));
  for (const { clientId, allowedOrigins, urls, webhookEndpoints } of clients) {
    const addresses = [
      ...allowedOrigins,
      ...Object.values<string>(urls),
      ...webhookEndpoints.map(({ url }) => url),
    ];
    if (addresses.some(isPlainBeyondLoopback)) {
      throw new UnusableOptions(
        `Production mode refuses plain http beyond this machine: the client ${clientId} has such an address.`,
      );
    }
  }
}

function demoRows(store: Store): Promise<number> {
  return store.transaction(async (transaction) => {
    const demoInstitutions = await transaction.institutions.count({
      id: { in: Object.values(institutions).map(({ id }) => id) },
    });
    const demoAccounts = await transaction.loginIds.count({
      value: { in: demoSignIns.map(({ loginId }) => loginId) },
    });
    const demoClients = await transaction.partnerClients.count({
      clientId: { in: demoSignIns.map(({ clientId }) => clientId) },
    });
    const demoFactors = await transaction.factors.count({ totpSecret: demoTotp.secret });
    return demoInstitutions + demoAccounts + demoClients + demoFactors;
  });
}
