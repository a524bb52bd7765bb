import { sha256 } from "../domain/secret.ts";
import { findOwnToken } from "./refresh-rotation.ts";
import type { Service } from "./service.ts";
import { endSession, endSessions } from "./sessions.ts";

/** Ends this session, or all of the person; answers the same for a token that is dead or unknown. */
export const signOut: Service<"signOut"> = async (call, { refreshToken, scope }) => {
  const hash = await sha256(refreshToken);
  await call.transaction(async (transaction) => {
    const held = await findOwnToken(call, transaction, hash);
    if (!held || held.condition === "expired") return;
    const { session, account, person } = held;
    const now = call.ports.clock.now();
    if (scope === "all") await endSessions(transaction, account.id, "signed_out", now);
    else if (!(await endSession(transaction, session.id, "signed_out", now))) return;
    await call.audit(transaction, {
      action: "auth.sign_out",
      result: "ok",
      actorId: account.id,
      actorName: person.name,
      actorRole: person.role,
      sessionId: session.id,
      details: { scope },
    });
  });
  return undefined;
};
