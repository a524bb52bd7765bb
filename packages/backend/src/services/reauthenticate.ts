import { passwordForm } from "@welby/contract/policy";
import { ApiProblem } from "../domain/api-problem.ts";
import { sha256 } from "../domain/secret.ts";
import { accountRule } from "../domain/throttle.ts";
import { clearFailures, countFailure, ipCounter, refuseFor, waitBefore, type Counter } from "./attempts.ts";
import { findOwnToken, rotate, successorSecrets } from "./refresh-rotation.ts";
import type { Service } from "./service.ts";
import { grantFor } from "./sessions.ts";

/**
 * The password once more: unlocks a locked session and satisfies a step-up. A wrong password leaves the session as it is.
 * @throws {invalid_credentials} @throws {session_expired} @throws {refresh_reused} @throws {rate_limited} @throws {overloaded}
 */
export const reauthenticate: Service<"reauthenticate"> = async (call, { refreshToken, password }) => {
  const { store, clock, hasher } = call.ports;
  const hash = await sha256(refreshToken);
  const held = await store.transaction((transaction) => findOwnToken(call, transaction, hash));
  if (!held || held.condition === "expired") throw new ApiProblem("session_expired");
  const { session, account, person, token } = held;

  // Counted by session: whoever can try here holds the session's token and key, and must not lock out anybody else.
  const own: Counter = { key: `session:${session.id}`, rule: accountRule };
  const counters = [...ipCounter(call.ip), own];
  refuseFor(await store.transaction((transaction) => waitBefore(transaction, counters, clock.now())));
  const right = await hasher.verify(account.passwordHash, passwordForm(password));

  const who = {
    action: "auth.reauthenticate",
    actorId: account.id,
    actorName: person.name,
    actorRole: person.role,
    sessionId: session.id,
  } as const;
  const successors = await successorSecrets(call, token.id);
  const outcome = await call.transaction(async (transaction) => {
    const now = clock.now();
    const wait = right
      ? (await clearFailures(transaction, counters, [own.key], now)).wait
      : await countFailure(transaction, counters, now);
    if (wait !== null) return { wait };
    const rotated = right
      ? await rotate(call, transaction, held, successors)
      : { refused: "invalid_credentials" as const };
    if ("refused" in rotated) {
      await call.audit(transaction, { ...who, result: "refused", reason: rotated.refused });
      return rotated;
    }
    const changes = { authenticatedAt: now, lastSeenAt: now };
    // The account's credentials or the session may have ended while the password was being checked.
    const alive =
      (await transaction.accounts.count({ id: account.id, credentialVersion: account.credentialVersion })) ===
        1 && (await transaction.sessions.update({ id: session.id, endedAt: null }, changes)) === 1;
    if (!alive) return { refused: "session_expired" as const };
    await call.audit(transaction, { ...who, result: "ok" });
    return { refreshToken: rotated.refreshToken, session: { ...session, ...changes } };
  });
  if ("wait" in outcome) throw new ApiProblem("rate_limited", { retryAfterSec: outcome.wait });
  if ("refused" in outcome) throw new ApiProblem(outcome.refused);
  return grantFor(call, account, outcome);
};
