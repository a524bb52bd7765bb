import type { ClientRow } from "@welby/contract";
import type { FieldError } from "@welby/contract/schemas";
import type { Environment } from "../environment.ts";
import type { Settings } from "../options.ts";
import type { CallOptions } from "../types.ts";
import { idempotencyKey } from "./idempotency.ts";
import { buildPath, buildQuery, isBelow } from "./path.ts";
import { validateInput } from "./validate.ts";

/** A call made ready: everything that is the same for all its attempts. */
export interface PreparedRequest {
  readonly operation: ClientRow;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** May be sent again without having a second effect. */
  readonly repeatable: boolean;
  /** Values of sensitive inputs; no error may repeat them. */
  readonly secrets: readonly unknown[];
}

export type Prepared =
  | { readonly ok: true; readonly request: PreparedRequest }
  | { readonly ok: false; readonly fieldErrors: readonly FieldError[] };

/** Checks an input and builds the request, without a network or a key. */
export function prepareRequest(
  operation: ClientRow,
  input: unknown,
  { idempotencyKey: givenKey }: Pick<CallOptions, "idempotencyKey">,
  { baseUrl, clientId }: Pick<Settings, "baseUrl" | "clientId">,
  environment: Pick<Environment, "uuid">,
): Prepared {
  const validated = validateInput(operation, input);
  if (!validated.ok) return validated;
  const { params, query, body, version } = validated.parts;

  const path = buildPath(operation.path, params);
  const url = `${baseUrl}${path ?? ""}${buildQuery(query)}`;
  if (path === null || !isBelow(baseUrl, url)) return refuse("path");
  const key = idempotencyKey(operation, givenKey, environment);
  if (key === null) return refuse("idempotencyKey");

  const values: Readonly<Record<string, unknown>> = { ...params, ...query, ...body };
  return {
    ok: true,
    request: {
      operation,
      url,
      headers: {
        accept: `${operation.produces ?? "application/json"}, application/problem+json`,
        ...(!operation.clientless && { "welby-client": clientId }),
        ...(body && { "content-type": "application/json" }),
        ...(key !== undefined && { "idempotency-key": key }),
        ...(version !== undefined && { "if-match": `"${version}"` }),
      },
      body: body && JSON.stringify(body),
      repeatable: operation.safe === true || key !== undefined || isIdempotent(operation),
      secrets: (operation.sensitive ?? []).map((name) => values[name]),
    },
  };
}

/** By its method (RFC 9110 §9.2.2). Not where a secret is replaced: the second time, the current one is another. */
function isIdempotent({ method, sensitive }: ClientRow): boolean {
  return method === "DELETE" || (method === "PUT" && sensitive === undefined);
}

function refuse(path: string): Prepared {
  return { ok: false, fieldErrors: [{ path, code: "invalid" }] };
}
