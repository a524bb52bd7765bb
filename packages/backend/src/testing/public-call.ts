import type { OperationId } from "@welby/contract";
import type { Ports } from "../ports/index.ts";
import type { InstitutionRecord, PartnerClientRecord } from "../ports/records.ts";
import type { Call } from "../services/service.ts";

/** The partner client that tests of services call by. */
export function testPortal(institutionId: string): PartnerClientRecord {
  return {
    clientId: "test-portal",
    institutionId,
    name: "試験ポータル",
    allowedOrigins: ["https://portal.example.jp"],
    tokenBinding: "dpop",
    rpId: "portal.example.jp",
    urls: {
      passwordReset: "https://portal.example.jp/reset",
      invitation: "https://portal.example.jp/",
      registration: "https://portal.example.jp/register",
    },
    webhookEndpoints: [],
  };
}

/**
 * A call of somebody who is not signed in, as the HTTP layer would hand it to a service.
 * @example await signIn(publicCall(ports, institution, "signIn"), { audience: "staff", loginId, password });
 */
export function publicCall(ports: Ports, institution: InstitutionRecord, operationId: OperationId): Call {
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
      securityContact: "mailto:security@example.jp",
    },
    operationId,
    client: testPortal(institution.id),
    institution,
    actor: null,
    keyThumbprint: "thumbprint",
    requestId,
    ip: null,
    userAgent: "test",
    transaction: (work) => ports.store.transaction(work),
    audit: (transaction, entry) =>
      transaction.audit.insert({
        id: ports.random.uuid(),
        at: ports.clock.now(),
        institutionId: institution.id,
        actorId: null,
        actorName: null,
        actorRole: null,
        sessionId: null,
        targetType: null,
        targetId: null,
        reason: null,
        details: {},
        ...entry,
        ip: null,
        userAgentHash: null,
        requestId,
      }),
  };
}
