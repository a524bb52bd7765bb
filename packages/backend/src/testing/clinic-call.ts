import type { OperationId } from "@welby/contract";
import type { Ports } from "../ports/index.ts";
import type { PartnerClientRecord, SessionRecord } from "../ports/records.ts";
import type { ClinicCall } from "../services/service.ts";

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
  const client: PartnerClientRecord = {
    clientId: "test-portal",
    institutionId: institution.id,
    name: "試験ポータル",
    allowedOrigins: ["https://portal.example.jp"],
    tokenBinding: "dpop",
    rpId: "portal.example.jp",
    urls: {
      passwordReset: "https://portal.example.jp/reset",
      invitation: "https://portal.example.jp/",
      registration: "https://portal.example.jp/register",
    },
  };
  const session: SessionRecord = {
    id: ports.random.uuid(),
    accountId: staff.accountId,
    clientId: client.clientId,
    keyThumbprint: "thumbprint",
    deviceLabel: "",
    authenticatedAt: now,
    amr: ["pwd"],
    createdAt: now,
    lastSeenAt: now,
    absoluteExpiresAt: new Date(now.getTime() + 3_600_000),
    restricted: false,
    endedAt: null,
    endReason: null,
  };
  const requestId = ports.random.uuid();
  return {
    ports,
    server: {
      version: "0.1.0",
      environment: "mock",
      dataLocation: null,
      issuer: "https://api.example.jp",
      baseUrl: "https://api.example.jp",
      subProcessors: [],
    },
    operationId,
    client,
    institution,
    actor: {
      accountId: staff.accountId,
      kind: "staff",
      role: staff.role,
      institutionId: institution.id,
      staffId: staff.id,
      patientId: null,
      name: staff.nameText,
      session,
    },
    keyThumbprint: session.keyThumbprint,
    requestId,
    ip: "192.0.2.1",
    userAgent: "test",
    transaction: (work) => ports.store.transaction(work),
    audit: (transaction, entry) =>
      transaction.audit.insert({
        id: ports.random.uuid(),
        at: ports.clock.now(),
        institutionId: institution.id,
        actorId: staff.accountId,
        actorName: staff.nameText,
        actorRole: staff.role,
        sessionId: session.id,
        targetType: null,
        targetId: null,
        reason: null,
        details: {},
        ...entry,
        ip: "192.0.2.1",
        userAgentHash: null,
        requestId,
      }),
  };
}
