import { ApiProblem } from "../domain/api-problem.ts";
import type { InstitutionRecord, PartnerClientRecord } from "../ports/records.ts";
import type { Exchange } from "./exchange.ts";

const CLIENT_ID = /^[A-Za-z0-9][\w.-]{0,63}$/;

/** The partner client that a request names, with its institution; undefined when it names none that exists. */
export async function findClient({
  request,
  context,
}: Exchange): Promise<{ client: PartnerClientRecord; institution: InstitutionRecord } | undefined> {
  const clientId = request.headers.get("welby-client");
  if (clientId === null || !CLIENT_ID.test(clientId)) return undefined;
  return context.ports.store.transaction(
    async (transaction) => {
      const client = await transaction.partnerClients.get({ clientId });
      const institution = client && (await transaction.institutions.get({ id: client.institutionId }));
      return institution && { client, institution };
    },
    { atomic: false },
  );
}

/** @throws {client_required} */
export function requireClient<T>(found: T | undefined): T {
  if (found === undefined) throw new ApiProblem("client_required");
  return found;
}
