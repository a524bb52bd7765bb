import type { OperationRow } from "@welby/contract";
import type { Meta } from "@welby/contract/schemas";
import { ApiProblem } from "./domain/api-problem.ts";
import { serverNonce } from "./domain/nonce.ts";
import { toResponse, type Answer } from "./http/answer.ts";
import { authenticate } from "./http/authenticate.ts";
import { authorize, checkStepUp } from "./http/authorize.ts";
import { createCall } from "./http/call.ts";
import { findClient, requireClient } from "./http/client.ts";
import { admitOrigin, corsHeaders, isPreflight, preflight } from "./http/cors.ts";
import { usesDpop, type Exchange, type HttpContext } from "./http/exchange.ts";
import { createGate } from "./http/gate.ts";
import { idempotencyKey, keyedRequest, Replay } from "./http/idempotency.ts";
import { readInput } from "./http/input.ts";
import { checkHeaderSize } from "./http/limits.ts";
import { silentLog, type Log } from "./log.ts";
import { problemAnswer } from "./http/problem.ts";
import { successAnswer } from "./http/result.ts";
import { createRoutes, type Match, type Routes } from "./http/routes.ts";
import type { Ports } from "./ports/index.ts";
import { services } from "./services/index.ts";
import { sealAudit, type AuditHead } from "./services/audit-sealer.ts";
import { verifyAudit, type AuditVerification } from "./services/audit-verification.ts";
import { deliverOutbox } from "./services/outbox.ts";
import { deliverWebhooks } from "./services/webhook-delivery.ts";
import { setLegalHold } from "./services/retention.ts";
import type { Call, ServerCall, ServerInfo } from "./services/service.ts";
import { scheduledWork, type ScheduledWork } from "./services/scheduled-work.ts";
import { defaultSecurityContact } from "./services/security-txt.ts";
import { sweep } from "./services/sweep.ts";

export interface BackendOptions {
  /** Public base URLs under which the API is reached; a DPoP proof may name these and no others. Never read from `Host`. */
  readonly baseUrls: readonly string[];
  readonly environment: ServerInfo["environment"];
  /** Where the data is, as the operator states it; null for "not stated". */
  readonly dataLocation: string | null;
  readonly version: string;
  /** `iss` and `aud` of access tokens. */
  readonly issuer: string;
  /** Who else gets data; nobody unless set. */
  readonly subProcessors?: Meta["subProcessors"];
  /** URI to which vulnerabilities are reported, e.g. `mailto:security@example.jp`; the domain's security@ mailbox unless set. */
  readonly securityContact?: string;
  readonly log?: Log;
}

export interface Backend {
  /** Answers one request; `ip` is the caller's address as the server's configuration trusts it. */
  readonly fetch: (request: Request, info?: { readonly ip?: string }) => Promise<Response>;
  /** Prepares and hands over the messages that are due, and says how many were handed over. Call it often. */
  readonly deliverOutbox: () => Promise<number>;
  /** Posts the events that are due to partners' endpoints, and says how many were taken. Call it often, beside `deliverOutbox`: an endpoint may be slow. */
  readonly deliverWebhooks: () => Promise<number>;
  /** Deletes what has no use any more (old proofs, keys of repeated requests, dead tokens), now and whoever else does it. */
  readonly sweep: () => Promise<void>;
  /** Keeps the data of a patient whatever their time, as for a court; a `reason` of null lets go of them again. For the operator. */
  readonly setLegalHold: (hold: {
    readonly patientId: string;
    readonly reason: string | null;
  }) => Promise<void>;
  /** Seals what was written to the audit log since the last time, and says how many events. Call it each second. */
  readonly sealAudit: () => Promise<number>;
  /** Reads the whole audit log and compares it with its seals. @param known heads of an earlier run, kept elsewhere */
  readonly verifyAudit: (known?: readonly AuditHead[]) => Promise<AuditVerification>;
  /** Everything that has to be done now and then. Repeat each; of several instances one does what one can do for all. */
  readonly scheduledWork: readonly ScheduledWork[];
}

/**
 * Makes the API: a function from `Request` to `Response` over ports, with its routes from the contract table.
 * @example
 * const backend = createBackend(ports, { baseUrls: ["https://api.example.jp"], issuer: "https://api.example.jp",
 *   environment: "sandbox", dataLocation: null, version: "0.1.0" });
 * const response = await backend.fetch(new Request("https://api.example.jp/health"));
 */
export function createBackend(ports: Ports, options: BackendOptions): Backend {
  const {
    baseUrls,
    environment,
    dataLocation,
    version,
    issuer,
    subProcessors = [],
    log = silentLog,
  } = options;
  const publicUrls = baseUrls.map((url) => url.replace(/\/+$/, ""));
  const baseUrl = publicUrls[0] ?? issuer;
  const server: ServerInfo = {
    environment,
    dataLocation,
    version,
    baseUrl,
    issuer,
    subProcessors,
    securityContact: options.securityContact ?? defaultSecurityContact(baseUrl),
  };
  const hashing = createGate(ports.hasher.capacity ?? Infinity);
  const context: HttpContext = { ports, server, baseUrls: publicUrls, log, hashing };
  const routes = createRoutes();
  return {
    fetch: (request, { ip = null }: { ip?: string | null } = {}) => answer(context, routes, request, ip),
    deliverOutbox: () => deliverOutbox(ports, log),
    deliverWebhooks: () => deliverWebhooks(ports, log),
    sweep: () => sweep(ports),
    setLegalHold: (hold) => setLegalHold(ports, hold),
    sealAudit: () => sealAudit(ports),
    verifyAudit: (known) => verifyAudit(ports, known),
    scheduledWork: scheduledWork(ports, log),
  };
}

/** Never rejects: what goes wrong is an answer too. */
async function answer(
  context: HttpContext,
  routes: Routes,
  request: Request,
  ip: string | null,
): Promise<Response> {
  const startedAt = context.ports.clock.now();
  const exchange: Exchange = {
    context,
    request,
    path: new URL(request.url).pathname,
    requestId: context.ports.random.uuid(),
    ip,
    operation: null,
    client: null,
    allowedOrigin: null,
  };
  let result: Answer;
  try {
    result = await respond(exchange, routes);
  } catch (error) {
    result = error instanceof Replay ? error.answer : problemAnswer(error, exchange);
  }
  context.log("info", "request", {
    requestId: exchange.requestId,
    operation: exchange.operation?.id ?? null,
    client: exchange.client?.clientId ?? null,
    method: request.method,
    status: result.status,
    ms: context.ports.clock.now().getTime() - startedAt.getTime(),
  });
  const headers = {
    date: startedAt.toUTCString(),
    "welby-request-id": exchange.requestId,
    ...corsHeaders(exchange),
    ...(await nonceHeader(exchange)),
  };
  return toResponse(result, headers, request.method !== "HEAD");
}

async function respond(exchange: Exchange, routes: Routes): Promise<Answer> {
  const { request, path } = exchange;
  checkHeaderSize(request.headers);
  if (isPreflight(exchange)) return preflight(exchange);
  const match = routes.match(request.method, path);
  exchange.operation = match?.operation ?? null;
  if (match?.operation.clientless) {
    await admitOrigin(exchange);
    return document(exchange, match.operation);
  }
  const found = await findClient(exchange);
  exchange.client = found?.client ?? null;
  await admitOrigin(exchange);
  if (match) return perform(exchange, match, requireClient(found));

  const allow = routes.allowed(path);
  if (allow.length === 0) throw new ApiProblem("not_found");
  if (request.method === "OPTIONS") return { status: 204, headers: { allow: allow.join(", ") } };
  return {
    ...problemAnswer(new ApiProblem("method_not_allowed"), exchange),
    headers: { allow: allow.join(", ") },
  };
}

/** A document for machines: no client, no person, no input. */
async function document({ context, requestId }: Exchange, operation: OperationRow): Promise<Answer> {
  const call: ServerCall = { ports: context.ports, server: context.server, requestId };
  return successAnswer(operation, await run(operation, call, {}));
}

/** The way of one call: authenticate, authorize, parse, step-up, idempotency, service, answer. */
async function perform(
  exchange: Exchange,
  { operation, params }: Match,
  found: NonNullable<Awaited<ReturnType<typeof findClient>>>,
): Promise<Answer> {
  const { context, request } = exchange;
  const caller = await authenticate(exchange, operation, found);
  const call = await createCall({ exchange, operation, ...found, caller });
  await authorize(call, operation);
  const input = await readInput(request, operation, params);
  checkStepUp(call, operation);

  const key = idempotencyKey(operation, request.headers);
  if (key === undefined || !call.actor)
    return successAnswer(operation, await serve(context, operation, call, input.parsed));
  const keyed = await keyedRequest(context.ports, operation, call.actor, key, input.sent);
  await keyed.replayIfKnown();
  const keyedCall: Call = { ...call, transaction: (work) => keyed.transaction(work) };
  const result = await serve(context, operation, keyedCall, input.parsed);
  // What was kept is what is answered, now and every time.
  return keyed.kept() ?? successAnswer(operation, result);
}

function serve(
  { hashing }: HttpContext,
  operation: OperationRow,
  call: Call,
  input: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const work = () => run(operation, call, input);
  return operation.errors?.includes("overloaded") ? hashing(work) : work();
}

type AnyService = (call: ServerCall, input: Readonly<Record<string, unknown>>) => Promise<unknown>;

function run(
  operation: OperationRow,
  call: ServerCall,
  input: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  // The table of services is complete and typed; only the way from a row to its service cannot be.
  return (services[operation.id] as unknown as AnyService)(call, input);
}

/** A fresh nonce with every answer to a DPoP client, so that the next proof needs no second try. */
async function nonceHeader({ client, context }: Exchange): Promise<Record<string, string>> {
  if (!client || !usesDpop(client)) return {};
  try {
    const key = await context.ports.keys.mac("nonce");
    return { "dpop-nonce": await serverNonce(key, context.ports.clock.now()) };
  } catch {
    // The answer itself already says what is wrong with the store.
    return {};
  }
}
