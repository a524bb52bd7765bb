import { errors, type ErrorCode } from "@welby/contract/errors";
import type { Conflict, FieldError } from "@welby/contract/schemas";

export interface ApiProblemDetails {
  readonly errors?: readonly FieldError[];
  readonly conflicts?: readonly Conflict[];
  readonly rules?: readonly string[];
  readonly retryAfterSec?: number;
}

/** A refusal with a code of the contract. Thrown by rules and services; the HTTP layer turns it into problem+json. */
export class ApiProblem extends Error {
  readonly code: ErrorCode;
  readonly details: ApiProblemDetails;
  constructor(code: ErrorCode, details: ApiProblemDetails = {}) {
    super(code);
    this.name = "ApiProblem";
    this.code = code;
    this.details = details;
  }
  get status(): number {
    return errors[this.code].status;
  }
}
