import type { ClientRow } from "@welby/contract";
import type { Environment } from "../environment.ts";
import { createError, type ErrorDetails } from "../errors/create-error.ts";
import { isWelbyError, type WelbyError } from "../errors/welby-error.ts";
import type { Settings } from "../options.ts";
import { own } from "../own.ts";
import type { ServerClock } from "../session/clock-offset.ts";
import type { Transport, TransportResponse } from "../transport/transport.ts";
import type { CallOptions } from "../types.ts";
import { readAnswer } from "./answer.ts";
import type { Authorize } from "./authorize.ts";
import { createBreaker } from "./breaker.ts";
import { failureOf, type Failure, type Outcome } from "./failure.ts";
import { race } from "./interruption.ts";
import { createRedact } from "./redact.ts";
import { prepareRequest, type Prepared, type PreparedRequest } from "./request.ts";
import { createRetryBudget, retryDelay } from "./retry.ts";
import { limitTime, sleep, type TimeLimit } from "./timeout.ts";

/** What the pipeline needs of the session. */
export interface TokenSource {
  /** The access token. @throws WelbyError when there is none to be had */
  accessToken(): Promise<string>;
  /** A newer access token than the one that was refused. @throws WelbyError */
  renew(refused: string): Promise<string>;
  /** Hears of every answer to a signed-in call: null for success, otherwise its code. */
  answered(code: string | null): void;
  /** Tokens that no error may repeat. */
  secrets(): readonly string[];
  /** Aborted when the session ends: what is under way must not be delivered to the next person. */
  signal(): AbortSignal;
}

export interface PipelineParts {
  readonly settings: Settings;
  readonly environment: Environment;
  readonly clock: ServerClock;
  readonly authorize: Authorize;
  readonly transport: () => Promise<Transport>;
  readonly tokens: TokenSource;
  /** Aborted by `dispose()`. */
  readonly disposed: AbortSignal;
}

/** Time limits of calls that the session makes for itself. */
export interface SendOptions extends CallOptions {
  readonly attemptMs?: number;
  readonly totalMs?: number;
  /** The server answers a repeat like the first (the grace of a rotated refresh token). */
  readonly repeatable?: boolean;
}

/** Sends one call of the contract and returns its result. @throws WelbyError, and nothing else */
export type Send = (operation: ClientRow, input: unknown, options?: SendOptions) => Promise<unknown>;

/** The way of every call: validate → idempotency → authorize → retry → timeout. */
export function createSend({
  settings,
  environment,
  clock,
  authorize,
  transport,
  tokens,
  disposed,
}: PipelineParts): Send {
  const budget = createRetryBudget(environment);
  const breaker = createBreaker(environment);
  // What failed while the machine was offline says nothing about the service.
  disposed.addEventListener(
    "abort",
    environment.onOnline(() => breaker.succeeded()),
  );

  return async (row, input, given) => {
    const operation = own(row);
    const options = own(given);
    const fail = (details: ErrorDetails) =>
      createError({ ...details, operation: operation.id }, settings.locale);

    if (!environment.secureContext) throw await fail({ code: "insecure_context" });
    const prepared = prepare(operation, input, options);
    if (!prepared.ok) throw await fail({ code: "validation_failed", fieldErrors: prepared.fieldErrors });

    const signedIn = operation.authentication === "access";
    const limit = limitTime(environment, options.totalMs ?? settings.totalMs, [
      options.signal,
      disposed,
      signedIn ? tokens.signal() : undefined,
    ]);
    try {
      return await attempts(prepared.request, options, limit, fail);
    } finally {
      limit.end();
    }
  };

  function prepare(operation: ClientRow, input: unknown, options: SendOptions): Prepared {
    try {
      return prepareRequest(operation, input, options, settings, environment);
    } catch {
      // An input that refers to itself, or that throws when it is read.
      return { ok: false, fieldErrors: [] };
    }
  }

  /** Repeats what may be repeated while time, budget and the breaker allow it. */
  async function attempts(
    request: PreparedRequest,
    options: SendOptions,
    limit: TimeLimit,
    fail: (details: ErrorDetails) => Promise<WelbyError>,
  ): Promise<unknown> {
    const repeatable = options.repeatable ?? request.repeatable;
    // A call that changes nothing has no outcome to worry about.
    const refuse = ({ transient: _t, ambiguous, unsent: _u, ...details }: Failure) =>
      fail({ ...details, ...(ambiguous && request.operation.safe !== true && { outcomeUnknown: true }) });
    let last: Failure | undefined;
    budget.earn();
    for (let retry = 0; ; retry += 1) {
      const pause = breaker.refusal();
      if (pause !== undefined)
        throw await refuse(
          last ?? {
            code: "connection_failed",
            transient: true,
            ambiguous: false,
            retryAfterMs: Math.ceil(pause),
          },
        );
      const outcome = await attempt(request, options, limit);
      report(request, outcome, retry);
      if (outcome.ok) return outcome.value;

      // A definite answer to a repeat settles what an earlier attempt left open.
      const { failure } = outcome;
      last = { ...failure, ambiguous: failure.ambiguous || (failure.transient && last?.ambiguous === true) };
      const delay = retryDelay(retry, failure, environment);
      const again =
        failure.transient &&
        (repeatable || failure.unsent === true) &&
        retry < settings.maxRetries &&
        delay < limit.remaining();
      if (!again || !budget.spend()) throw await refuse(last);
      try {
        await sleep(environment, delay, limit.signal);
      } catch (interruption) {
        throw await refuse({ ...failureOf(interruption), ambiguous: last.ambiguous });
      }
    }
  }

  /** One attempt, with every way to go wrong turned into a failure. */
  async function attempt(request: PreparedRequest, options: SendOptions, limit: TimeLimit): Promise<Outcome> {
    const trace: Trace = { open: false };
    try {
      return await exchange(request, options, limit, trace);
    } catch (thrown) {
      // The session's own error: there is no token to send this call with.
      if (isWelbyError(thrown))
        return { ok: false, failure: { ...fieldsOf(thrown), transient: false, ambiguous: false } };
      const failure = failureOf(thrown);
      return { ok: false, failure: { ...failure, ambiguous: failure.ambiguous && trace.open } };
    }
  }

  /** Sends with an access token where one is needed; one that the server no longer takes is renewed once. */
  async function exchange(
    request: PreparedRequest,
    options: SendOptions,
    limit: TimeLimit,
    trace: Trace,
  ): Promise<Outcome> {
    if (request.operation.authentication !== "access")
      return signed(request, undefined, options, limit, trace);
    const token = await race(tokens.accessToken(), limit.signal);
    let outcome = await signed(request, token, options, limit, trace);
    // Whether `unauthenticated` means the end is for the refresh to say: it may be a retired signing key.
    const code = codeOf(outcome);
    if (code === "token_expired" || code === "unauthenticated") {
      outcome = await signed(request, await race(tokens.renew(token), limit.signal), options, limit, trace);
    }
    tokens.answered(codeOf(outcome) ?? null);
    return outcome;
  }

  /** Signs and sends; signs anew when the server hands out a nonce or shows that our clock was wrong, once for each. */
  async function signed(
    request: PreparedRequest,
    token: string | undefined,
    options: SendOptions,
    limit: TimeLimit,
    trace: Trace,
  ): Promise<Outcome> {
    const redact = createRedact([...request.secrets, token, ...tokens.secrets()]);
    for (let round = 0; ; round += 1) {
      const authorization = await race(authorize(request.operation, request.url, token), limit.signal);
      const response = await post(request, authorization.headers, options, limit, trace);
      const outcome = readAnswer(response, { operation: request.operation, redact, now: clock.now() });
      trace.open = !outcome.ok && outcome.failure.ambiguous;
      const again = authorization.learn(response, codeOf(outcome));
      if (!again || round === 2) return outcome;
    }
  }

  async function post(
    { operation, url, headers, body }: PreparedRequest,
    authorization: Readonly<Record<string, string>>,
    { attemptMs = settings.attemptMs }: SendOptions,
    limit: TimeLimit,
    trace: Trace,
  ): Promise<TransportResponse> {
    const timeoutMs = Math.max(1, Math.min(attemptMs, limit.remaining()));
    const attempt = limitTime(environment, timeoutMs, [limit.signal]);
    try {
      const way = await race(transport(), attempt.signal);
      trace.open = true;
      // Async, so that a transport that throws at once fails like one that rejects.
      const work = (async () =>
        way.send({
          method: operation.method,
          url,
          headers: { ...headers, ...authorization },
          ...(body !== undefined && { body }),
          timeoutMs,
          signal: attempt.signal,
        }))();
      return await race(work, attempt.signal);
    } finally {
      attempt.end();
    }
  }

  function report({ operation }: PreparedRequest, outcome: Outcome, retry: number): void {
    const failure = outcome.ok ? undefined : outcome.failure;
    if (!failure || (failure.status !== undefined && failure.status < 500)) breaker.succeeded();
    else if (failure.transient) breaker.failed();
    else breaker.abandoned();
    settings.logger?.debug("request", {
      operation: operation.id,
      path: operation.path,
      attempt: retry + 1,
      code: failure?.code ?? "ok",
      ...(failure?.status !== undefined && { status: failure.status }),
      ...(failure?.requestId !== undefined && { requestId: failure.requestId }),
    });
  }
}

/** Whether the server may be carrying out the request that went out last. */
interface Trace {
  open: boolean;
}

function codeOf(outcome: Outcome): string | undefined {
  return outcome.ok ? undefined : outcome.failure.code;
}

function fieldsOf({ code, status, requestId, retryAfterMs }: WelbyError): ErrorDetails {
  return {
    code,
    ...(status !== undefined && { status }),
    ...(requestId !== undefined && { requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}
