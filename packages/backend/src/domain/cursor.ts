import type { Keys } from "../ports/keys.ts";
import { ApiProblem } from "./api-problem.ts";
import { hmac, verifyAnyHmac } from "./secret.ts";

const CURSOR = /^([0-9a-f-]{36})\.([\w-]{43})$/;

/**
 * Where the next page begins: the id of the last row, sealed together with everything that the list was asked for.
 * It holds no name and no number, and fits no other list, query or institution.
 * @param scope what must be the same on the next page, e.g. operation, institution, query, order
 */
export async function writeCursor(keys: Keys, scope: readonly unknown[], id: string): Promise<string> {
  return `${id}.${await hmac(await keys.mac("nonce"), sealed(scope, id))}`;
}

/** The id in a cursor that {@link writeCursor} made for the same scope. @throws {validation_failed} */
export async function readCursor(keys: Keys, scope: readonly unknown[], cursor: string): Promise<string> {
  const [, id = "", mac = ""] = CURSOR.exec(cursor) ?? [];
  if (id === "" || !(await verifyAnyHmac(await keys.macs("nonce"), sealed(scope, id), mac)))
    throw invalidCursor();
  return id;
}

export function invalidCursor(): ApiProblem {
  return new ApiProblem("validation_failed", { errors: [{ path: "cursor", code: "invalid" }] });
}

// The prefix keeps a cursor from ever being taken for something else that the key seals.
function sealed(scope: readonly unknown[], id: string): string {
  return `cursor:${JSON.stringify([scope, id])}`;
}
