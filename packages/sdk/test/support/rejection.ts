import assert from "node:assert/strict";
import { isWelbyError, type WelbyError } from "../../src/errors/welby-error.ts";

/** The WelbyError that a call ends with; anything else fails the test. */
export async function rejection(call: PromiseLike<unknown>): Promise<WelbyError> {
  const outcome = await Promise.resolve(call).then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  assert.ok("error" in outcome, "the call should have failed");
  assert.ok(isWelbyError(outcome.error), `not an error of the client: ${String(outcome.error)}`);
  return outcome.error;
}
