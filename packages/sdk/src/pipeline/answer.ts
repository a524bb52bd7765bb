import type { ClientRow } from "@welby/contract";
import { statusOf, type ErrorCode } from "@welby/contract/error-codes";
import { problem } from "@welby/contract/schemas";
import type { TransportResponse } from "../transport/transport.ts";
import type { Failure, Outcome } from "./failure.ts";
import { bareOnce } from "../own.ts";
import { FORMS, type Redact } from "./redact.ts";
import { parseRetryAfter } from "./retry-after.ts";

/** Statuses that a gateway in front of the service answers too, in a form of its own. */
const GATEWAY: Readonly<Record<number, ErrorCode>> = {
  408: "timeout",
  413: "payload_too_large",
  429: "rate_limited",
  431: "headers_too_large",
  500: "internal_error",
  502: "internal_error",
  503: "overloaded",
  504: "timeout",
};
const TRANSIENT = new Set([408, 429, 500, 502, 503, 504]);

export interface AnswerContext {
  readonly operation: ClientRow;
  readonly redact: Redact;
  /** The server's time, for a `Retry-After` that is a date. */
  readonly now: number;
}

/** Reads an answer: a result that the contract's schema accepts, or why there is none. */
export function readAnswer(response: TransportResponse, context: AnswerContext): Outcome {
  const { status } = response;
  const outcome: Outcome =
    status >= 200 && status < 300
      ? readResult(response, context.operation)
      : { ok: false, failure: readRefusal(response, context) };
  if (outcome.ok) return outcome;
  const { requestId = context.redact(response.headers["welby-request-id"], FORMS.requestId), ...failure } =
    outcome.failure;
  return { ok: false, failure: { ...failure, status, ...(requestId !== undefined && { requestId }) } };
}

/** Unknown fields are dropped and unknown values of open lists are kept by the schemas; everything else is an error. */
function readResult({ status, headers, body }: TransportResponse, operation: ClientRow): Outcome {
  const { produces } = operation;
  if (produces?.startsWith("text/")) {
    const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
    return status === operation.success && type === produces ? { ok: true, value: body } : unreadable;
  }
  // A captive portal answers 200 to anything; an operation without a result knows its own status only.
  if (!operation.result) return status === operation.success ? { ok: true, value: undefined } : unreadable;
  const json = parseJson(headers["content-type"], body, /^application\/json\s*(;|$)/i);
  if (json === undefined) return unreadable;
  const parsed = operation.result.safeParse(json);
  return parsed.success ? { ok: true, value: parsed.data } : unreadable;
}

const unreadable: Outcome = {
  ok: false,
  failure: { code: "protocol_error", transient: false, ambiguous: true },
};

function readRefusal({ status, headers, body }: TransportResponse, { redact, now }: AnswerContext): Failure {
  const json = parseJson(headers["content-type"], body, /^application\/(problem\+)?json\s*(;|$)/i);
  const fields: Readonly<Record<string, unknown>> =
    typeof json === "object" && json !== null ? { __proto__: null, ...json } : {};
  const code = codeFor(redact(fields["code"], FORMS.code), status);
  const retryAfterMs = parseRetryAfter(headers["retry-after"], now);
  const fieldErrors = part("errors", fields)?.map(({ path, code }) => ({
    path: redact(path, FORMS.path) ?? "",
    code: redact(code, FORMS.code) ?? "invalid",
  }));
  const conflicts = part("conflicts", fields)?.map(({ id, changedBy, ...rest }) => ({
    ...rest,
    id: redact(id, FORMS.requestId) ?? "",
    changedBy: redact(changedBy, /./s) ?? null,
  }));
  const rules = part("rules", fields)?.filter((rule) => redact(rule, FORMS.code) !== undefined);
  const requestId = redact(fields["requestId"], FORMS.requestId);
  const known = fields["code"] === code;
  return {
    code,
    transient: TRANSIENT.has(status) || code === "idempotency_in_flight",
    // A refusal below 500 changed nothing; of the others only a busy service says so itself.
    ambiguous: status < 400 || status === 408 || (status >= 500 && !(status === 503 && known)),
    ...(requestId !== undefined && { requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(fieldErrors && { fieldErrors }),
    ...(conflicts && { conflicts }),
    ...(rules && { rules }),
  };
}

/** The HTTP status wins: a body that names a code of another status is not the service's. A newer code is kept. */
function codeFor(code: string | undefined, status: number): string {
  if (code !== undefined && status >= 400 && (statusOf(code) ?? status) === status) return code;
  return GATEWAY[status] ?? "protocol_error";
}

/** One optional part of a problem. A part that is not in order is left out; the code still tells what happened. */
function part<K extends "errors" | "conflicts" | "rules">(
  name: K,
  fields: Readonly<Record<string, unknown>>,
) {
  const parsed = problem.shape[name].safeParse(fields[name]);
  return (parsed.success ? parsed.data : undefined) as ReturnType<(typeof problem)["parse"]>[K];
}

function parseJson(contentType: string | undefined, body: string, expected: RegExp): unknown {
  if (!expected.test(contentType ?? "")) return undefined;
  try {
    // Without prototypes: a missing field stays missing, whatever Object.prototype says.
    return JSON.parse(body, (_name, value: unknown) => bareOnce(value)) as unknown;
  } catch {
    return undefined;
  }
}
