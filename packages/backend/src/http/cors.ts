import { ApiProblem } from "../domain/api-problem.ts";
import type { Answer } from "./answer.ts";
import type { Exchange } from "./exchange.ts";
import { allMethods } from "./routes.ts";

const ALLOWED_HEADERS =
  "Authorization, DPoP, Welby-Client, Idempotency-Key, If-Match, Content-Type, traceparent";
const EXPOSED_HEADERS =
  "ETag, DPoP-Nonce, WWW-Authenticate, Retry-After, Date, Content-Disposition, Welby-Request-Id, Idempotency-Replayed";
const PREFLIGHT_SEC = 600;

/** A preflight shows header names only, so it is answered from the origins of all clients. */
export function isPreflight({ request }: Exchange): boolean {
  return (
    request.method === "OPTIONS" &&
    request.headers.has("origin") &&
    request.headers.has("access-control-request-method")
  );
}

/** @throws {origin_not_allowed} */
export async function preflight(exchange: Exchange): Promise<Answer> {
  await admitOrigin(exchange);
  return {
    status: 204,
    headers: {
      "access-control-allow-methods": allMethods.join(", "),
      "access-control-allow-headers": ALLOWED_HEADERS,
      "access-control-max-age": String(PREFLIGHT_SEC),
    },
  };
}

/**
 * Lets the request's origin in: by the list of its own client, or by all lists while no client is known.
 * A request without `Origin` passes unless the browser says that it comes from another site.
 * @throws {origin_not_allowed}
 */
export async function admitOrigin(exchange: Exchange): Promise<void> {
  const { request, client } = exchange;
  const origin = request.headers.get("origin");
  if (origin === null) {
    if (request.headers.get("sec-fetch-site") === "cross-site") throw refuse(exchange, "none");
    return;
  }
  // Exact text only: no patterns, no suffixes, and `null` (sandboxed frames, files) is nobody.
  const listed = client ? client.allowedOrigins : await allOrigins(exchange);
  if (origin === "null" || !listed.includes(origin)) throw refuse(exchange, origin);
  exchange.allowedOrigin = origin;
}

/** What lets a page on an allowed origin read the answer; nothing for everybody else. */
export function corsHeaders({ allowedOrigin }: Exchange): Record<string, string> {
  if (allowedOrigin === null) return {};
  return { "access-control-allow-origin": allowedOrigin, "access-control-expose-headers": EXPOSED_HEADERS };
}

async function allOrigins({ context }: Exchange): Promise<string[]> {
  const clients = await context.ports.store.transaction((transaction) => transaction.partnerClients.list({}));
  return clients.flatMap((client) => client.allowedOrigins);
}

function refuse({ context, requestId, client }: Exchange, origin: string): ApiProblem {
  // Only a well-formed origin is worth repeating to the operator.
  const shown = /^https?:\/\/[a-z0-9.:[\]-]{1,260}$/i.test(origin) ? origin : "(none)";
  context.log("warn", "A request from an origin that no list names was refused", {
    requestId,
    origin: shown,
    client: client?.clientId ?? null,
    remedy: shown === "(none)" ? "Call the API from a listed origin" : `--allow-origin ${shown}`,
  });
  return new ApiProblem("origin_not_allowed");
}
