import type * as z from "zod/mini";
import type { ErrorCode } from "./errors.ts";
import type { OperationId } from "./permissions.ts";

/** A schema of an object, the only shape that parameters, queries and bodies have here. */
export type ObjectSchema = z.ZodMiniObject;
export type AnySchema = z.ZodMiniType;

/** How a call proves who it is: not at all, by an access token, or by the refresh token in its body. */
export type Authentication = "none" | "access" | "refresh";

/** One row of the contract table. Everything else (client, routes, OpenAPI, tests) is derived from it. */
export interface OperationRow {
  readonly id: OperationId;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path template; parameters in braces, e.g. `/v1/staff/{staffId}/role`. */
  readonly path: `/${string}`;
  readonly summary: string;
  readonly tag: string;
  readonly authentication: Authentication;
  /** Needs a re-authentication within the last five minutes. */
  readonly stepUp?: true;
  /** Open to a session that waits for its first second factor. */
  readonly duringEnrollment?: true;
  /** Changes nothing, so it may be repeated freely (also when it is a POST). */
  readonly safe?: true;
  /** `Idempotency-Key`: must be sent, may be sent, or has no meaning. */
  readonly idempotency?: "required" | "optional";
  /** Needs `If-Match`; the input carries it as `version`. */
  readonly ifMatch?: true;
  /** Answers with an `ETag` made from the result's `version`. */
  readonly etag?: true;
  readonly paginated?: true;
  /** The action written to the audit log. */
  readonly audit?: string;
  /** Input names whose values never reach a log, an error or an audit row. */
  readonly sensitive?: readonly string[];
  /** Works without the `Welby-Client` header (documents at the root, for machines). */
  readonly clientless?: true;
  /** The answer is a document handed on as it is, not parsed into a result. */
  readonly raw?: true;
  /** Media type of the answer; `application/json` unless said. */
  readonly produces?: string;
  readonly params?: ObjectSchema;
  readonly query?: ObjectSchema;
  readonly body?: ObjectSchema;
  readonly success: 200 | 201 | 202 | 204;
  readonly result?: AnySchema;
  /** Codes beyond the general ones that every operation may answer. */
  readonly errors?: readonly ErrorCode[];
}

/**
 * What a client reads of a row. The rest is for people, documents and the service, and the browser files are made
 * without it (scripts/rollup/contract-for-pages.mjs).
 */
export type ClientRow = Omit<
  OperationRow,
  "summary" | "audit" | "errors" | "stepUp" | "etag" | "paginated" | "duringEnrollment"
>;

/** Declares an operation; the literal types are kept, so inputs and results are typed from it. */
export function defineOperation<const O extends OperationRow>(operation: O): O {
  return operation;
}

type InputPart<S> = S extends AnySchema ? z.input<S> : unknown;
type ParsedPart<S> = S extends AnySchema ? z.output<S> : unknown;
type Flat<T> = { [K in keyof T]: T[K] } & {};
type VersionOf<O> = O extends { ifMatch: true }
  ? { /** The version that the change is based on (sent as `If-Match`). */ version: number }
  : unknown;
type PartOf<O, K extends string> = O extends Record<K, infer S> ? S : undefined;

/** What a caller passes: path parameters, query and body in one flat object. */
export type InputOf<O> = Flat<
  InputPart<PartOf<O, "params">> & InputPart<PartOf<O, "query">> & InputPart<PartOf<O, "body">> & VersionOf<O>
>;

/** What a service receives: the same object after validation. */
export type ParsedInputOf<O> = Flat<
  ParsedPart<PartOf<O, "params">> &
    ParsedPart<PartOf<O, "query">> &
    ParsedPart<PartOf<O, "body">> &
    VersionOf<O>
>;

/** What a call answers: text for a document of text, `undefined` for an answer without a body. */
export type ResultOf<O> = O extends { result: infer S extends AnySchema }
  ? z.output<S>
  : O extends { produces: `text/${string}` }
    ? string
    : undefined;

/** The names of the path parameters of a template, in order. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
}
