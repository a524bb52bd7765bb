import { ApiProblem } from "../domain/api-problem.ts";
import { sha256 } from "../domain/secret.ts";
import { endLineage, findToken, rotate, successorSecrets } from "./refresh-rotation.ts";
import type { Service } from "./service.ts";
import { grantFor } from "./sessions.ts";

/**
 * Exchanges a refresh token for a new pair. It does not count as activity: a page that only refreshes is idle.
 * @throws {session_expired} @throws {session_locked} @throws {refresh_reused}
 */
export const refreshToken: Service<"refreshToken"> = async (call, { refreshToken: presented }) => {
  const { store } = call.ports;
  const hash = await sha256(presented);
  const held = await store.transaction(async (transaction) => {
    const found = await findToken(call, transaction, hash);
    if (found?.own && found.person.active) return found;
    // Without its key a fresh token is worth nothing and its session goes on; a used one shows that copies are about.
    if (found?.token.usedAt && found.condition !== "expired") return endLineage(call, transaction, found);
    // A token that never was says nothing about anybody: no row, so that nobody can fill the log with inventions.
    if (!found) return undefined;
    await call.audit(transaction, {
      action: "auth.refresh",
      result: "refused",
      actorId: found.account.id,
      actorName: found.person.name,
      actorRole: found.person.role,
      sessionId: found.session.id,
      reason: found.own ? "account_inactive" : "other_key",
    });
    return undefined;
  });
  if (held && "refused" in held) throw new ApiProblem(held.refused);
  if (!held || held.condition === "expired") throw new ApiProblem("session_expired");
  if (held.condition === "locked") throw new ApiProblem("session_locked");

  const successors = await successorSecrets(call, held.token.id);
  const rotated = await call.transaction((transaction) => rotate(call, transaction, held, successors));
  if ("refused" in rotated) throw new ApiProblem(rotated.refused);
  return grantFor(call, held.account, { session: held.session, refreshToken: rotated.refreshToken });
};
