import type { ErrorCode, OperationId } from "@welby/contract";
import type { Clock, Store } from "@welby/backend/ports";

/** What goes wrong with a call. */
export type Fault =
  /** The answer comes late; `Infinity` never answers. What else applies to the call still applies. */
  | { readonly kind: "delay"; readonly ms: number }
  /** A refusal with a code of the contract; nothing is carried out. */
  | { readonly kind: "problem"; readonly code: ErrorCode; readonly retryAfterSec?: number }
  /** The connection breaks: before the service saw the call, or after it carried it out. */
  | { readonly kind: "drop"; readonly when?: "before" | "after" }
  /** Another answer than the service's, e.g. of a newer version; JSON, 200 unless told. */
  | { readonly kind: "answer"; readonly body: unknown; readonly status?: number }
  /** A page instead of an answer, as a captive portal or a proxy sends it; 200 unless told. */
  | { readonly kind: "html"; readonly status?: number }
  /** The call is carried out, and its answer ends in the middle. */
  | { readonly kind: "truncated" }
  /** Somebody else is quicker: runs on the store just before the call. */
  | {
      readonly kind: "meanwhile";
      readonly run: (world: { readonly store: Store; readonly clock: Clock }) => Promise<void>;
    };

/** One operation, some, or every call at all (documents and unknown addresses too). */
export type FaultTarget = OperationId | readonly OperationId[] | "any";

/** What the network does when a connection breaks; the transports turn it into their own error. */
export class ConnectionDropped extends Error {
  constructor() {
    super("The mock dropped the connection");
    this.name = "ConnectionDropped";
  }
}
