/** Every error code by its HTTP status; 0 marks codes that only the client makes. Their texts are in `errors.ts`. */
const byStatus = {
  400: ["malformed_request", "client_required", "idempotency_key_required"],
  401: [
    "unauthenticated",
    "invalid_credentials",
    "mfa_invalid",
    "challenge_expired",
    "token_expired",
    "invalid_dpop_proof",
    "use_dpop_nonce",
    "session_locked",
    "session_expired",
    "refresh_reused",
  ],
  403: [
    "origin_not_allowed",
    "forbidden",
    "password_change_required",
    "mfa_enrollment_required",
    "step_up_required",
  ],
  404: ["not_found"],
  405: ["method_not_allowed"],
  406: ["not_acceptable"],
  409: [
    "email_in_use",
    "seat_limit",
    "last_admin",
    "last_factor",
    "self_change_refused",
    "wrong_status",
    "duplicate_name",
    "limit_reached",
    "not_linked",
    "idempotency_in_flight",
  ],
  412: ["version_conflict"],
  413: ["payload_too_large"],
  415: ["unsupported_media_type"],
  422: [
    "validation_failed",
    "weak_password",
    "password_reused",
    "current_password_wrong",
    "token_invalid",
    "passkey_invalid",
    "range_too_wide",
    "idempotency_mismatch",
  ],
  428: ["precondition_required"],
  429: ["rate_limited"],
  431: ["headers_too_large"],
  500: ["internal_error"],
  503: ["overloaded", "maintenance"],
  0: [
    "connection_failed",
    "timeout",
    "protocol_error",
    "insecure_context",
    "invalid_configuration",
    "aborted",
    "client_missing",
    "client_disposed",
  ],
} as const;

export type ErrorCode = (typeof byStatus)[keyof typeof byStatus][number];

const statuses: ReadonlyMap<string, number> = new Map(
  Object.entries(byStatus).flatMap(([status, codes]) => codes.map((code) => [code, Number(status)] as const)),
);

/** Doing the same again may help. */
const retryable: ReadonlySet<string> = new Set<ErrorCode>([
  "token_expired",
  "use_dpop_nonce",
  "idempotency_in_flight",
  "rate_limited",
  "internal_error",
  "overloaded",
  "maintenance",
  "connection_failed",
  "timeout",
]);

/** Whether a code is one that this version knows. */
export function isErrorCode(code: string): code is ErrorCode {
  return statuses.has(code);
}

/** The HTTP status of a code; undefined for one that this version does not know. */
export function statusOf(code: string): number | undefined {
  return statuses.get(code);
}

/** Whether repeating may help after a code. */
export function isRetryable(code: ErrorCode): boolean {
  return retryable.has(code);
}
