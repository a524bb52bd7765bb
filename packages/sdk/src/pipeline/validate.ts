import type { ClientRow } from "@welby/contract";
import type { FieldError } from "@welby/contract/schemas";
import { bare } from "../own.ts";

/** A flat input taken apart and checked by the operation's schemas. */
export interface RequestParts {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>> | undefined;
  readonly version: number | undefined;
}

export type Validated =
  | { readonly ok: true; readonly parts: RequestParts }
  | { readonly ok: false; readonly fieldErrors: readonly FieldError[] };

/**
 * Checks an input before anything is sent. What is sent is what the schema returned, so a getter or a later change
 * of the caller's object cannot make them differ. Errors name the place and the rule, never the value.
 */
export function validateInput(operation: ClientRow, input: unknown): Validated {
  const rest = bare(isObject(input) && !Array.isArray(input) ? input : {}) as Record<string, unknown>;
  const fieldErrors: FieldError[] = [];

  const version = operation.ifMatch ? rest["version"] : undefined;
  if (operation.ifMatch) {
    delete rest["version"];
    if (!Number.isSafeInteger(version) || (version as number) < 1)
      fieldErrors.push({ path: "version", code: version === undefined ? "required" : "invalid_type" });
  }
  const check = (schema: ClientRow["params"], values: Record<string, unknown>) => {
    if (!schema) return {};
    const parsed = schema.safeParse(values);
    if (parsed.success) return parsed.data;
    fieldErrors.push(...parsed.error.issues.flatMap((issue) => toFieldErrors(issue as Issue, values)));
    return {};
  };
  const params = check(operation.params, take(rest, operation.params));
  const query = check(
    operation.query,
    operation.body ? take(rest, operation.query) : takeAll(rest, operation.query),
  );
  const body = operation.body ? check(operation.body, rest) : undefined;
  // Without a body or a query nothing may be left over.
  if (!operation.body) fieldErrors.push(...Object.keys(rest).map((key) => unknownKey(plainKey(key))));

  if (fieldErrors.length > 0) return { ok: false, fieldErrors };
  return { ok: true, parts: { params, query, body, version: version as number | undefined } };
}

/** Moves the values that a schema names out of `rest`. */
function take(rest: Record<string, unknown>, schema: ClientRow["params"]): Record<string, unknown> {
  const taken = bare({}) as Record<string, unknown>;
  for (const name of Object.keys(schema?.shape ?? {})) {
    if (Object.hasOwn(rest, name) && rest[name] !== undefined) taken[name] = rest[name];
    delete rest[name];
  }
  return taken;
}

/** Moves everything, so that the strict schema sees unknown keys too. */
function takeAll(rest: Record<string, unknown>, schema: ClientRow["params"]): Record<string, unknown> {
  if (!schema) return bare({});
  const taken = bare(Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)));
  for (const name of Object.keys(rest)) delete rest[name];
  return taken;
}

interface Issue {
  readonly code?: string;
  readonly path: readonly PropertyKey[];
  readonly params?: { readonly reason?: string };
  readonly keys?: readonly string[];
}

/** The same words as the server's for the same mistakes, so that a page needs one set of texts. */
function toFieldErrors(issue: Issue, value: unknown): FieldError[] {
  const path = issue.path.map(plainKey).join(".");
  if (issue.code === "unrecognized_keys")
    return (issue.keys ?? []).map((key) => unknownKey(path ? `${path}.${plainKey(key)}` : plainKey(key)));
  if (issue.code === "custom") return [{ path, code: issue.params?.reason ?? "invalid" }];
  const missing = issue.code === "invalid_type" && valueAt(value, issue.path) === undefined;
  return [{ path, code: missing ? "required" : (issue.code ?? "invalid") }];
}

function unknownKey(path: string): FieldError {
  return { path, code: "unknown_key" };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce(
    (at: unknown, key) =>
      isObject(at) && Object.hasOwn(at, key) ? (at as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}

/** A key may be as private as a value: only what looks like a name of the contract, or an index, is repeated. */
function plainKey(key: PropertyKey): string {
  const text = String(key);
  return /^([A-Za-z_]{1,40}|\d{1,4})$/.test(text) ? text : "?";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
