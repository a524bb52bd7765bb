import { errors, type ErrorCode, type OperationId, type OperationRow } from "@welby/contract";
import { operations } from "@welby/contract/operations";
import { errorCodesOf } from "@welby/contract/openapi";
import type { Transcript } from "@welby/backend/testing";

/** Codes that no script can bring about from outside, and where they are tested instead. */
const OUT_OF_REACH: Partial<Record<ErrorCode, string>> = {
  internal_error: "needs a defect or a failing store: tested with the core and with the sandbox's database",
  overloaded: "needs more password checks than the hasher takes: tested with the sandbox's hasher",
  maintenance: "nothing switches it on in this version; a fault of the mock answers it",
  idempotency_in_flight: "needs two transactions at the same moment: tested on PostgreSQL",
};

/** Codes of the documentation's general list that an operation never answers itself. */
const NEVER: Partial<Record<OperationId, readonly ErrorCode[]>> = {
  // Authenticated by the refresh token in the body: no access token is looked at, no role asked for.
  refreshToken: ["unauthenticated", "token_expired", "password_change_required", "forbidden"],
  // It is what ends a lock.
  reauthenticate: [
    "unauthenticated",
    "token_expired",
    "password_change_required",
    "forbidden",
    "session_locked",
  ],
  // 204 whatever the token was.
  signOut: [
    "unauthenticated",
    "token_expired",
    "password_change_required",
    "forbidden",
    "session_locked",
    "session_expired",
  ],
  // Open to every role, and the one call that an initial password opens.
  setInitialPassword: ["forbidden", "password_change_required"],
  getMe: ["forbidden"],
  updateMe: ["forbidden"],
  changePassword: ["forbidden"],
  requestEmailChange: ["forbidden"],
  listSessions: ["forbidden"],
  listNotices: ["forbidden"],
  acknowledgeNotice: ["forbidden"],
  listFactors: ["forbidden"],
  startTotp: ["forbidden"],
  confirmTotp: ["forbidden"],
  startSms: ["forbidden"],
  confirmSms: ["forbidden"],
  startPasskey: ["forbidden"],
  addPasskey: ["forbidden"],
  removeFactor: ["forbidden"],
  createRecoveryCodes: ["forbidden"],
  endSession: ["forbidden"],
  // A client signs them like every call of their kind, but nobody is signed in by them: the proof is not looked at.
  requestPasswordReset: ["invalid_dpop_proof", "use_dpop_nonce"],
  confirmPasswordReset: ["invalid_dpop_proof", "use_dpop_nonce"],
  startPasskeySignIn: ["invalid_dpop_proof", "use_dpop_nonce"],
  confirmInvitation: ["invalid_dpop_proof", "use_dpop_nonce"],
};

/** Refused before an operation is chosen, or counted per address: once anywhere is enough. */
const ANYWHERE: readonly ErrorCode[] = [
  "origin_not_allowed",
  "rate_limited",
  "client_required",
  "malformed_request",
  "payload_too_large",
  "unsupported_media_type",
  "validation_failed",
  "headers_too_large",
  "method_not_allowed",
];

/** Operations without their success, and codes that the contract names and the transcript does not hold. */
export function missing(transcript: Transcript): string[] {
  const reached = new Set(transcript.map(({ name, outcome }) => `${operationIn(name)} ${outcome}`));
  const anywhere = new Set(transcript.map(({ outcome }) => outcome.split(" ")[1]));
  const rows = Object.values(operations) as readonly OperationRow[];
  const wanted = rows.flatMap((row) => [
    `${row.id} ${row.success}`,
    ...errorCodesOf(row)
      .filter((code) => !(code in OUT_OF_REACH) && !NEVER[row.id]?.includes(code))
      // What an operation names itself has to be seen there; the general list once.
      .filter((code) => row.errors?.includes(code) || !ANYWHERE.includes(code))
      .map((code) => `${row.id} ${errors[code].status} ${code}`),
  ]);
  return [
    ...wanted.filter((one) => !reached.has(one)),
    ...ANYWHERE.filter((code) => !anywhere.has(code)).map((code) => `anywhere: ${code}`),
  ];
}

function operationIn(name: string): string {
  return / · (\w+): /.exec(name)?.[1] ?? "";
}
