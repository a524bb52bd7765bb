import type { Ports } from "../ports/index.ts";
import { serviceAudit } from "../services/service-audit.ts";
import { newKey } from "./new-key.ts";
import { CACHE_MS } from "./stored-keys.ts";

/** The seal of the audit log is not among them: it has to be checked years later. */
const ROTATED = ["sign", "nonce", "refresh"] as const;
/** Longer than any instance goes on without reading the keys, so that all of them know the next one before it is used. */
const ANNOUNCED_MS = CACHE_MS + 30_000;

/**
 * Replaces the keys that sign access tokens, nonces and refresh successors. The new ones are published at once and used a
 * minute and a half later; what the old ones made is accepted while it lives. Nobody is signed out.
 * @returns when the new keys begin to be used
 * @example const { usedFrom } = await rotateKeys(ports);
 */
export async function rotateKeys({
  store,
  clock,
  random,
}: Pick<Ports, "store" | "clock" | "random">): Promise<{ readonly usedFrom: Date }> {
  const fresh = await Promise.all(ROTATED.map((use) => newKey(use, clock, random)));
  const usedFrom = new Date(clock.now().getTime() + ANNOUNCED_MS);
  await store.transaction(async (transaction) => {
    await transaction.lock("keys");
    for (const row of fresh) {
      await transaction.keys.update({ use: row.use, retiredAt: null }, { retiredAt: usedFrom });
      await transaction.keys.insert(row);
    }
    await serviceAudit({ clock, random }, transaction, { action: "keys.rotated", result: "ok" });
  });
  return { usedFrom };
}
