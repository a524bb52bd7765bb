import type { WelbyErrorFields } from "@welby/sdk/errors";

/** What an element needs to know of a failed call. */
export type Failure = Pick<WelbyErrorFields, "code" | "retryable"> & {
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly outcomeUnknown: boolean;
  readonly fieldErrors: NonNullable<WelbyErrorFields["fieldErrors"]>;
  readonly conflicts: NonNullable<WelbyErrorFields["conflicts"]>;
  readonly rules: NonNullable<WelbyErrorFields["rules"]>;
};

/**
 * Reads what was thrown. By shape and not by class: the page may hold two copies of the SDK.
 * What is no error of the SDK becomes `internal_error`, and its message, which may hold anything, is not looked at.
 */
export function toFailure(thrown: unknown): Failure {
  const error = (typeof thrown === "object" && thrown !== null ? thrown : {}) as Partial<WelbyErrorFields>;
  const known = typeof error.code === "string" && typeof error.retryable === "boolean";
  return {
    code: known ? (error.code ?? "") : isAbort(thrown) ? "aborted" : "internal_error",
    retryable: known && error.retryable === true,
    requestId: known ? error.requestId : undefined,
    retryAfterMs: known ? error.retryAfterMs : undefined,
    outcomeUnknown: known && error.outcomeUnknown === true,
    fieldErrors: (known && error.fieldErrors) || [],
    conflicts: (known && error.conflicts) || [],
    rules: (known && error.rules) || [],
  };
}

function isAbort(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === "AbortError";
}
