import { ApiProblem } from "../domain/api-problem.ts";

/** A version as a strong validator (RFC 9110 §8.8.3). @example entityTag(3) // '"3"' */
export function entityTag(version: number): string {
  return `"${version}"`;
}

/**
 * The version that `If-Match` names. A tag that is none of ours matches no version, so the service answers by the resource:
 * 404 when it is missing, 412 when it is there. `*` names no version and counts as missing.
 * @throws {precondition_required} @throws {malformed_request}
 */
export function requiredVersion(headers: Headers): number {
  const header = headers.get("if-match")?.trim() ?? "*";
  if (header === "*" || header === "") throw new ApiProblem("precondition_required");
  const tag = /^(W\/)?"([\x21\x23-\x7e]*)"$/.exec(header);
  if (!tag) throw new ApiProblem("malformed_request");
  // A weak tag never matches (RFC 9110 §13.1.1).
  return tag[1] === undefined && /^[1-9]\d{0,14}$/.test(tag[2] ?? "") ? Number(tag[2]) : NO_VERSION;
}

const NO_VERSION = 0;
