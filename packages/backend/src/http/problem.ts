import type { Problem } from "@welby/contract/schemas";
import { ApiProblem } from "../domain/api-problem.ts";
import { HasherOverloaded } from "../ports/hasher.ts";
import { StoreUnavailable } from "../ports/store.ts";
import type { Answer } from "./answer.ts";
import type { Exchange } from "./exchange.ts";
import { usesDpop } from "./exchange.ts";
import { describeError } from "../log.ts";

const STORE_RETRY_SEC = 5;

/** Turns whatever was thrown into problem+json (RFC 9457); what nobody expected says nothing but `internal_error`. */
export function problemAnswer(thrown: unknown, exchange: Exchange): Answer {
  const problem = asProblem(thrown, exchange);
  const { code, status, details } = problem;
  const body: Problem = {
    type: `urn:welby:problem:${code}`,
    title: code.replaceAll("_", " "),
    status,
    code,
    requestId: exchange.requestId,
    ...(details.errors && { errors: [...details.errors] }),
    ...(details.conflicts && { conflicts: [...details.conflicts] }),
    ...(details.rules && { rules: [...details.rules] }),
  };
  return {
    status,
    body,
    mediaType: "application/problem+json",
    headers: {
      ...(details.retryAfterSec !== undefined && { "retry-after": String(details.retryAfterSec) }),
      ...(status === 401 && { "www-authenticate": challenge(problem, exchange) }),
    },
  };
}

function asProblem(thrown: unknown, { context, requestId, operation }: Exchange): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown;
  if (thrown instanceof HasherOverloaded)
    return new ApiProblem("overloaded", { retryAfterSec: thrown.retryAfterSec });
  const unavailable = thrown instanceof StoreUnavailable;
  context.log("error", unavailable ? "The store cannot be reached" : "Unexpected error", {
    requestId,
    operation: operation?.id ?? null,
    ...describeError(thrown),
  });
  return unavailable
    ? new ApiProblem("overloaded", { retryAfterSec: STORE_RETRY_SEC })
    : new ApiProblem("internal_error");
}

/** RFC 9110 wants a challenge with every 401; RFC 9449 names what is wrong with a proof. */
function challenge({ code }: ApiProblem, { client }: Exchange): string {
  const dpop = client === null || usesDpop(client);
  const error =
    code === "use_dpop_nonce" || code === "invalid_dpop_proof"
      ? `error="${code}"`
      : code === "token_expired" || code === "session_expired"
        ? 'error="invalid_token"'
        : undefined;
  const parameters = [error, dpop ? 'algs="ES256"' : undefined].filter(Boolean).join(", ");
  return `${dpop ? "DPoP" : "Bearer"}${parameters && ` ${parameters}`}`;
}
