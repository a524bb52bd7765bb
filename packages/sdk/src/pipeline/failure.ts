import type { ErrorDetails } from "../errors/create-error.ts";
import type { TransportFailure } from "../transport/transport.ts";
import { Interruption } from "./interruption.ts";

/** One attempt that went wrong. */
export interface Failure extends ErrorDetails {
  /** A repeat may end otherwise: the network, a gateway or a busy server was at fault. */
  readonly transient: boolean;
  /** The server may have carried the call out. */
  readonly ambiguous: boolean;
  /** The request provably never left, so even a call that may not be repeated can be. */
  readonly unsent?: boolean;
}

/** What one attempt came to. */
export type Outcome =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly failure: Failure };

const CODES = {
  connection: "connection_failed",
  timeout: "timeout",
  aborted: "aborted",
  redirect: "protocol_error",
  too_large: "protocol_error",
  unreadable: "protocol_error",
} as const;

/** A transport's failure or an interruption as a failure of the call; anything else is a transport's defect. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Interruption)
    return { code: thrown.code, transient: thrown.code === "timeout", ambiguous: true };
  if (!isTransportFailure(thrown)) return { code: "connection_failed", transient: false, ambiguous: true };
  const transient = thrown.kind === "connection" || thrown.kind === "timeout";
  return {
    code: CODES[thrown.kind],
    transient,
    ambiguous: !thrown.notSent,
    ...(thrown.notSent && { unsent: true }),
  };
}

/** By name, so that a transport may bring its own copy of the class. */
function isTransportFailure(thrown: unknown): thrown is TransportFailure {
  return (
    thrown instanceof Error &&
    thrown.name === "TransportFailure" &&
    Object.hasOwn(CODES, (thrown as TransportFailure).kind)
  );
}
