import type { OperationRow } from "@welby/contract";
import type { PartnerClientRecord } from "../ports/records.ts";
import type { Ports } from "../ports/index.ts";
import type { ServerInfo } from "../services/service.ts";
import type { Log } from "../log.ts";
import type { Gate } from "./gate.ts";

/** What the HTTP layer knows for as long as the backend lives. */
export interface HttpContext {
  readonly ports: Ports;
  readonly server: ServerInfo;
  /** Public base URLs without a trailing slash. */
  readonly baseUrls: readonly string[];
  readonly log: Log;
  /** In front of every operation that hashes a password. */
  readonly hashing: Gate;
}

/** What is known about one request; filled in on its way through the rooms. */
export interface Exchange {
  readonly context: HttpContext;
  readonly request: Request;
  readonly path: string;
  readonly requestId: string;
  readonly ip: string | null;
  operation: OperationRow | null;
  client: PartnerClientRecord | null;
  /** Set once the request's `Origin` is known to be allowed. */
  allowedOrigin: string | null;
}

/** Whether a client's tokens are bound to a key: always where a browser could hold them. */
export function usesDpop(client: PartnerClientRecord): boolean {
  return client.tokenBinding === "dpop" || client.allowedOrigins.length > 0;
}
