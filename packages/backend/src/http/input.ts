import type { OperationRow } from "@welby/contract";
import type { FieldError } from "@welby/contract/schemas";
import { ApiProblem } from "../domain/api-problem.ts";
import { readJson } from "./limits.ts";
import { requiredVersion } from "./etag.ts";

type ObjectSchema = NonNullable<OperationRow["body"]>;
const MAX_ERRORS = 50;

export interface Input {
  /** Path parameters, query, body and version in one flat object, as the contract types it. */
  readonly parsed: Readonly<Record<string, unknown>>;
  /** The same as it was sent, to tell a repeated request from another one. */
  readonly sent: unknown;
}

/**
 * Reads and checks everything that an operation takes.
 * @throws {not_found} for a path id that cannot be one @throws {validation_failed} @throws {precondition_required}
 */
export async function readInput(
  request: Request,
  operation: OperationRow,
  pathParams: Readonly<Record<string, string>>,
): Promise<Input> {
  const params = operation.params ? pathIds(operation.params, pathParams) : {};
  const search = new URL(request.url).searchParams;
  const query = readQuery(operation, search);
  const sentBody = operation.body ? await readJson(request) : undefined;
  const body = operation.body ? parse(operation.body, sentBody) : {};
  const version = operation.ifMatch ? { version: requiredVersion(request.headers) } : {};
  return {
    parsed: { ...query, ...body, ...version, ...params },
    sent: { params, query: [...search], body: sentBody ?? null, version },
  };
}

/** An id that is no UUID answers exactly like one that does not exist. */
function pathIds(schema: ObjectSchema, params: Readonly<Record<string, string>>): Record<string, unknown> {
  const result = schema.safeParse(params);
  if (!result.success) throw new ApiProblem("not_found");
  return result.data;
}

function readQuery(operation: OperationRow, search: URLSearchParams): Record<string, unknown> {
  const names = [...search.keys()];
  const repeated = names.filter((name, index) => names.indexOf(name) !== index);
  const unknown = operation.query ? [] : names;
  if (repeated.length > 0 || unknown.length > 0) {
    throw invalid([
      ...unknown.map((name) => ({ path: safeKey(name), code: "unknown_key" })),
      ...repeated.map((name) => ({ path: safeKey(name), code: "repeated" })),
    ]);
  }
  return operation.query ? parse(operation.query, Object.fromEntries(search)) : {};
}

function parse(schema: ObjectSchema, value: unknown): Record<string, unknown> {
  const result = schema.safeParse(value);
  if (!result.success) throw invalid(result.error.issues.flatMap((issue) => fieldErrors(issue, value)));
  return result.data;
}

function invalid(errors: readonly FieldError[]): ApiProblem {
  return new ApiProblem("validation_failed", { errors: errors.slice(0, MAX_ERRORS) });
}

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[] | undefined;
  readonly params?: Record<string, unknown> | undefined;
}

function fieldErrors(issue: Issue, value: unknown): FieldError[] {
  const path = issue.path.map((part) => safeKey(String(part))).join(".");
  if (issue.code === "unrecognized_keys") {
    return (issue.keys ?? []).map((key) => ({
      path: [path, safeKey(key)].filter(Boolean).join("."),
      code: "unknown_key",
    }));
  }
  const reason = issue.params?.["reason"];
  if (issue.code === "custom") return [{ path, code: typeof reason === "string" ? reason : "invalid" }];
  const missing = issue.code === "invalid_type" && valueAt(value, issue.path) === undefined;
  return [{ path, code: missing ? "required" : (issue.code ?? "invalid") }];
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === "object" && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}

/** A key comes from the sender too: anything but a plain name is not repeated. */
function safeKey(key: string): string {
  return /^[\w-]{1,64}$/.test(key) ? key : "?";
}
