import { UniqueViolation } from "@welby/backend/ports";
import { isOutdatedPlan } from "../../database/connections.ts";

type DatabaseError = { code?: unknown; constraint?: unknown; message?: unknown };

// PostgreSQL's SQLSTATEs: lost serialisation, deadlock.
const REPEATABLE = new Set(["40001", "40P01"]);

// Connection exceptions, server shutting down, too many connections, out of resources, a lock or statement that took too long,
// a standby that cannot write.
const UNAVAILABLE_STATES = /^(08...|57P0.|53...|55P03|57014|25006)$/;
const UNAVAILABLE_SYSTEM_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOENT",
]);
// The drivers tell these by their message only.
const UNAVAILABLE_MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|connection error|not queryable|after calling end|already been destroyed|PGlite (instance )?is (already )?clos/i;

/** Another attempt of the whole transaction may go through. */
export function isRepeatable(error: unknown): boolean {
  return REPEATABLE.has(codeOf(error)) || isOutdatedPlan(error);
}

/** The database cannot be reached or cannot serve now. */
export function isUnavailable(error: unknown): boolean {
  const code = codeOf(error);
  if (UNAVAILABLE_STATES.test(code) || UNAVAILABLE_SYSTEM_CODES.has(code)) return true;
  return error instanceof Error && code === "" && UNAVAILABLE_MESSAGES.test(error.message);
}

/** Turns a broken unique rule into the port's error; anything else stays as it is. */
export function translated(error: unknown): unknown {
  const { code, constraint } = asDatabaseError(error);
  return code === "23505" && typeof constraint === "string" ? new UniqueViolation(constraint) : error;
}

function codeOf(error: unknown): string {
  const { code } = asDatabaseError(error);
  return typeof code === "string" ? code : "";
}

function asDatabaseError(error: unknown): DatabaseError {
  return typeof error === "object" && error !== null ? error : {};
}
