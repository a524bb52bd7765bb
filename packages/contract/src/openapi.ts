import { createDocument, type ZodOpenApiObject, type ZodOpenApiOperationObject } from "zod-openapi";
import { errors, type ErrorCode } from "./errors.ts";
import type { OperationRow } from "./operation.ts";
import { operations } from "./operations/index.ts";
import { permissions } from "./permissions.ts";
import { nameComponents } from "./openapi-components.ts";
import { problem } from "./schemas/problem.ts";

/** Codes that any operation may answer. */
const GENERAL: readonly ErrorCode[] = [
  "malformed_request",
  "client_required",
  "origin_not_allowed",
  "payload_too_large",
  "unsupported_media_type",
  "validation_failed",
  "rate_limited",
  "internal_error",
  "overloaded",
  "maintenance",
];
const PROOF: readonly ErrorCode[] = ["invalid_dpop_proof", "use_dpop_nonce"];
const SESSION: readonly ErrorCode[] = [
  "unauthenticated",
  "token_expired",
  "session_locked",
  "session_expired",
  "password_change_required",
  "forbidden",
];

type JsonSchema = {
  format?: unknown;
  pattern?: unknown;
  minimum?: unknown;
  maximum?: unknown;
  additionalProperties?: unknown;
};

const TAGS: Readonly<Record<string, string>> = {
  auth: "Sign-in, second factor, refresh, re-authentication, sign-out, passwords.",
  me: "The signed-in person.",
  factors: "Second factors of the signed-in person.",
  registrations: "How a patient gets an account; needs no session.",
  staff: "アカウント一覧 and roles; administrators only.",
  groups: "Labels that hospital staff put on patients; they never control access.",
  categories: "Headings over groups.",
  patients: "Linked patients of the institution and their groups.",
  institution: "The own institution and what it sets for itself; administrators only.",
  audit: "操作ログ; administrators only.",
  incidents: "Security incidents of the institution; administrators only.",
  notices: "お知らせ of the service and about it.",
  meta: "What the service says about itself; needs no session.",
};

/** Every code that an operation may answer: the general ones and what its columns imply. */
export function errorCodesOf(operation: OperationRow): ErrorCode[] {
  const codes = new Set<ErrorCode>([...GENERAL, ...(operation.errors ?? [])]);
  if (operation.clientless) codes.delete("client_required");
  if (takesProof(operation)) for (const code of PROOF) codes.add(code);
  if (operation.authentication === "access") for (const code of SESSION) codes.add(code);
  if (operation.authentication === "access" && !operation.duringEnrollment)
    codes.add("mfa_enrollment_required");
  if (operation.params) codes.add("not_found");
  if (operation.stepUp) codes.add("step_up_required");
  if (operation.ifMatch) codes.add("precondition_required").add("version_conflict");
  if (operation.idempotency) codes.add("idempotency_mismatch").add("idempotency_in_flight");
  if (operation.idempotency === "required") codes.add("idempotency_key_required");
  return [...codes].sort();
}

/** The contract as an OpenAPI 3.1 document. Build time and server only; never shipped to a browser. */
export function createOpenApiDocument(options: {
  version: string;
  serverUrl?: string;
}): Record<string, unknown> {
  nameComponents();
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of Object.values(operations) as OperationRow[]) {
    (paths[operation.path] ??= {})[operation.method.toLowerCase()] = operationObject(operation);
  }
  const document: ZodOpenApiObject = {
    openapi: "3.1.1",
    info: {
      title: "Welby partner API (proposal)",
      version: options.version,
      description:
        "A proposal shaped by the public Welby security white paper 1.0. Independent of Welby Inc.; not an official API.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: options.serverUrl ?? "/" }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        dpop: {
          type: "http",
          scheme: "DPoP",
          description: "RFC 9449: access token bound to a key; a proof per request.",
        },
        bearer: { type: "http", scheme: "bearer", description: "Only for clients without browser origins." },
      },
    },
  };
  return createDocument(document, {
    override: ({ jsonSchema, io }) => simplify(jsonSchema, io),
  }) as unknown as Record<string, unknown>;
}

/** Takes out what only repeats a format, the bounds that every JavaScript integer has, and the closing of answers: they may grow. */
function simplify(schema: JsonSchema, io: "input" | "output"): void {
  if (schema.format === "uuid" || schema.format === "date-time" || schema.format === "date")
    delete schema.pattern;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (io === "output" && schema.additionalProperties === false) delete schema.additionalProperties;
}

function operationObject(operation: OperationRow): ZodOpenApiOperationObject {
  const codes = errorCodesOf(operation);
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes)
    byStatus.set(errors[code].status, [...(byStatus.get(errors[code].status) ?? []), code]);
  return {
    operationId: operation.id,
    summary: operation.summary,
    tags: [operation.tag],
    security: operation.authentication === "access" ? [{ dpop: [] }, { bearer: [] }] : [],
    parameters: headerParameters(operation),
    requestParams: {
      ...(operation.params && { path: operation.params }),
      ...(operation.query && { query: operation.query }),
    },
    ...(operation.body && {
      requestBody: { required: true, content: { "application/json": { schema: operation.body } } },
    }),
    responses: {
      [operation.success]: {
        description: "Success",
        ...(operation.etag && {
          headers: { ETag: { schema: { type: "string" }, description: "The version of the result." } },
        }),
        ...(operation.result
          ? { content: { "application/json": { schema: operation.result } } }
          : operation.raw
            ? { content: { [operation.produces ?? "application/json"]: { schema: rawSchema(operation) } } }
            : {}),
      },
      ...Object.fromEntries(
        [...byStatus].map(([status, list]) => [
          String(status),
          { description: list.join(", "), content: { "application/problem+json": { schema: problem } } },
        ]),
      ),
    },
    "x-callers": permissions[operation.id],
    "x-step-up": operation.stepUp ?? false,
    "x-idempotency": operation.idempotency ?? "none",
    ...(operation.audit && { "x-audit-action": operation.audit }),
  };
}

function rawSchema({ produces }: OperationRow): { type: "string" | "object" } {
  return { type: produces?.startsWith("text/") ? "string" : "object" };
}

/** Sessions begin and go on only with the proof of a key, where the client is bound by DPoP. */
function takesProof(operation: OperationRow): boolean {
  return operation.authentication !== "none" || operation.tag === "auth";
}

function headerParameters(operation: OperationRow) {
  const header = (name: string, required: boolean, description: string) => ({
    name,
    in: "header" as const,
    required,
    description,
    schema: { type: "string" as const },
  });
  return [
    ...(operation.clientless ? [] : [header("Welby-Client", true, "The partner client's id.")]),
    ...(takesProof(operation)
      ? [header("DPoP", false, "A proof by RFC 9449; required for clients bound by DPoP.")]
      : []),
    ...(operation.idempotency
      ? [
          header(
            "Idempotency-Key",
            operation.idempotency === "required",
            "UUID v4; the same key answers the same.",
          ),
        ]
      : []),
    ...(operation.ifMatch ? [header("If-Match", true, "The version that the change is based on.")] : []),
  ];
}
