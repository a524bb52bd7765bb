import { formatJst } from "@welby/text";
import { passwordPolicyOf } from "../domain/password.ts";
import { clockSkew } from "./clock-skew.ts";
import type { Service } from "./service.ts";

const NAME = "Welby partner API (proposal)";

export const getMeta: Service<"getMeta"> = async ({ server, ports }) => ({
  name: NAME,
  version: server.version,
  environment: server.environment,
  dataLocation: server.dataLocation,
  serverTime: formatJst(ports.clock.now(), { ms: true }),
  subProcessors: server.subProcessors,
});

export const getPasswordPolicy: Service<"getPasswordPolicy"> = async ({ institution }) =>
  passwordPolicyOf(institution);

/** Answers also while the database does not: that is what it is asked for. */
export const getHealth: Service<"getHealth"> = async ({ ports }) => {
  try {
    const skew = await clockSkew(ports);
    const outboxDepth = await ports.store.transaction(
      (transaction) => transaction.outbox.count({ status: "queued" }),
      { watching: true, atomic: false },
    );
    return {
      status: skew?.tooFar ? "degraded" : "ok",
      checks: { database: "ok", clockSkewMs: skew?.skewMs ?? null, outboxDepth },
    };
  } catch {
    return { status: "degraded", checks: { database: "failed", clockSkewMs: null, outboxDepth: 0 } };
  }
};

/** Loaded when it is asked for: the generator has no place in a browser that runs the mock. */
export const getOpenApi: Service<"getOpenApi"> = async ({ server }) => {
  const { createOpenApiDocument } = await import("@welby/contract/openapi");
  return createOpenApiDocument({ version: server.version, serverUrl: server.baseUrl });
};

export const getJwks: Service<"getJwks"> = async ({ ports }) => ({ ...(await ports.keys.jwks()) });
