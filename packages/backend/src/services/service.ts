import type { Operations, OperationId, ParsedInputOf, permissions, ResultOf, Role } from "@welby/contract";
import type { Meta } from "@welby/contract/schemas";
import type {
  AuditRecord,
  InstitutionRecord,
  PartnerClientRecord,
  Ports,
  SessionRecord,
  Transaction,
} from "../ports/index.ts";

/** The person behind a call, read afresh for each call: a lost right is lost on the next request. */
export interface Actor {
  readonly accountId: string;
  readonly kind: "staff" | "patient";
  readonly role: Role;
  /** The tenant: from the account, never from the request. Null for a patient. */
  readonly institutionId: string | null;
  readonly staffId: string | null;
  readonly patientId: string | null;
  /** Kept in the audit log as it is today. */
  readonly name: string;
  readonly session: SessionRecord;
}

/** What an audit row needs beyond what the call already knows. */
export type AuditEntry = Pick<AuditRecord, "action" | "result"> &
  Partial<
    Pick<
      AuditRecord,
      | "targetType"
      | "targetId"
      | "reason"
      | "details"
      | "institutionId"
      | "actorId"
      | "actorName"
      | "actorRole"
      | "sessionId"
    >
  >;

/** What the operator configured about this service. */
export interface ServerInfo {
  readonly version: string;
  readonly environment: "sandbox" | "mock" | "production";
  /** Null means "not stated". */
  readonly dataLocation: string | null;
  /** Where the API is reached, for documents that name it. */
  readonly baseUrl: string;
  /** `iss` and `aud` of access tokens. */
  readonly issuer: string;
  readonly subProcessors: Meta["subProcessors"];
  /** URI to which vulnerabilities are reported. */
  readonly securityContact: string;
}

/** A call that needs no partner client: a document at the root, for machines. */
export interface ServerCall {
  readonly ports: Ports;
  readonly server: ServerInfo;
  readonly requestId: string;
}

/** One call, as a service sees it: no Request, no Response, no SQL. */
export interface Call extends ServerCall {
  readonly operationId: OperationId;
  readonly client: PartnerClientRecord;
  readonly institution: InstitutionRecord;
  /** Null where the operation needs no session. */
  readonly actor: Actor | null;
  /** RFC 7638 thumbprint of the DPoP key of this request; null for a bearer client. */
  readonly keyThumbprint: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  /**
   * Runs `work` in the call's unit of work. For a call with an `Idempotency-Key` the answer is kept in the same commit,
   * so it has to be the transaction that makes the change, and `work` has to return the result of the service;
   * a second call of it is an ordinary transaction.
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Writes the audit row in the transaction of the change it tells of. */
  audit(transaction: Transaction, entry: AuditEntry): Promise<void>;
}

/** A call whose operation needs an access token. */
export interface SignedInCall extends Call {
  readonly actor: Actor;
}

/** A call by hospital staff: the tenant is known. */
export interface ClinicCall extends SignedInCall {
  readonly actor: Actor & { readonly institutionId: string; readonly staffId: string };
}

type Input<Id extends OperationId> = ParsedInputOf<Operations[Id]>;
/** A document of text; piece by piece, so that a long one never stands in memory as a whole. */
export interface TextDocument {
  readonly text: string | AsyncIterable<string>;
  /** What it is called once it is saved; a document without a name is only read. */
  readonly fileName?: string;
}

type Result<Id extends OperationId> = Operations[Id] extends { raw: true; produces: `text/${string}` }
  ? TextDocument
  : Operations[Id] extends { raw: true }
    ? Record<string, unknown>
    : ResultOf<Operations[Id]>;

/** How much is known about the caller of an operation: read from its row and from the permission table. */
export type CallOf<Id extends OperationId> = Operations[Id] extends { clientless: true }
  ? ServerCall
  : Operations[Id]["authentication"] extends "access"
    ? "patient" extends (typeof permissions)[Id][number]
      ? SignedInCall
      : ClinicCall
    : Call;

/**
 * One use case: a validated input in, a result of the contract out, or an `ApiProblem`.
 *
 * Where the operation takes an `Idempotency-Key`, `call.transaction` must return the result itself.
 */
export type Service<Id extends OperationId, C extends ServerCall = CallOf<Id>> = (
  call: C,
  input: Input<Id>,
) => Promise<Result<Id>>;
