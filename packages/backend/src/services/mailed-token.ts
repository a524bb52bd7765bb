import { ApiProblem } from "../domain/api-problem.ts";
import type { OneTimeSecretRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { countFailure, ipCounter, refuseFor, waitBefore } from "./attempts.ts";
import type { Call } from "./service.ts";

/**
 * Looks up what the token of a mail stands for. A wrong one is written to the log under `action` and counted against the
 * address that sent it. @throws {token_invalid} @throws {rate_limited}
 */
export async function findByToken<T>(
  call: Call,
  action: string,
  find: (transaction: Transaction) => Promise<T | undefined>,
): Promise<T> {
  const { store, clock } = call.ports;
  const counters = ipCounter(call.ip);
  const outcome = await store.transaction(async (transaction) => {
    const wait = await waitBefore(transaction, counters, clock.now());
    if (wait !== null) return { wait };
    const found = await find(transaction);
    if (found !== undefined) return { found };
    await call.audit(transaction, { action, result: "refused", reason: "token_invalid" });
    return { wait: await countFailure(transaction, counters, clock.now()) };
  });
  if ("found" in outcome) return outcome.found;
  refuseFor(outcome.wait);
  throw new ApiProblem("token_invalid");
}

/** The secret behind a token, while it lives and comes back to the client whose page it was mailed for. */
export async function liveSecret(
  call: Call,
  transaction: Transaction,
  hash: string,
  purpose: OneTimeSecretRecord["purpose"],
): Promise<OneTimeSecretRecord | undefined> {
  const secret = await transaction.oneTimeSecrets.get({ hash, purpose, usedAt: null });
  const alive = secret && secret.expiresAt > call.ports.clock.now();
  return alive && secret.data["clientId"] === call.client.clientId ? secret : undefined;
}

/** Uses a secret up, in one guarded update: of many at once, one is true and the others false. */
export async function useUp(
  transaction: Transaction,
  { id }: OneTimeSecretRecord,
  now: Date,
): Promise<boolean> {
  const unused = { id, usedAt: null, expiresAt: { after: now } } as const;
  return (await transaction.oneTimeSecrets.update(unused, { usedAt: now })) === 1;
}
