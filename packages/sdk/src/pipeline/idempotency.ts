import type { ClientRow } from "@welby/contract";
import type { Environment } from "../environment.ts";

const UUID_V4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i;

/**
 * The key of a call, the same for all its attempts: the caller's own or a new one; undefined where a key has no
 * meaning, null where the caller's is no UUID v4.
 */
export function idempotencyKey(
  operation: ClientRow,
  given: string | undefined,
  environment: Pick<Environment, "uuid">,
): string | undefined | null {
  if (!operation.idempotency) return undefined;
  if (given === undefined) return environment.uuid();
  return typeof given === "string" && UUID_V4.test(given) ? given : null;
}
