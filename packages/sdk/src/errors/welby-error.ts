import type { ErrorCode } from "@welby/contract/errors";
import type { Conflict, FieldError } from "@welby/contract/schemas";

export interface WelbyErrorFields {
  /** A code of the contract, or a newer server's own. */
  readonly code: ErrorCode | (string & {});
  readonly retryable: boolean;
  readonly status?: number;
  readonly requestId?: string;
  readonly retryAfterMs?: number;
  readonly fieldErrors?: readonly FieldError[];
  readonly conflicts?: readonly Conflict[];
  /** Broken rules of the password policy. */
  readonly rules?: readonly string[];
  /** The call may have taken effect although no answer came. */
  readonly outcomeUnknown?: boolean;
  /** Operation id, e.g. `changeStaffRole`. */
  readonly operation?: string;
}
