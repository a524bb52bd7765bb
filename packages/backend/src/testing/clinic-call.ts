import type { OperationId } from "@welby/contract";
import type { Ports } from "../ports/index.ts";
import type { SessionRecord } from "../ports/records.ts";
import type { ClinicCall } from "../services/service.ts";
import { publicCall } from "./public-call.ts";

/**
 * A call as the HTTP layer would hand it to a service, for tests of services alone: no request, no token, no idempotency.
 * @example await createGroup(await clinicCall(ports, staffId, "createGroup"), { name: "外来A" });
 */
export async function clinicCall(
  ports: Ports,
  staffId: string,
  operationId: OperationId,
): Promise<ClinicCall> {
  const { staff, institution } = await ports.store.transaction(async (transaction) => {
    const staff = await transaction.staff.get({ id: staffId });
    return { staff, institution: await transaction.institutions.get({ id: staff?.institutionId ?? "" }) };
  });
  if (!staff || !institution) throw new Error("No such member");
  const now = ports.clock.now();
  const call = publicCall(ports, institution, operationId);
  const session: SessionRecord = {
    id: ports.random.uuid(),
    accountId: staff.accountId,
    clientId: call.client.clientId,
    keyThumbprint: "thumbprint",
    deviceLabel: "",
    authenticatedAt: now,
    amr: ["pwd"],
    createdAt: now,
    lastSeenAt: now,
    absoluteExpiresAt: new Date(now.getTime() + 3_600_000),
    restriction: null,
    endedAt: null,
    endReason: null,
  };
  const actor = {
    accountId: staff.accountId,
    kind: "staff",
    role: staff.role,
    institutionId: institution.id,
    staffId: staff.id,
    patientId: null,
    name: staff.nameText,
    session,
  } as const;
  return {
    ...call,
    actor,
    ip: "192.0.2.1",
    transaction: (work) => ports.store.transaction(work, { institutionId: institution.id }),
    audit: (transaction, entry) =>
      call.audit(transaction, {
        actorId: actor.accountId,
        actorName: actor.name,
        actorRole: actor.role,
        sessionId: session.id,
        ...entry,
      }),
  };
}
