import type { OwnSession } from "@welby/contract/schemas";
import { formatJst } from "@welby/text";
import { ApiProblem } from "../domain/api-problem.ts";
import type { Service } from "./service.ts";
import { endSession as end } from "./sessions.ts";

/** Where the person is signed in: this session first, the others by their last activity. A locked one can be unlocked, so it counts. */
export const listSessions: Service<"listSessions"> = async (call) => {
  const { accountId, session: own } = call.actor;
  const sessions = await call.transaction((transaction) =>
    transaction.sessions.list(
      { accountId, endedAt: null, absoluteExpiresAt: { after: call.ports.clock.now() } },
      { orderBy: ["lastSeenAt", "createdAt"], descending: true },
    ),
  );
  const items = sessions.map((session) => ({
    id: session.id as OwnSession["id"],
    deviceLabel: session.deviceLabel,
    createdAt: formatJst(session.createdAt),
    lastSeenAt: formatJst(session.lastSeenAt),
    current: session.id === own.id,
  }));
  return { items: [...items.filter(({ current }) => current), ...items.filter(({ current }) => !current)] };
};

/**
 * Ends one of the own sessions. One that has ended already is answered alike, so the call may be repeated;
 * somebody else's is as missing as one that never was. @throws {not_found}
 */
export const endSession: Service<"endSession"> = async (call, { sessionId }) => {
  const { accountId } = call.actor;
  await call.transaction(async (transaction) => {
    const session = await transaction.sessions.get({ id: sessionId, accountId });
    if (!session) throw new ApiProblem("not_found");
    if (!(await end(transaction, session.id, "ended_by_owner", call.ports.clock.now()))) return;
    await call.audit(transaction, {
      action: "account.session_ended",
      result: "ok",
      targetType: "session",
      targetId: session.id,
    });
  });
  return undefined;
};
